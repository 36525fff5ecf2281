package io.sallyport.api.config;

/**
 * A number of bytes, spelled {@code 64MiB}, {@code 256KiB}, {@code 1GiB} or plain {@code 4096}.
 *
 * @param bytes the number, not negative
 */
public record ByteSize(long bytes) {

    /** Checks the sign. */
    public ByteSize {
        if (bytes < 0) {
            throw new IllegalArgumentException("a size is not negative");
        }
    }

    /**
     * Reads the spelling of the configuration.
     *
     * @throws IllegalArgumentException if it is not one
     */
    public static ByteSize parse(String text) {
        String[] units = {"KiB", "MiB", "GiB", "TiB"};
        try {
            for (int i = 0; i < units.length; i++) {
                if (text.endsWith(units[i])) {
                    String number =
                            text.substring(0, text.length() - units[i].length()).trim();
                    return new ByteSize(Math.multiplyExact(Long.parseLong(number), 1L << (10 * (i + 1))));
                }
            }
            return new ByteSize(Long.parseLong(text.trim()));
        } catch (ArithmeticException | NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is not a size such as 16MiB", e);
        }
    }

    @Override
    public String toString() {
        String[] units = {"TiB", "GiB", "MiB", "KiB"};
        for (int i = 0; i < units.length; i++) {
            long unit = 1L << (10 * (units.length - i));
            if (bytes >= unit && bytes % unit == 0) {
                return bytes / unit + units[i];
            }
        }
        return Long.toString(bytes);
    }
}
