package io.sallyport.masking.detect;

/**
 * Verifies numbers written as {@code 123-45-6789}. Areas that the Social Security Administration does not issue (000, 666, 900 to
 * 999) count too: taxpayer numbers live there, and a mistyped number is still somebody's.
 */
final class Ssn {
    private Ssn() {}

    /** Looks for a number that begins with the run of digits from {@code first} to {@code runEnd}. */
    static boolean verify(Window window, int first, int runEnd) {
        if (runEnd - first != 3) {
            return false;
        }
        int group = runEnd + hyphen(window, runEnd);
        if (group == runEnd || window.digitsEnd(group) - group != 2) {
            return false;
        }
        int serial = group + 2 + hyphen(window, group + 2);
        if (serial == group + 2 || !four(window, serial)) {
            return false;
        }
        int end = serial + 4;
        window.examined += end - first;
        boolean continued = hyphen(window, end) > 0 && Ascii.digit(window.at(end + hyphen(window, end)));
        boolean continuing = window.at(first - 1) == '-' && Ascii.digit(window.at(first - 2));
        return !continued && !continuing && window.found(first, end);
    }

    private static boolean four(Window window, int serial) {
        for (int i = 0; i < 4; i++) {
            if (!Ascii.digit(window.at(serial + i))) {
                return false;
            }
        }
        return !Ascii.digit(window.at(serial + 4));
    }

    /** The length of the hyphen here, plain or one of U+2010 to U+2015; 0 when there is none. */
    private static int hyphen(Window window, int position) {
        int c = window.at(position);
        if (c == '-') {
            return 1;
        }
        boolean typographic = c == 0xE2
                && window.at(position + 1) == 0x80
                && window.at(position + 2) >= 0x90
                && window.at(position + 2) <= 0x95;
        return typographic ? 3 : 0;
    }
}
