package io.sallyport.postgres.sql.lex;

/**
 * Cuts a text into tokens by the rules of PostgreSQL's scan.l, versions 15 to 18.
 *
 * <ol>
 *   <li>Every text that the server's lexer accepts is cut at the same places. Texts that it refuses may be cut anywhere.
 *   <li>The time is linear in the text; nothing recurses.
 * </ol>
 *
 * <p>Not safe for use by several threads.
 */
public final class Lexer {

    private static final String OPERATOR_CHARACTERS = "~!@#^&|`?+-*/%<>=";
    private static final String SELF_CHARACTERS = ",()[].;:+-*/%^<>=";
    private static final String KEEPS_TRAILING_SIGN = "~!@#^&|`?%";

    private final String text;
    private final int length;
    private final boolean standardConformingStrings;
    private int at;

    /**
     * Starts at the beginning.
     *
     * @param text what to cut
     * @param standardConformingStrings the session's setting: whether a backslash in a plain literal is an ordinary
     *     character
     */
    public Lexer(String text, boolean standardConformingStrings) {
        this.text = text;
        this.length = text.length();
        this.standardConformingStrings = standardConformingStrings;
    }

    /** Goes on at the index, which must be the start or end of a token. */
    public void seek(int index) {
        at = index;
    }

    /** The text. */
    public String text() {
        return text;
    }

    /** The session's setting. */
    public boolean standardConformingStrings() {
        return standardConformingStrings;
    }

    /**
     * The next token; {@link TokenKind#END} for ever behind the last.
     *
     * @throws LexicalException where the server would refuse the text
     */
    public Token next() {
        skipSpaceAndComments();
        if (at >= length) {
            return new Token(TokenKind.END, length, length, '\0', null, null);
        }
        char c = text.charAt(at);
        if (Identifiers.isStart(c)) {
            return wordOrPrefixedLiteral(c);
        }
        if ((c >= '0' && c <= '9') || (c == '.' && isDigit(at + 1))) {
            return number();
        }
        return switch (c) {
            case '\'' -> string(at, !standardConformingStrings);
            case '"' -> quotedIdentifier(at, at);
            case '$' -> dollar();
            case '\0' -> throw new LexicalException("a NUL character", at);
            default -> punctuation(c);
        };
    }

    private void skipSpaceAndComments() {
        while (at < length) {
            char c = text.charAt(at);
            if (isSpace(c)) {
                at++;
            } else if (c == '-' && charAt(at + 1) == '-') {
                at = endOfLine(at + 2);
            } else if (c == '/' && charAt(at + 1) == '*') {
                skipBlockComment();
            } else {
                return;
            }
        }
    }

    private void skipBlockComment() {
        int start = at;
        int depth = 1;
        at += 2;
        while (depth > 0) {
            if (at >= length) {
                throw new LexicalException("an unterminated comment", start);
            }
            char c = text.charAt(at);
            if (c == '*' && charAt(at + 1) == '/') {
                depth--;
                at += 2;
            } else if (c == '/' && charAt(at + 1) == '*') {
                depth++;
                at += 2;
            } else {
                at++;
            }
        }
    }

    private Token wordOrPrefixedLiteral(char c) {
        int start = at;
        char second = charAt(at + 1);
        if (second == '\'') {
            switch (c) {
                case 'e', 'E' -> {
                    at++;
                    return string(start, true);
                }
                case 'b', 'B', 'x', 'X' -> {
                    at++;
                    return bitString(start);
                }
                case 'n', 'N' -> {
                    at++;
                    return new Token(TokenKind.WORD, start, at, '\0', Keywords.lookup("nchar", 0, 5), "nchar");
                }
                default -> {}
            }
        }
        if ((c == 'u' || c == 'U') && second == '&') {
            char third = charAt(at + 2);
            if (third == '\'') {
                return unicodeString(start);
            }
            if (third == '"') {
                at += 2;
                return quotedIdentifier(start, at);
            }
        }
        return word(start);
    }

    private Token word(int start) {
        int end = start + 1;
        while (end < length && Identifiers.isPart(text.charAt(end))) {
            end++;
        }
        at = end;
        Keyword keyword = Keywords.lookup(text, start, end);
        String name = keyword != null ? keyword.text() : Identifiers.fold(text, start, end);
        return new Token(TokenKind.WORD, start, end, '\0', keyword, name);
    }

