package io.sallyport.postgres.sql.function;

/** What a call does beyond computing a value. */
public enum FunctionEffect {
    /** Nothing is known of it. */
    CALL,
    /** It sets the parameter that its first argument names. */
    SETTING,
    /** It moves the sequence that its first argument names. */
    SEQUENCE_WRITE,
    /** It reads the sequence that its first argument names. */
    SEQUENCE_READ,
    /** It notifies the channel that its first argument names. */
    CHANNEL,
    /** It takes or gives back an advisory lock. */
    ADVISORY,
    /** It reads or writes the server's files. */
    FILE,
    /** It reaches another server. */
    OUTSIDE,
    /** It runs a query, or reads a relation, that it gets as text. */
    DYNAMIC
}
