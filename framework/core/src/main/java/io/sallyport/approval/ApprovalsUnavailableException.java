package io.sallyport.approval;

import org.jspecify.annotations.Nullable;

/** An approval cannot be asked for, so that the action is denied. The message is fit for the client. */
public final class ApprovalsUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Says why. */
    public ApprovalsUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
