package io.sallyport.kubernetes.session;

/** A client stays out, in words that it may read. Carries no stack trace, since hostile input causes it at will. */
public final class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;

    /** With the HTTP status of the refusal. */
    public RefusedException(int status, String reason) {
        super(reason, null, false, false);
        this.status = status;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    @Override
    public String getMessage() {
        String message = super.getMessage();
        return message == null ? "" : message;
    }
}
