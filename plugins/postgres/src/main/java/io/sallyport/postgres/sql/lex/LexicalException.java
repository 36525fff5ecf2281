package io.sallyport.postgres.sql.lex;

/** Thrown where a text breaks PostgreSQL's lexical rules, so that the server would refuse it too. */
public final class LexicalException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int position;

    LexicalException(String message, int position) {
        super(message, null, false, false);
        this.position = position;
    }

    /** The index at which the rule was broken. */
    public int position() {
        return position;
    }
}
