package io.sallyport.masking.detect;

/** Classes of single bytes, given as 0 to 255, or -1 for "no byte here", which belongs to no class. */
final class Ascii {
    private Ascii() {}

    static boolean digit(int c) {
        return c >= '0' && c <= '9';
    }

    static boolean letter(int c) {
        int lower = c | 0x20;
        return c > 0 && lower >= 'a' && lower <= 'z';
    }

    static boolean alphanumeric(int c) {
        return digit(c) || letter(c);
    }

    static boolean upperOrDigit(int c) {
        return digit(c) || (c >= 'A' && c <= 'Z');
    }

    static boolean hex(int c) {
        int lower = c | 0x20;
        return digit(c) || (c > 0 && lower >= 'a' && lower <= 'f');
    }

    static boolean base64Url(int c) {
        return alphanumeric(c) || c == '-' || c == '_';
    }

    static int upper(int c) {
        return c >= 'a' && c <= 'z' ? c - 0x20 : c;
    }
}
