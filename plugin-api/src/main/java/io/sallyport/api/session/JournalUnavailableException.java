package io.sallyport.api.session;

/** The journal cannot write, so that nothing may move. */
public final class JournalUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Says why. */
    public JournalUnavailableException(String message) {
        super(message);
    }

    /** Says why, with the cause. */
    public JournalUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
