package io.sallyport.launch;

import org.jspecify.annotations.Nullable;

/** The gateway cannot start. The message is for the operator: what is wrong and what to do. */
public final class StartException extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean configuration;
    private final String message;

    private StartException(String message, boolean configuration, @Nullable Throwable cause) {
        super(message, cause);
        this.message = message;
        this.configuration = configuration;
    }

    /** What the operator wrote cannot be used: the configuration, the plugins. */
    public static StartException configuration(String message, @Nullable Throwable cause) {
        return new StartException(message, true, cause);
    }

    /** What the gateway needs is not there: a port, a disk, a database. */
    public static StartException resource(String message, @Nullable Throwable cause) {
        return new StartException(message, false, cause);
    }

    @Override
    public String getMessage() {
        return message;
    }

    /** Whether what the operator wrote is at fault, rather than the gateway's surroundings. */
    public boolean isConfiguration() {
        return configuration;
    }
}
