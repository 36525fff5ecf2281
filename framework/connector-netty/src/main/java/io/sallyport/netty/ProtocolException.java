package io.sallyport.netty;

/** A peer broke its protocol: the connection must end. Carries no stack trace, since hostile input causes it at will. */
public final class ProtocolException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Says what was wrong.
     *
     * @param message free of what the peer sent
     */
    public ProtocolException(String message) {
        super(message, null, false, false);
    }

    @Override
    public String getMessage() {
        String message = super.getMessage();
        return message == null ? "" : message;
    }
}