    private Token unicodeString(int start) {
        if (!standardConformingStrings) {
            throw new LexicalException("a U& string while standard_conforming_strings is off", start);
        }
        at = start + 2;
        scanQuoted(start, false);
        skipUescape();
        return new Token(TokenKind.STRING, start, at, '\0', null, null);
    }

    private Token string(int start, boolean backslashes) {
        scanQuoted(start, backslashes);
        return new Token(TokenKind.STRING, start, at, '\0', null, null);
    }

    /** Reads from the opening quote to behind the closing one, over continuations. */
    private void scanQuoted(int start, boolean backslashes) {
        at++;
        while (true) {
            if (at >= length) {
                throw new LexicalException("an unterminated string", start);
            }
            char c = text.charAt(at++);
            if (c == '\0') {
                throw new LexicalException("a NUL character", at - 1);
            }
            if (c == '\\' && backslashes) {
                if (at >= length) {
                    throw new LexicalException("an unterminated string", start);
                }
                at++;
            } else if (c == '\'') {
                if (charAt(at) == '\'') {
                    at++;
                } else if (!continued()) {
                    return;
                }
            }
        }
    }

    private Token bitString(int start) {
        do {
            at = text.indexOf('\'', at + 1);
            if (at < 0) {
                throw new LexicalException("an unterminated bit string", start);
            }
            at++;
        } while (continued() && stepBack());
        return new Token(TokenKind.BIT_STRING, start, at, '\0', null, null);
    }

    private boolean stepBack() {
        at--;
        return true;
    }

    /**
     * Whether the string that ended here goes on behind white space with a line break (quotecontinue in scan.l); if so,
     * steps behind the quote that resumes it.
     */
    private boolean continued() {
        int index = at;
        boolean newline = false;
        while (index < length) {
            char c = text.charAt(index);
            if (c == '\n' || c == '\r') {
                newline = true;
                index++;
            } else if (isSpace(c)) {
                index++;
            } else if (c == '-' && charAt(index + 1) == '-') {
                index = endOfLine(index + 2);
                if (index >= length) {
                    return false;
                }
            } else if (c == '\'' && newline) {
                at = index + 1;
                return true;
            } else {
                return false;
            }
        }
        return false;
    }

    private Token quotedIdentifier(int start, int quote) {
        int from = quote + 1;
        int end = from;
        boolean doubled = false;
        while (true) {
            end = text.indexOf('"', end);
            if (end < 0) {
                throw new LexicalException("an unterminated quoted identifier", start);
            }
            if (charAt(end + 1) != '"') {
                break;
            }
            doubled = true;
            end += 2;
        }
        at = end + 1;
        String name = text.substring(from, end);
        if (doubled) {
            name = name.replace("\"\"", "\"");
        }
        if (name.isEmpty()) {
            throw new LexicalException("a quoted identifier without characters", start);
        }
        if (quote > start) {
            name = Literals.decodeUnicode(name, skipUescape(), start);
        }
        return new Token(TokenKind.QUOTED, start, at, '\0', null, Identifiers.truncate(name));
    }

    /** Steps over {@code UESCAPE 'c'} behind a {@code U&} literal, which belongs to it, and answers the character. */
    private char skipUescape() {
        int back = at;
        skipSpaceAndComments();
        if (!text.regionMatches(true, at, "uescape", 0, 7) || Identifiers.isPart(charAt(at + 7))) {
            at = back;
            return '\\';
        }
        at += 7;
        Token escape = next();
        String value = escape.kind() == TokenKind.STRING ? Literals.value(this, escape) : "";
        if (value.length() != 1) {
            throw new LexicalException("an invalid UESCAPE", back);
        }
        return value.charAt(0);
    }

    private Token dollar() {
        int start = at;
        if (isDigit(at + 1)) {
            at++;
            skipDigits();
            return new Token(TokenKind.PARAMETER, start, at, '\0', null, null);
        }
        int tagEnd = at + 1;
        if (tagEnd < length && Identifiers.isStart(text.charAt(tagEnd))) {
            while (tagEnd < length && text.charAt(tagEnd) != '$' && Identifiers.isPart(text.charAt(tagEnd))) {
                tagEnd++;
            }
        }
        if (charAt(tagEnd) != '$') {
            throw new LexicalException("a stray '$'", start);
        }
        int close = text.indexOf(text.substring(start, tagEnd + 1), tagEnd + 1);
        if (close < 0) {
            throw new LexicalException("an unterminated dollar-quoted string", start);
        }
        at = close + tagEnd + 1 - start;
        return new Token(TokenKind.STRING, start, at, '\0', null, null);
    }

