package io.sallyport.postgres.sql.lex;

/** What a token is. */
public enum TokenKind {
    /** A keyword, or an identifier without quotes; {@link Token#word()} tells whether it is a keyword. */
    WORD,
    /** An identifier in double quotes, with or without {@code U&}. */
    QUOTED,
    /** A string literal: plain, {@code E}, {@code U&} or dollar-quoted. */
    STRING,
    /** A bit or hexadecimal string, {@code B'…'} or {@code X'…'}. */
    BIT_STRING,
    /** A number without sign. */
    NUMBER,
    /** {@code $1} and its kind. */
    PARAMETER,
    /** One character that is a token of its own; {@link Token#symbol()} is that character. */
    SYMBOL,
    /** An operator of the general form; {@link Token#symbol()} is its only character, or 0 if it has more. */
    OPERATOR,
    /** {@code ::}. */
    TYPECAST,
    /** {@code ..}, which only PL/pgSQL uses. */
    DOT_DOT,
    /** {@code :=}. */
    COLON_EQUALS,
    /** {@code =>}. */
    EQUALS_GREATER,
    /** The end of the text. */
    END
}
