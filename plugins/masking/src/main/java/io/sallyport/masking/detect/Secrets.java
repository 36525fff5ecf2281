package io.sallyport.masking.detect;

/** Verifies secrets that announce themselves: JSON Web Tokens, AWS access keys and private keys in armour. */
final class Secrets {
    private static final String AWS_SECOND = "KSBC";
    private static final int AWS_TAIL = 16;
    private static final int LONGEST_LABEL = 64;

    /** No token begins before this position: an earlier look went as far and found none. */
    private int tokensBarredUntil;

    /** An earlier look went to the end of the value and found no END line. */
    private boolean endless;

    /** Looks for a token whose header begins with {@code eyJ}, base64url for an object's opening brace and quote, of which J is here. */
    boolean token(Window window, int j) {
        int start = j - 2;
        if (window.at(start) != 'e'
                || window.at(start + 1) != 'y'
                || start < window.free
                || start < tokensBarredUntil) {
            return false;
        }
        int header = segmentEnd(window, j + 1);
        if (window.at(header) != '.') {
            tokensBarredUntil = header;
            return false;
        }
        int payload = segmentEnd(window, header + 1);
        int end = window.at(payload) == '.' ? segmentEnd(window, payload + 1) : payload;
        boolean signed = window.at(payload) == '.' && end - header > 3;
        boolean bare = window.at(header + 1) == 'e' && window.at(header + 2) == 'y' && window.at(header + 3) == 'J';
        if (!signed && !bare) {
            tokensBarredUntil = payload;
            return false;
        }
        return window.found(start, encrypted(window, end));
    }

    /** An encrypted token has two more segments (RFC 7516). */
    private static int encrypted(Window window, int end) {
        int past = end;
        for (int i = 0; i < 2 && window.at(past) == '.' && Ascii.base64Url(window.at(past + 1)); i++) {
            past = segmentEnd(window, past + 1);
        }
        return past;
    }

    private static int segmentEnd(Window window, int start) {
        int end = start;
        while (Ascii.base64Url(window.at(end))) {
            end++;
        }
        window.examined += end - start + 1L;
        return end;
    }

    /** Looks for {@code AKIA} and its kin, of which I is here, and 16 capitals or digits. */
    static boolean awsAccessKey(Window window, int i) {
        int start = i - 2;
        if (window.at(start) != 'A' || AWS_SECOND.indexOf(window.at(i - 1)) < 0 || window.at(i + 1) != 'A') {
            return false;
        }
        int end = start + 4;
        while (end < start + 4 + AWS_TAIL && Ascii.upperOrDigit(window.at(end))) {
            end++;
        }
        window.examined += end - start;
        return end == start + 4 + AWS_TAIL
                && start >= window.free
                && window.wordStart(start)
                && window.wordEnd(end)
                && window.found(start, end);
    }

    /** Looks for {@code -----BEGIN … PRIVATE KEY…-----}, of which B is here. */
    boolean privateKey(Window window, int b) {
        int start = b - 5;
        if (start < window.free || !matches(window, start, "-----BEGIN ")) {
            return false;
        }
        int label = start + 11;
        int end = label;
        while (end - label < LONGEST_LABEL && (Ascii.upperOrDigit(window.at(end)) || window.at(end) == ' ')) {
            end++;
        }
        window.examined += end - start;
        boolean named =
                endsWith(window, label, end, "PRIVATE KEY") || endsWith(window, label, end, "PRIVATE KEY BLOCK");
        return named && matches(window, end, "-----") && window.found(start, armourEnd(window, end + 5));
    }

    /**
     * The end of the key: its END line; without one, a quotation mark, since a cut key in a JSON string ends with the string; else
     * the end of the value.
     */
    private int armourEnd(Window window, int body) {
        int quote = -1;
        int i = body;
        while (i < window.limit && (quote < 0 || !(endless || window.json))) {
            int c = window.at(i);
            if (c == '-' && matches(window, i, "-----END ")) {
                window.examined += i - body;
                return endLine(window, i + 9);
            }
            if (c == '"' && quote < 0 && !(window.json && escaped(window, i))) {
                quote = i;
            }
            i++;
        }
        window.examined += i - body;
        endless |= i == window.limit;
        return quote < 0 ? i : unescaped(window, quote);
    }

    private static boolean escaped(Window window, int position) {
        return window.at(position - 1) == '\\' && window.escapes(position - 1);
    }

    private static int endLine(Window window, int label) {
        int end = label;
        while (end - label < LONGEST_LABEL && (Ascii.upperOrDigit(window.at(end)) || window.at(end) == ' ')) {
            end++;
        }
        int dashes = end;
        while (end - dashes < 5 && window.at(end) == '-') {
            end++;
        }
        window.examined += end - label;
        return end;
    }

    /** A quotation mark's own backslashes stay with it. */
    private static int unescaped(Window window, int quote) {
        int end = quote;
        while (window.at(end - 1) == '\\') {
            end--;
        }
        return end;
    }

    private static boolean endsWith(Window window, int start, int end, String text) {
        return end - start >= text.length() && matches(window, end - text.length(), text);
    }

    private static boolean matches(Window window, int position, String text) {
        for (int i = 0; i < text.length(); i++) {
            if (window.at(position + i) != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
