package io.sallyport.journal.record;

/**
 * The text of a session's 128-bit id: 26 characters of Crockford's Base32, as in the ULID specification, so that ids sort by the time
 * that a ULID begins with.
 */
public final class SessionText {

    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int CHARACTERS = 26;

    private SessionText() {}

    /** The text of the id with these halves. */
    public static String of(long high, long low) {
        char[] text = new char[CHARACTERS];
        long upper = high;
        long lower = low;
        for (int i = CHARACTERS - 1; i >= 0; i--) {
            text[i] = ALPHABET.charAt((int) (lower & 31));
            lower = (lower >>> 5) | (upper << 59);
            upper >>>= 5;
        }
        return new String(text);
    }

    /**
     * The upper and the lower half of the id with this text.
     *
     * @throws IllegalArgumentException if it is no id
     */
    public static long[] parse(String text) {
        if (text.length() != CHARACTERS || text.charAt(0) > '7') {
            throw new IllegalArgumentException("a session id has 26 characters, the first from 0 to 7: " + text);
        }
        long high = 0;
        long low = 0;
        for (int i = 0; i < CHARACTERS; i++) {
            int digit = ALPHABET.indexOf(text.charAt(i));
            if (digit < 0) {
                throw new IllegalArgumentException("not a character of a session id: " + text);
            }
            high = (high << 5) | (low >>> 59);
            low = (low << 5) | digit;
        }
        return new long[] {high, low};
    }
}
