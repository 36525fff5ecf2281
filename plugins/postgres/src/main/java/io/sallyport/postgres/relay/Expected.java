package io.sallyport.postgres.relay;

/** What the target will answer next: one for each message that it was sent and that has an answer. */
enum Expected {
    /** ParseComplete; context: the {@link Statement}. */
    PARSE,
    /** BindComplete; context: the {@link Work}. */
    BIND,
    /** ParameterDescription, then RowDescription or NoData. */
    DESCRIBE_STATEMENT,
    /** RowDescription or NoData. */
    DESCRIBE_PORTAL,
    /** Rows or COPY, then the end of an Execute; context: the {@link Work}. */
    EXECUTE,
    /** CloseComplete of a statement; context: its slot. */
    CLOSE_STATEMENT,
    /** CloseComplete of a portal; context: its slot. */
    CLOSE_PORTAL,
    /** ReadyForQuery of a Sync. */
    SYNC,
    /** Everything to ReadyForQuery; context: the {@link Work}. */
    QUERY,
    /** FunctionCallResponse and ReadyForQuery; context: the {@link Work}. */
    CALL,
    /** The error of the text that stands for a refused message; context: the {@link Refusal}. */
    REFUSED,
    /** As {@link #REFUSED}, and ReadyForQuery. */
    REFUSED_QUERY,
    /** One answer to a message of the gateway's own, swallowed. */
    OWN,
    /** Answers to the gateway's own Describe of a statement, swallowed; context: the {@link Describing}. */
    OWN_DESCRIBE,
    /** The gateway's own rows; context: the {@link Question}. */
    OWN_ROWS,
    /** ReadyForQuery of the gateway's own Sync or Query; context: the {@link Question}. */
    OWN_SYNC
}
