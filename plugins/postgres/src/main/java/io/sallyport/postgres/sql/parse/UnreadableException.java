package io.sallyport.postgres.sql.parse;

/** Thrown where a statement leaves what is read exactly; its message names the construct for the reason of a refusal. */
public final class UnreadableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Says what could not be read. */
    public UnreadableException(String message) {
        super(message, null, false, false);
    }
}
