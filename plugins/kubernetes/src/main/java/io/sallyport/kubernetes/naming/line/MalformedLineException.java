package io.sallyport.kubernetes.naming.line;

/** A path or a query that has more than one reading, or none. */
public final class MalformedLineException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Says what is wrong, for the client to read. */
    public MalformedLineException(String message) {
        super(message, null, false, false);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
