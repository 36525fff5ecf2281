package io.sallyport.postgres.sql.tree;

/** What a statement is, as far as a connector must treat kinds differently. */
public enum StatementKind {
    /** SELECT, VALUES, TABLE, without data-modifying parts. */
    QUERY,
    /** INSERT, UPDATE, DELETE, MERGE, or a query with such a part. */
    MODIFICATION,
    /** BEGIN and START TRANSACTION. */
    BEGIN,
    /** COMMIT and END. */
    COMMIT,
    /** ROLLBACK and ABORT. */
    ROLLBACK,
    /** SAVEPOINT. */
    SAVEPOINT,
    /** RELEASE SAVEPOINT. */
    RELEASE,
    /** ROLLBACK TO SAVEPOINT. */
    ROLLBACK_TO,
    /** PREPARE TRANSACTION, COMMIT PREPARED, ROLLBACK PREPARED. */
    TWO_PHASE,
    /** SET, RESET. */
    SET,
    /** SHOW. */
    SHOW,
    /** COPY FROM STDIN. */
    COPY_IN,
    /** COPY TO STDOUT. */
    COPY_OUT,
    /** COPY with a file or program of the server. */
    COPY_SERVER,
    /** PREPARE. */
    PREPARE,
    /** EXECUTE. */
    EXECUTE,
    /** DEALLOCATE. */
    DEALLOCATE,
    /** DECLARE CURSOR. */
    DECLARE,
    /** FETCH and MOVE. */
    FETCH,
    /** CLOSE. */
    CLOSE,
    /** DISCARD. */
    DISCARD,
    /** EXPLAIN. */
    EXPLAIN,
    /** LISTEN, UNLISTEN, NOTIFY. */
    CHANNEL,
    /** LOCK. */
    LOCK,
    /** CALL and DO. */
    CALL,
    /** TRUNCATE. */
    TRUNCATE,
    /** CREATE, ALTER, DROP, GRANT, REVOKE, COMMENT and all else that changes the catalog. */
    DEFINITION,
    /** VACUUM, ANALYZE, CLUSTER, REINDEX, CHECKPOINT. */
    MAINTENANCE,
    /** A statement that could not be read. */
    UNREADABLE
}
