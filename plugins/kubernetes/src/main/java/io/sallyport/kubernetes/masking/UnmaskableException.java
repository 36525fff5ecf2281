package io.sallyport.kubernetes.masking;

/** An answer that cannot be masked, so that nothing more of it may leave. Its message quotes nothing of the answer. */
public final class UnmaskableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Says why. */
    public UnmaskableException(String message) {
        super(message, null, false, false);
    }
}
