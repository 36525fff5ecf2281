package io.sallyport.postgres.statement;

/** What a statement may do to things that the relay must follow. */
public enum Effect {
    /** The effective search path, the role, or how texts are read may be different afterwards. */
    CHANGES_SETTINGS,
    /** Names or columns may be different afterwards. */
    CHANGES_CATALOG,
    /** A transaction ends or goes back to a savepoint, so that what it changed may be undone. */
    ENDS_TRANSACTION,
    /** The target will ask for COPY data. */
    COPY_IN,
    /** The target will send COPY data. */
    COPY_OUT,
    /** A prepared statement of the session may come to be without a Parse message. */
    PREPARES,
    /** Texts that follow come in an encoding in which they cannot be read. */
    UNREADABLE_ENCODING
}
