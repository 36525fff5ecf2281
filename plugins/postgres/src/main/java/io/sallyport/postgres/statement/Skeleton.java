package io.sallyport.postgres.statement;

import org.jspecify.annotations.Nullable;

/**
 * A text without the values of its bare operand literals, so that texts which differ in nothing else are read once.
 *
 * <ol>
 *   <li>Only SELECT, INSERT, UPDATE and DELETE have one, alone in their text, and only if a literal in them is a bare
 *       operand: behind a comparison, a sign, LIKE or BETWEEN, or in a list of IN or VALUES. A literal anywhere else, such
 *       as an argument, a cast, a typed literal, a position or a limit, stays as it is.
 *   <li>Literals that are spelled alike, letters of either case being alike, stay alike: a comparison of a thing with itself
 *       is told from one of two things.
 *   <li>Whatever is not plain (a backslash, a comment, a dollar, a control character, an operator of another kind that runs
 *       into another) leaves the text without a skeleton; that costs a reading and nothing else.
 * </ol>
 *
 * <p>The lexical rules are those of the lexer for what is accepted here, so that a skeleton never joins two texts that the
 * lexer would cut differently.
 */
final class Skeleton {

    private static final int LONGEST = 16 * 1024;
    private static final int MOST_LITERALS = 64;
    private static final int DEEPEST = 32;
    private static final char PLACE = '\u0001';
    private static final String OPERATORS = "+-*/<>=~!@#%^&|`?";

    /** What stands before the token that comes. */
    private enum Before {
        /** Something behind which a literal is a bare operand. */
        OPERAND,
        /** A word or a value: a sign behind it joins two operands. */
        VALUE,
        /** Anything else. */
        OTHER
    }

    private enum Inside {
        PLAIN,
        /** The parentheses of IN or of a row of VALUES. */
        LIST,
        /** Arguments, and all that stands in them. */
        CALL
    }

    private final String text;
    private final StringBuilder out;
    private final Inside[] inside = new Inside[DEEPEST];
    private final boolean[] between = new boolean[DEEPEST];
    private final boolean[] values = new boolean[DEEPEST];
    private final int[] starts = new int[MOST_LITERALS];
    private final int[] ends = new int[MOST_LITERALS];
    private int literals;
    private int depth;
    private int at;
    private Before before = Before.OTHER;
    private SkeletonWord word = SkeletonWord.NONE;
    private boolean afterComma;

    private Skeleton(String text) {
        this.text = text;
        this.out = new StringBuilder(text.length() + 8);
        inside[0] = Inside.PLAIN;
    }

    /** The skeleton of a text; null if it has none. */
    static @Nullable String of(String text) {
        if (text.length() > LONGEST || !begins(text)) {
            return null;
        }
        Skeleton skeleton = new Skeleton(text);
        return skeleton.read() && skeleton.literals > 0 ? skeleton.out.toString() : null;
    }

    private static boolean begins(String text) {
        int from = 0;
        while (from < text.length() && isSpace(text.charAt(from))) {
            from++;
        }
        return text.regionMatches(true, from, "select", 0, 6)
                || text.regionMatches(true, from, "insert", 0, 6)
                || text.regionMatches(true, from, "update", 0, 6)
                || text.regionMatches(true, from, "delete", 0, 6);
    }

    private boolean read() {
        while (at < text.length()) {
            char c = text.charAt(at);
            boolean taken;
            if (isSpace(c)) {
                out.append(c);
                at++;
                continue;
            } else if (isLetter(c)) {
                taken = word();
            } else if (isDigit(c)) {
                taken = number();
            } else if (c == '\'') {
                taken = string();
            } else if (OPERATORS.indexOf(c) >= 0) {
                taken = operator();
            } else {
                taken = other(c);
            }
            if (!taken) {
                return false;
            }
        }
        return depth == 0;
    }

    private boolean word() {
        int start = at;
        while (at < text.length() && (isLetter(text.charAt(at)) || isDigit(text.charAt(at)))) {
            at++;
        }
        // A prefix of a literal, or a character of an identifier that is not read here.
        if (at < text.length() && (text.charAt(at) == '\'' || text.charAt(at) == '$' || text.charAt(at) > 127)) {
            return false;
        }
        out.append(text, start, at);
        word = SkeletonWord.of(text, start, at - start);
        afterComma = false;
        before = Before.VALUE;
        switch (word) {
            case LIKE -> before = Before.OPERAND;
            case BETWEEN -> {
                before = Before.OPERAND;
                between[depth] = true;
            }
            case AND -> {
                before = between[depth] ? Before.OPERAND : Before.OTHER;
                between[depth] = false;
            }
            case VALUES -> values[depth] = true;
            case PLACE, SELECT -> before = Before.OTHER;
            default -> values[depth] = false;
        }
        return true;
    }

