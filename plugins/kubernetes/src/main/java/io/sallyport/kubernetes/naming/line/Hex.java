package io.sallyport.kubernetes.naming.line;

/** Percent escapes (RFC 3986, section 2.1). */
final class Hex {

    private Hex() {}

    /** The octet of the escape whose percent sign stands at a position, -1 if there is none. */
    static int octet(String text, int percent) {
        if (percent + 2 >= text.length()) {
            return -1;
        }
        int high = digit(text.charAt(percent + 1));
        int low = digit(text.charAt(percent + 2));
        return high < 0 || low < 0 ? -1 : high * 16 + low;
    }

    private static int digit(char c) {
        return c < 0x80 ? Character.digit(c, 16) : -1;
    }
}
