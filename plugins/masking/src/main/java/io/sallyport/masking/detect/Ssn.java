package io.sallyport.masking.detect;

/**
 * Verifies numbers written as {@code 123-45-6789}. Areas that the Social Security Administration does not issue (000, 666, 900 to
 * 999) count too: taxpayer numbers live there, and a mistyped number is still somebody's.
 */
final class Ssn {
    private static final int LONGEST_GROUP = 3;

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
        boolean continuing =
                window.at(first - 1) == '-' && first - 2 >= window.free && Ascii.digit(window.at(first - 2));
        return !continuing && !continued(window, end) && window.found(first, end);
    }

    /** Whether a short group follows, as in ISBNs. A long one is a number of its own. */
    private static boolean continued(Window window, int end) {
        int hyphen = hyphen(window, end);
        int next = window.digitsEnd(end + hyphen, LONGEST_GROUP) - end - hyphen;
        return hyphen > 0 && next > 0 && next <= LONGEST_GROUP;
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
