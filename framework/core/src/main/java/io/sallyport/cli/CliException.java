package io.sallyport.cli;

/** A failure whose message is all that the user needs: it is printed without a stack trace. */
public final class CliException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int exitCode;

    private CliException(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /** The command was refused, or failed. */
    public static CliException failed(String message) {
        return new CliException(ExitCode.FAILED, message);
    }

    /** The command was called wrongly, or the configuration is wrong. */
    public static CliException usage(String message) {
        return new CliException(ExitCode.USAGE, message);
    }

    /** What the shell gets. */
    public int exitCode() {
        return exitCode;
    }
}
