package io.sallyport.vault.http;

/** Paths in Vault as the configuration writes them. */
public final class VaultPath {

    private VaultPath() {}

    /**
     * Checks that a path stays one when it becomes part of a URL.
     *
     * @throws IllegalArgumentException naming the key
     */
    public static void check(String key, String path) {
        for (String segment : path.split("/", -1)) {
            boolean valid = !segment.isEmpty() && !segment.equals(".") && !segment.equals("..");
            for (int i = 0; i < segment.length(); i++) {
                char c = segment.charAt(i);
                valid &= (c >= 'a' && c <= 'z')
                        || (c >= 'A' && c <= 'Z')
                        || (c >= '0' && c <= '9')
                        || c == '-'
                        || c == '_'
                        || c == '.';
            }
            if (!valid) {
                throw new IllegalArgumentException(
                        "'" + key + "' is made of letters, digits, '-', '_' and '.', separated"
                                + " by '/', without one at the begin or end");
            }
        }
    }
}
