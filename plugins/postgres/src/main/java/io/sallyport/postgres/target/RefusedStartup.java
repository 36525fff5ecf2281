package io.sallyport.postgres.target;

/** A client, or a target, that cannot be served; the message is for the client. */
public final class RefusedStartup extends Exception {

    private static final long serialVersionUID = 1L;

    private final String code;
    private final boolean verbatim;

    /** With words of the gateway's. */
    public RefusedStartup(String code, String message) {
        this(code, message, false);
    }

    /** With the target's own words, to which nothing is added. */
    RefusedStartup(String code, String message, boolean verbatim) {
        super(message, null, false, false);
        this.code = code;
        this.verbatim = verbatim;
    }

    /** Whether the message is shown as it is. */
    public boolean verbatim() {
        return verbatim;
    }

    /** The SQLSTATE. */
    public String code() {
        return code;
    }

    @Override
    public String getMessage() {
        String message = super.getMessage();
        return message == null ? "" : message;
    }
}
