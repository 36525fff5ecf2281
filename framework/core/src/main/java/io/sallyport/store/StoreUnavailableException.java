package io.sallyport.store;

/** The store does not answer, or answers with an error: whoever needed it must deny. */
public final class StoreUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Says what failed, with the cause. */
    public StoreUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
