package io.sallyport.identity;

/**
 * The name of a workload, such as {@code spiffe://example.org/billing/api} (SPIFFE-ID, section 2).
 *
 * @param trustDomain who vouches for it
 * @param path which workload it is, with its first slash
 */
public record SpiffeId(String trustDomain, String path) {

    /** What every identifier begins with. */
    public static final String SCHEME = "spiffe://";

    private static final int LONGEST = 2048;
    private static final int LONGEST_DOMAIN = 255;

    /**
     * Reads one to the letter: there is only one spelling of each.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static SpiffeId parse(String text) {
        if (!text.startsWith(SCHEME) || text.length() > LONGEST) {
            throw new IllegalArgumentException("not a SPIFFE ID");
        }
        int slash = text.indexOf('/', SCHEME.length());
        int end = slash < 0 ? text.length() : slash;
        String domain = text.substring(SCHEME.length(), end);
        checkDomain(domain);
        String path = text.substring(end);
        if (!path.isEmpty()) {
            for (String segment : path.substring(1).split("/", -1)) {
                checkSegment(segment);
            }
        }
        return new SpiffeId(domain, path);
    }

    /**
     * Checks the name of a trust domain.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static void checkDomain(String domain) {
        boolean good = !domain.isEmpty()
                && domain.length() <= LONGEST_DOMAIN
                && domain.chars().allMatch(c -> c == '.' || c == '-' || c == '_' || digit(c) || (c >= 'a' && c <= 'z'));
        if (!good) {
            throw new IllegalArgumentException(
                    "a trust domain has lower case letters, digits, dots, dashes and" + " underscores only");
        }
    }

    private static void checkSegment(String segment) {
        boolean good = !segment.isEmpty()
                && !segment.equals(".")
                && !segment.equals("..")
                && segment.chars().allMatch(SpiffeId::plain);
        if (!good) {
            throw new IllegalArgumentException("the path of a SPIFFE ID has letters, digits, dots, dashes and"
                    + " underscores between its slashes");
        }
    }

    private static boolean plain(int c) {
        return c == '.' || c == '-' || c == '_' || digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean digit(int c) {
        return c >= '0' && c <= '9';
    }

    @Override
    public String toString() {
        return SCHEME + trustDomain + path;
    }
}
