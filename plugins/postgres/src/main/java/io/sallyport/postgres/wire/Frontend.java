package io.sallyport.postgres.wire;

/** Types of the messages that a client sends (PostgreSQL documentation, "Message Formats"). */
public final class Frontend {

    /** Bind. */
    public static final int BIND = 'B';
    /** Close of a statement or portal. */
    public static final int CLOSE = 'C';
    /** CopyData. */
    public static final int COPY_DATA = 'd';
    /** CopyDone. */
    public static final int COPY_DONE = 'c';
    /** CopyFail. */
    public static final int COPY_FAIL = 'f';
    /** Describe of a statement or portal. */
    public static final int DESCRIBE = 'D';
    /** Execute. */
    public static final int EXECUTE = 'E';
    /** Flush. */
    public static final int FLUSH = 'H';
    /** FunctionCall. */
    public static final int FUNCTION_CALL = 'F';
    /** Parse. */
    public static final int PARSE = 'P';
    /** PasswordMessage, and the answers of SASL. */
    public static final int PASSWORD = 'p';
    /** Query. */
    public static final int QUERY = 'Q';
    /** Sync. */
    public static final int SYNC = 'S';
    /** Terminate. */
    public static final int TERMINATE = 'X';

    private Frontend() {}
}