    private Token number() {
        int start = at;
        char radix = (char) (charAt(at + 1) | 0x20);
        if (text.charAt(at) == '0' && (radix == 'x' || radix == 'o' || radix == 'b') && isRadixDigit(at + 2)) {
            at += 2;
            while (at < length && isRadixDigit(at)) {
                at++;
            }
            return new Token(TokenKind.NUMBER, start, at, '\0', null, null);
        }
        skipDigits();
        if (charAt(at) == '.' && charAt(at + 1) != '.') {
            at++;
            skipDigits();
        }
        int exponent = at;
        if ((charAt(at) | 0x20) == 'e') {
            exponent++;
            if (charAt(exponent) == '+' || charAt(exponent) == '-') {
                exponent++;
            }
            if (isDigit(exponent)) {
                at = exponent;
                skipDigits();
            }
        }
        return new Token(TokenKind.NUMBER, start, at, '\0', null, null);
    }

    private void skipDigits() {
        while (isDigit(at) || (charAt(at) == '_' && isDigit(at + 1))) {
            at++;
        }
    }

    private Token punctuation(char c) {
        int start = at;
        if (c == ':' && charAt(at + 1) == ':') {
            return twoCharacters(TokenKind.TYPECAST);
        }
        if (c == ':' && charAt(at + 1) == '=') {
            return twoCharacters(TokenKind.COLON_EQUALS);
        }
        if (c == '.' && charAt(at + 1) == '.') {
            return twoCharacters(TokenKind.DOT_DOT);
        }
        if (OPERATOR_CHARACTERS.indexOf(c) >= 0) {
            return operator(start);
        }
        if (SELF_CHARACTERS.indexOf(c) < 0) {
            throw new LexicalException("the character '" + c + "'", at);
        }
        at++;
        return new Token(TokenKind.SYMBOL, start, at, c, null, null);
    }

    private Token twoCharacters(TokenKind kind) {
        at += 2;
        return new Token(kind, at - 2, at, '\0', null, null);
    }

    private Token operator(int start) {
        int end = start;
        boolean keepsSign = false;
        while (end < length && OPERATOR_CHARACTERS.indexOf(text.charAt(end)) >= 0 && !commentStarts(end)) {
            end++;
        }
        for (int i = start; i < end - 1 && !keepsSign; i++) {
            keepsSign = KEEPS_TRAILING_SIGN.indexOf(text.charAt(i)) >= 0;
        }
        while (!keepsSign && end - start > 1 && (text.charAt(end - 1) == '+' || text.charAt(end - 1) == '-')) {
            end--;
        }
        at = end;
        char first = text.charAt(start);
        if (end - start == 1) {
            boolean self = SELF_CHARACTERS.indexOf(first) >= 0;
            return new Token(self ? TokenKind.SYMBOL : TokenKind.OPERATOR, start, end, first, null, null);
        }
        if (end - start == 2 && first == '=' && text.charAt(start + 1) == '>') {
            return new Token(TokenKind.EQUALS_GREATER, start, end, '\0', null, null);
        }
        return new Token(TokenKind.OPERATOR, start, end, '\0', null, null);
    }

    private boolean commentStarts(int index) {
        char c = text.charAt(index);
        return (c == '-' && charAt(index + 1) == '-') || (c == '/' && charAt(index + 1) == '*');
    }

    private boolean isRadixDigit(int index) {
        char c = charAt(index);
        return isDigit(index) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') || c == '_';
    }

    private boolean isDigit(int index) {
        char c = charAt(index);
        return c >= '0' && c <= '9';
    }

    private char charAt(int index) {
        return index < length ? text.charAt(index) : '\0';
    }

    private int endOfLine(int index) {
        int end = index;
        while (end < length && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
            end++;
        }
        return end;
    }

    private static boolean isSpace(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }
}
