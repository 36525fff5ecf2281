package io.sallyport.postgres.wire;

/** Types of the messages that a server sends (PostgreSQL documentation, "Message Formats"). */
public final class Backend {

    /** Authentication of all kinds. */
    public static final int AUTHENTICATION = 'R';
    /** BackendKeyData. */
    public static final int BACKEND_KEY_DATA = 'K';
    /** BindComplete. */
    public static final int BIND_COMPLETE = '2';
    /** CloseComplete. */
    public static final int CLOSE_COMPLETE = '3';
    /** CommandComplete. */
    public static final int COMMAND_COMPLETE = 'C';
    /** CopyData. */
    public static final int COPY_DATA = 'd';
    /** CopyDone. */
    public static final int COPY_DONE = 'c';
    /** CopyInResponse. */
    public static final int COPY_IN = 'G';
    /** CopyOutResponse. */
    public static final int COPY_OUT = 'H';
    /** DataRow. */
    public static final int DATA_ROW = 'D';
    /** EmptyQueryResponse. */
    public static final int EMPTY_QUERY = 'I';
    /** ErrorResponse. */
    public static final int ERROR = 'E';
    /** FunctionCallResponse. */
    public static final int FUNCTION_RESULT = 'V';
    /** NegotiateProtocolVersion. */
    public static final int NEGOTIATE = 'v';
    /** NoData. */
    public static final int NO_DATA = 'n';
    /** NoticeResponse. */
    public static final int NOTICE = 'N';
    /** NotificationResponse. */
    public static final int NOTIFICATION = 'A';
    /** ParameterDescription. */
    public static final int PARAMETER_DESCRIPTION = 't';
    /** ParameterStatus. */
    public static final int PARAMETER_STATUS = 'S';
    /** ParseComplete. */
    public static final int PARSE_COMPLETE = '1';
    /** PortalSuspended. */
    public static final int PORTAL_SUSPENDED = 's';
    /** ReadyForQuery. */
    public static final int READY = 'Z';
    /** RowDescription. */
    public static final int ROW_DESCRIPTION = 'T';

    private Backend() {}
}
