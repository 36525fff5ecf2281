package io.sallyport.postgres.sql.lex;

import org.jspecify.annotations.Nullable;

/**
 * One token of a text.
 *
 * @param kind what it is
 * @param start the index of its first character
 * @param end the index behind its last character
 * @param symbol the character of a one-character symbol or operator, else 0
 * @param word the keyword in lower case, null for anything else
 * @param name the identifier as the server means it, folded and truncated, for {@link TokenKind#WORD} and
 *     {@link TokenKind#QUOTED}; the operator for {@link TokenKind#OPERATOR}; else null
 */
public record Token(
        TokenKind kind,
        int start,
        int end,
        char symbol,
        @Nullable Keyword word,
        @Nullable String name) {

    /** Whether this is the keyword, without quotes. */
    public boolean is(String keyword) {
        return word != null && word.text().equals(keyword);
    }

    /** Whether this is the symbol. */
    public boolean is(char character) {
        return symbol == character && kind == TokenKind.SYMBOL;
    }

    /** Whether this is an identifier, or a keyword that may stand where a column's name stands. */
    public boolean isColumnName() {
        return kind == TokenKind.QUOTED
                || (kind == TokenKind.WORD && (word == null || word.category() <= Keyword.COLUMN_NAME));
    }

    /** Whether this is an identifier, or a keyword that may name a type or function. */
    public boolean isTypeOrFunctionName() {
        return kind == TokenKind.QUOTED
                || (kind == TokenKind.WORD
                        && (word == null
                                || word.category() == Keyword.UNRESERVED
                                || word.category() == Keyword.TYPE_OR_FUNCTION));
    }

    /** Whether this is an identifier or any keyword. */
    public boolean isLabel() {
        return kind == TokenKind.QUOTED || kind == TokenKind.WORD;
    }

    /** Whether this may be a column's label without {@code AS}. */
    public boolean isBareLabel() {
        return kind == TokenKind.QUOTED || (kind == TokenKind.WORD && (word == null || word.bareLabel()));
    }
}
