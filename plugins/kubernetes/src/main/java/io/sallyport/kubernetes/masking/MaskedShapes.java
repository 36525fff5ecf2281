package io.sallyport.kubernetes.masking;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Recognizes what masks leave of a value. A shape must be one that people do not write: rules of stars, as in comments, are none.
 */
final class MaskedShapes {

    private static final byte[] HASH = "hash-".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SSN = "***-**-****".getBytes(StandardCharsets.US_ASCII);
    private static final int HASH_LETTERS = 20;
    private static final int SHORTEST_RUN = 8;
    private static final int CARD_DIGITS_SHOWN = 4;

    private MaskedShapes() {}

    /** Whether the text holds a value that a mask made, whichever that was. */
    static boolean in(byte[] text) {
        return contains(text, StringMasking.REDACTED) || contains(text, SSN) || hash(text) || stars(text);
    }

    /** Whether the whole text is what a partial mask leaves of one: mostly stars. */
    static boolean mostlyStars(byte[] text) {
        int stars = 0;
        int shown = 0;
        for (byte c : text) {
            stars += c == '*' ? 1 : 0;
            shown += alphanumeric(c) ? 1 : 0;
        }
        return stars > 0 && stars >= 3 * shown;
    }

    private static boolean alphanumeric(byte c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    }

    private static boolean contains(byte[] text, byte[] what) {
        for (int i = 0; i + what.length <= text.length; i++) {
            if (at(text, i, what)) {
                return true;
            }
        }
        return false;
    }

    private static boolean at(byte[] text, int position, byte[] what) {
        return text[position] == what[0] && Arrays.equals(text, position, position + what.length, what, 0, what.length);
    }

    private static boolean hash(byte[] text) {
        int whole = HASH.length + HASH_LETTERS;
        for (int i = 0; i + whole <= text.length; i++) {
            if (at(text, i, HASH) && letters(text, i + HASH.length) == HASH_LETTERS) {
                return true;
            }
        }
        return false;
    }

    private static int letters(byte[] text, int from) {
        int count = 0;
        while (from + count < text.length && text[from + count] >= 'a' && text[from + count] <= 'p') {
            count++;
        }
        return count;
    }

    /** An address with stars on both sides of its sign, or a long run of stars in which numbers end or keys begin. */
    private static boolean stars(byte[] text) {
        int run = 0;
        for (int i = 0; i < text.length; i++) {
            boolean address = text[i] == '@' && i + 1 < text.length && text[i + 1] == '*';
            if (address && (i == 0 || text[i - 1] == '*' || alphanumeric(text[i - 1]))) {
                return true;
            }
            if (text[i] == '*') {
                run++;
                continue;
            }
            boolean separator = (text[i] == ' ' || text[i] == '-' || text[i] == '.')
                    && i + 1 < text.length
                    && (text[i + 1] == '*' || alphanumeric(text[i + 1]));
            if (separator && run > 0) {
                continue;
            }
            if (run >= SHORTEST_RUN && (digits(text, i) == CARD_DIGITS_SHOWN || keyBefore(text, i - run))) {
                return true;
            }
            run = 0;
        }
        return run >= SHORTEST_RUN && (run == text.length || keyBefore(text, text.length - run));
    }

    private static int digits(byte[] text, int from) {
        int count = 0;
        while (from + count < text.length && text[from + count] >= '0' && text[from + count] <= '9') {
            count++;
        }
        return count;
    }

    private static boolean keyBefore(byte[] text, int stars) {
        return stars > 0 && alphanumeric(text[stars - 1]);
    }
}
