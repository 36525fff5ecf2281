package io.sallyport.api.action;

/** The closed set of kinds of action. */
public enum ActionKind {
    /** {@link SqlStatement}. */
    SQL_STATEMENT,
    /** {@link Command}. */
    COMMAND,
    /** {@link FileAccess}. */
    FILE_ACCESS,
    /** {@link ApiRequest}. */
    API_REQUEST,
    /** {@link Tunnel}. */
    TUNNEL
}
