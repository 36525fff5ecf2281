package io.sallyport.postgres.sql.lex;

/**
 * One of PostgreSQL's keywords.
 *
 * @param text the word in lower case
 * @param category where the word may still be an identifier
 * @param bareLabel whether it may be a column's label without {@code AS}
 */
public record Keyword(String text, int category, boolean bareLabel) {

    /** May be any identifier. */
    public static final int UNRESERVED = 0;

    /** May name a column or relation, but not a function or type. */
    public static final int COLUMN_NAME = 1;

    /** May name a function or type, but not a column. */
    public static final int TYPE_OR_FUNCTION = 2;

    /** May only be a label. */
    public static final int RESERVED = 3;
}