    private boolean number() {
        int start = at;
        skipDigits();
        if (at + 1 < text.length() && text.charAt(at) == '.' && isDigit(text.charAt(at + 1))) {
            at++;
            skipDigits();
        }
        if (at < text.length()) {
            char c = text.charAt(at);
            if (isLetter(c) || c == '.' || c == '$' || c == '\'' || c == '"' || c > 127) {
                return false;
            }
        }
        return literal(start, 'n');
    }

    private void skipDigits() {
        while (at < text.length() && isDigit(text.charAt(at))) {
            at++;
        }
    }

    private boolean string() {
        int start = at;
        at++;
        while (true) {
            if (at >= text.length()) {
                return false;
            }
            char c = text.charAt(at);
            at++;
            if (c == '\\') {
                return false;
            }
            if (c == '\'') {
                if (at < text.length() && text.charAt(at) == '\'') {
                    at++;
                } else {
                    return literal(start, 's');
                }
            }
        }
    }

    /** Takes the literal that ends here, by its place or as it is. */
    private boolean literal(int start, char kind) {
        int next = at;
        while (next < text.length() && isSpace(text.charAt(next))) {
            next++;
        }
        char follows = next < text.length() ? text.charAt(next) : ' ';
        if (follows == '\'') {
            return false;
        }
        boolean bare = before == Before.OPERAND && inside[depth] != Inside.CALL && follows != ':' && follows != '[';
        if (bare) {
            int number = numberOf(start);
            if (number < 0) {
                return false;
            }
            out.append(PLACE).append(kind).append((char) ('0' + number));
        } else {
            out.append(text, start, at);
        }
        settle(Before.VALUE);
        return true;
    }

    /** The number of the first literal that is spelled as the one which ends here; -1 if there are too many. */
    private int numberOf(int start) {
        for (int i = 0; i < literals; i++) {
            if (ends[i] - starts[i] == at - start && text.regionMatches(true, starts[i], text, start, at - start)) {
                return i;
            }
        }
        if (literals == MOST_LITERALS) {
            return -1;
        }
        starts[literals] = start;
        ends[literals] = at;
        return literals++;
    }

    private boolean operator() {
        int start = at;
        while (at < text.length() && OPERATORS.indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        int length = at - start;
        char first = text.charAt(start);
        if (length > 1) {
            for (int i = start; i + 1 < at; i++) {
                char one = text.charAt(i);
                char two = text.charAt(i + 1);
                if ((one == '-' && two == '-') || (one == '/' && two == '*')) {
                    return false;
                }
            }
        }
        boolean comparison = length == 1
                ? first == '=' || first == '<' || first == '>'
                : length == 2
                        && (text.startsWith("<=", start)
                                || text.startsWith(">=", start)
                                || text.startsWith("<>", start)
                                || text.startsWith("!=", start));
        boolean sign = length == 1 && (first == '+' || first == '-') && before != Before.OTHER;
        out.append(text, start, at);
        settle(comparison || sign ? Before.OPERAND : Before.OTHER);
        return true;
    }

    private void settle(Before now) {
        before = now;
        word = SkeletonWord.NONE;
        afterComma = false;
    }

    private boolean other(char c) {
        at++;
        out.append(c);
        switch (c) {
            case '(' -> {
                return open();
            }
            case ')' -> {
                if (depth == 0) {
                    return false;
                }
                depth--;
                settle(Before.VALUE);
            }
            case ',' -> {
                settle(inside[depth] == Inside.LIST ? Before.OPERAND : Before.OTHER);
                afterComma = true;
            }
            case '.', ':', '[', ']' -> settle(Before.OTHER);
            case ';' -> {
                return restIsSpace();
            }
            case '"' -> {
                return quoted();
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean open() {
        Inside outer = inside[depth];
        boolean row = word == SkeletonWord.IN || word == SkeletonWord.VALUES || (afterComma && values[depth]);
        Inside inner = outer == Inside.CALL ? Inside.CALL : row ? Inside.LIST : groups() ? Inside.PLAIN : Inside.CALL;
        depth++;
        if (depth == DEEPEST) {
            return false;
        }
        inside[depth] = inner;
        between[depth] = false;
        values[depth] = false;
        settle(inner == Inside.LIST ? Before.OPERAND : Before.OTHER);
        return true;
    }

    /** Whether a parenthesis that opens here holds no arguments: the words are such that no function can have their names. */
    private boolean groups() {
        return switch (word) {
            case NONE -> before != Before.VALUE;
            case AND, SELECT, GROUPING -> true;
            default -> false;
        };
    }

    private boolean restIsSpace() {
        while (at < text.length()) {
            if (!isSpace(text.charAt(at))) {
                return false;
            }
            out.append(text.charAt(at));
            at++;
        }
        return true;
    }

    private boolean quoted() {
        while (at < text.length()) {
            char c = text.charAt(at);
            at++;
            out.append(c);
            if (c == '"') {
                if (at < text.length() && text.charAt(at) == '"') {
                    out.append('"');
                    at++;
                } else {
                    settle(Before.VALUE);
                    return at == text.length() || (text.charAt(at) != '\'' && text.charAt(at) != '&');
                }
            }
        }
        return false;
    }

    private static boolean isSpace(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
