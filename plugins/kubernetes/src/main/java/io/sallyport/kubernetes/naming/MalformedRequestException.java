package io.sallyport.kubernetes.naming;

/** A request that has more than one reading, or none. Carries no stack trace, since hostile input causes it at will. */
public final class MalformedRequestException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Says what is wrong, for the client to read. */
    public MalformedRequestException(String message) {
        super(message, null, false, false);
    }

    @Override
    public String getMessage() {
        String message = super.getMessage();
        return message == null ? "" : message;
    }
}
