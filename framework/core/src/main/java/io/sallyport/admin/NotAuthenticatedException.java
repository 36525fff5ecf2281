package io.sallyport.admin;

/** A token proves no identity. The message is fit for whoever sent it. */
public final class NotAuthenticatedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Says why. */
    public NotAuthenticatedException(String message) {
        super(message);
    }
}
