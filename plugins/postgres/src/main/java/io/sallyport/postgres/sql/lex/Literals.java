package io.sallyport.postgres.sql.lex;

/** What string literals mean. */
public final class Literals {

    private Literals() {}

    /**
     * The value of a {@link TokenKind#STRING}.
     *
     * @throws LexicalException if an escape in it is invalid
     */
    public static String value(Lexer lexer, Token token) {
        String text = lexer.text();
        char first = text.charAt(token.start());
        if (first == '$') {
            int tag = text.indexOf('$', token.start() + 1) + 1 - token.start();
            return text.substring(token.start() + tag, token.end() - tag);
        }
        if (first == 'U' || first == 'u') {
            return unicodeValue(lexer, token);
        }
        boolean escapes = first == 'e' || first == 'E' || !lexer.standardConformingStrings();
        return body(text, text.indexOf('\'', token.start()), token.end(), escapes);
    }

    private static String unicodeValue(Lexer lexer, Token token) {
        String text = lexer.text();
        Lexer inner = new Lexer(text.substring(token.start() + 2, token.end()), true);
        Token string = inner.next();
        String raw = body(inner.text(), 0, string.end(), false);
        char escape = '\\';
        if (inner.next().is("uescape")) {
            escape = value(inner, inner.next()).charAt(0);
        }
        return decodeUnicode(raw, escape, token.start());
    }

    /** Reads quoted parts from the opening quote on, over continuations. */
    private static String body(String text, int quote, int end, boolean escapes) {
        StringBuilder value = new StringBuilder(end - quote);
        int at = quote + 1;
        while (at < end) {
            char c = text.charAt(at++);
            if (c == '\\' && escapes) {
                at = appendEscape(value, text, at);
            } else if (c != '\'') {
                value.append(c);
            } else if (at < end && text.charAt(at) == '\'') {
                value.append('\'');
                at++;
            } else {
                at = nextPart(text, at, end);
            }
        }
        return value.toString();
    }

    private static int nextPart(String text, int from, int end) {
        int at = from;
        while (at < end && text.charAt(at) != '\'') {
            if (text.charAt(at) == '-') {
                while (at < end && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
                    at++;
                }
            } else {
                at++;
            }
        }
        return at + 1;
    }

    private static int appendEscape(StringBuilder value, String text, int at) {
        char c = text.charAt(at);
        switch (c) {
            case 'b' -> value.append('\b');
            case 'f' -> value.append('\f');
            case 'n' -> value.append('\n');
            case 'r' -> value.append('\r');
            case 't' -> value.append('\t');
            case 'v' -> value.append('\u000b');
            case 'x' -> {
                return appendNumber(value, text, at, 16, 2);
            }
            case 'u' -> {
                return appendNumber(value, text, at, 16, 4);
            }
            case 'U' -> {
                return appendNumber(value, text, at, 16, 8);
            }
            case '0', '1', '2', '3', '4', '5', '6', '7' -> {
                return appendNumber(value, text, at - 1, 8, 3);
            }
            default -> value.append(c);
        }
        return at + 1;
    }

    private static int appendNumber(StringBuilder value, String text, int before, int radix, int most) {
        int at = before + 1;
        int number = 0;
        while (at < text.length() && at <= before + most && Character.digit(text.charAt(at), radix) >= 0) {
            number = number * radix + Character.digit(text.charAt(at), radix);
            at++;
        }
        if (at == before + 1) {
            value.append(text.charAt(before));
            return at;
        }
        appendCodePoint(value, most == 3 ? number & 0xff : number, before);
        return at;
    }

    private static void appendCodePoint(StringBuilder value, int codePoint, int position) {
        if (codePoint == 0 || !Character.isValidCodePoint(codePoint)) {
            throw new LexicalException("an invalid escape", position);
        }
        value.appendCodePoint(codePoint);
    }

    /** Resolves the escapes of a {@code U&} literal. */
    static String decodeUnicode(String raw, char escape, int position) {
        if (raw.indexOf(escape) < 0) {
            return raw;
        }
        StringBuilder value = new StringBuilder(raw.length());
        for (int at = 0; at < raw.length(); ) {
            char c = raw.charAt(at++);
            if (c != escape) {
                value.append(c);
                continue;
            }
            if (at < raw.length() && raw.charAt(at) == escape) {
                value.append(escape);
                at++;
                continue;
            }
            boolean six = at < raw.length() && raw.charAt(at) == '+';
            int from = six ? at + 1 : at;
            int to = from + (six ? 6 : 4);
            appendCodePoint(value, hexadecimal(raw, from, to, position), position);
            at = to;
        }
        return value.toString();
    }

    private static int hexadecimal(String raw, int from, int to, int position) {
        if (to > raw.length()) {
            throw new LexicalException("an invalid Unicode escape", position);
        }
        int number = 0;
        for (int i = from; i < to; i++) {
            int digit = Character.digit(raw.charAt(i), 16);
            if (digit < 0 || raw.charAt(i) >= 0x80) {
                throw new LexicalException("an invalid Unicode escape", position);
            }
            number = number * 16 + digit;
        }
        return number;
    }
}
