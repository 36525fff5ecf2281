package io.sallyport.postgres.startup;

/** A client, or a target, that cannot be served; the message is for the client. */
final class RefusedStartup extends Exception {

    private static final long serialVersionUID = 1L;

    private final String code;
    private final boolean verbatim;

    RefusedStartup(String code, String message) {
        this(code, message, false);
    }

    /** With the target's own words, to which nothing is added. */
    RefusedStartup(String code, String message, boolean verbatim) {
        super(message, null, false, false);
        this.code = code;
        this.verbatim = verbatim;
    }

    /** Whether the message is shown as it is. */
    boolean verbatim() {
        return verbatim;
    }

    /** The SQLSTATE. */
    String code() {
        return code;
    }

    @Override
    public String getMessage() {
        String message = super.getMessage();
        return message == null ? "" : message;
    }
}
