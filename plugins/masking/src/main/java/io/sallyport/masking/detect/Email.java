package io.sallyport.masking.detect;

/**
 * Verifies e-mail addresses around an {@code @}: a local part of the characters that mailboxes really use, and a domain with a
 * label after a dot that begins with two letters. Letters beyond ASCII (U+00C0 to U+1FFF) count in both (RFC 6532).
 */
final class Email {
    private static final int LONGEST_LOCAL = 128;
    private static final int LONGEST_DOMAIN = 253;
    private static final int LONGEST_LABEL = 63;

    private Email() {}

    /** Looks for an address whose {@code @} is at this position. */
    static boolean verify(Window window, int at) {
        int end = domainEnd(window, at + 1);
        if (end < 0) {
            return false;
        }
        int start = localStart(window, at);
        return start < at && window.found(start, end);
    }

    private static int localStart(Window window, int at) {
        int start = at;
        while (start > window.free && at - start < LONGEST_LOCAL && local(window, start - 1)) {
            start--;
        }
        window.examined += at - start;
        // A lookup that stopped at its length may stand inside a character.
        while (start < at && continuation(window.at(start))) {
            start++;
        }
        int past = window.pastEscape(start);
        while (past < at && (window.at(past) == '.' || window.at(past) == '-')) {
            past++;
        }
        return Math.min(past, at);
    }

    private static boolean local(Window window, int position) {
        int c = window.at(position);
        if (c == '\'') {
            return Ascii.letter(window.at(position - 1)) && Ascii.letter(window.at(position + 1));
        }
        return Ascii.alphanumeric(c) || "._%+-~".indexOf(c) >= 0 || letterBeyondAscii(window, position);
    }

    /** Whether the byte belongs to a character of U+00C0 to U+1FFF: two bytes from C3 80 on, or three from E0 or E1. */
    private static boolean letterBeyondAscii(Window window, int position) {
        int lead = position;
        while (position - lead < 2 && continuation(window.at(lead))) {
            lead--;
        }
        int c = window.at(lead);
        return (c >= 0xC3 && c <= 0xDF && position - lead < 2) || c == 0xE0 || c == 0xE1;
    }

    private static boolean continuation(int c) {
        return c >= 0x80 && c < 0xC0;
    }

    /**
     * The end of the domain that begins here, or -1 when it is none. It ends with the last label that begins with two letters, and
     * there with the letters: digits that touch it belong to something else, such as a card number.
     */
    private static int domainEnd(Window window, int start) {
        int end = start;
        int top = -1;
        while (end - start < LONGEST_DOMAIN && domain(window, end)) {
            boolean label = end > start && window.at(end - 1) == '.';
            top = label && letter(window, end) && letter(window, end + 1) ? end : top;
            end++;
        }
        window.examined += end - start;
        boolean opens = Ascii.alphanumeric(window.at(start)) || letterBeyondAscii(window, start);
        return top < 0 || !opens ? -1 : labelEnd(window, top);
    }

    private static int labelEnd(Window window, int start) {
        boolean encoded = (window.at(start) | 0x20) == 'x'
                && (window.at(start + 1) | 0x20) == 'n'
                && window.at(start + 2) == '-'
                && window.at(start + 3) == '-';
        int end = start;
        // A lookup that stops at its length must not stop inside a character.
        while ((end - start < LONGEST_LABEL || continuation(window.at(end)))
                && (letter(window, end) || (encoded && (Ascii.digit(window.at(end)) || window.at(end) == '-')))) {
            end++;
        }
        window.examined += end - start;
        return end;
    }

    private static boolean domain(Window window, int position) {
        int c = window.at(position);
        return Ascii.alphanumeric(c) || c == '.' || c == '-' || letterBeyondAscii(window, position);
    }

    private static boolean letter(Window window, int position) {
        return Ascii.letter(window.at(position)) || letterBeyondAscii(window, position);
    }
}
