package io.sallyport.postgres.sql.vocabulary;

import io.sallyport.api.action.ResourceKind;
import io.sallyport.api.action.Trait;
import io.sallyport.api.action.Verb;
import io.sallyport.api.action.Vocabulary;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The verbs, traits and kinds of resource of the Postgres connector. */
public final class PostgresVocabulary {

    /** Rows or columns are read. */
    public static final Verb SELECT = new Verb("select");

    /** Rows are added. */
    public static final Verb INSERT = new Verb("insert");

    /** Rows are changed, or a sequence is moved. */
    public static final Verb UPDATE = new Verb("update");

    /** Rows are removed. */
    public static final Verb DELETE = new Verb("delete");

    /** Rows are added, changed or removed by MERGE; each branch has its own verb too. */
    public static final Verb MERGE = new Verb("merge");

    /** All rows are removed. */
    public static final Verb TRUNCATE = new Verb("truncate");

    /** An object is made. */
    public static final Verb CREATE = new Verb("create");

    /** An object is changed, which includes its triggers, rules and policies. */
    public static final Verb ALTER = new Verb("alter");

    /** An object is removed. */
    public static final Verb DROP = new Verb("drop");

    /** An index, statistics or the like is made over a relation. */
    public static final Verb INDEX = new Verb("index");

    /** A foreign key is made to a relation. */
    public static final Verb REFERENCES = new Verb("references");

    /** A privilege or membership is given. */
    public static final Verb GRANT = new Verb("grant");

    /** A privilege or membership is taken. */
    public static final Verb REVOKE = new Verb("revoke");

    /** A comment or security label is set. */
    public static final Verb COMMENT = new Verb("comment");

    /** A function, procedure, aggregate or operator runs that is not listed as harmless. */
    public static final Verb CALL = new Verb("call");

    /** A block of a procedural language runs. */
    public static final Verb DO = new Verb("do");

    /** COPY reads rows from the client. */
    public static final Verb COPY_IN = new Verb("copy-in");

    /** COPY sends rows to the client. */
    public static final Verb COPY_OUT = new Verb("copy-out");

    /** A program runs at the server, or another server is reached from it. */
    public static final Verb COPY_PROGRAM = new Verb("copy-program");

    /** A file of the server is read or written. */
    public static final Verb COPY_FILE = new Verb("copy-file");

    /** A parameter is set. */
    public static final Verb SET = new Verb("set");

    /** The current role or session user is set. */
    public static final Verb SET_ROLE = new Verb("set-role");

    /** A parameter is shown. */
    public static final Verb SHOW = new Verb("show");

    /** A relation is locked explicitly, or an advisory lock is taken. */
    public static final Verb LOCK = new Verb("lock");

    /** A channel is listened to. */
    public static final Verb LISTEN = new Verb("listen");

    /** A channel is notified. */
    public static final Verb NOTIFY = new Verb("notify");

    /** A relation is vacuumed. */
    public static final Verb VACUUM = new Verb("vacuum");

    /** Statistics are gathered. */
    public static final Verb ANALYZE = new Verb("analyze");

    /** A relation is rewritten in an order. */
    public static final Verb CLUSTER = new Verb("cluster");

    /** Indexes are built again. */
    public static final Verb REINDEX = new Verb("reindex");

    /** A materialized view is filled again. */
    public static final Verb REFRESH = new Verb("refresh");

    /** A checkpoint is made. */
    public static final Verb CHECKPOINT = new Verb("checkpoint");

    /** A library is loaded. */
    public static final Verb LOAD = new Verb("load");

    /** A write is planned but not done. */
    public static final Verb EXPLAIN = new Verb("explain");

    /** A statement is prepared by name. */
    public static final Verb PREPARE = new Verb("prepare");

    /** A prepared statement runs. */
    public static final Verb EXECUTE = new Verb("execute");

    /** A prepared statement is given up. */
    public static final Verb DEALLOCATE = new Verb("deallocate");

    /** A cursor is declared. */
    public static final Verb DECLARE = new Verb("declare");

    /** Rows are fetched from a cursor. */
    public static final Verb FETCH = new Verb("fetch");

    /** A cursor is closed. */
    public static final Verb CLOSE = new Verb("close");

    /** The state of the session is discarded. */
    public static final Verb DISCARD = new Verb("discard");

    /** A transaction begins, ends or is shaped. */
    public static final Verb TRANSACTION = new Verb("transaction");

    /** A text that a known client sends by itself. */
    public static final Verb CLIENT_TEXT = new Verb("client-text");

    /** No condition restricts the rows of the target. */
    public static final Trait NO_WHERE = new Trait("no-where");

    /** The message has several statements. */
    public static final Trait MULTI_STATEMENT = new Trait("multi-statement");

    /** EXPLAIN ANALYZE does it. */
    public static final Trait EXPLAIN_ANALYZE = new Trait("explain-analyze");

    /** What is done depends on text or names that are computed. */
    public static final Trait DYNAMIC = new Trait("dynamic");

    /** FOR UPDATE, FOR SHARE and their kind. */
    public static final Trait LOCKING = new Trait("locking");

    /** Relations and, nested in them, their columns: schema, relation, column. */
    public static final ResourceKind RELATION = new ResourceKind("", '.', true);

    /** Functions, procedures and aggregates: schema, name. */
    public static final ResourceKind FUNCTION = new ResourceKind("function", '.', false);

    /** Operators: schema, name. */
    public static final ResourceKind OPERATOR = new ResourceKind("operator", '.', false);

    /** Types and domains: schema, name. */
    public static final ResourceKind TYPE = new ResourceKind("type", '.', false);

    /** Schemas. */
    public static final ResourceKind SCHEMA = new ResourceKind("schema", '.', false);

    /** Roles. */
    public static final ResourceKind ROLE = new ResourceKind("role", '.', false);

    /** Databases. */
    public static final ResourceKind DATABASE = new ResourceKind("database", '.', false);

    /** Parameters; those of extensions have two parts. */
    public static final ResourceKind SETTING = new ResourceKind("setting", '.', true);

    /** Notification channels. */
    public static final ResourceKind CHANNEL = new ResourceKind("channel", '.', false);

    /** Advisory locks, all under the name *. */
    public static final ResourceKind ADVISORY = new ResourceKind("advisory", '.', false);

    /** Prepared statements. */
    public static final ResourceKind STATEMENT = new ResourceKind("statement", '.', false);

    /** Cursors. */
    public static final ResourceKind CURSOR = new ResourceKind("cursor", '.', false);

    /** Files of the server, by the path as written. */
    public static final ResourceKind FILE = new ResourceKind("file", '/', false);

    /** Programs, by the command as written; dblink functions by their name. */
    public static final ResourceKind PROGRAM = new ResourceKind("program", '/', false);

    /** Large objects by number. */
    public static final ResourceKind LARGE_OBJECT = new ResourceKind("large-object", '.', false);

    /** All other objects: the kind of object, then its name. */
    public static final ResourceKind OBJECT = new ResourceKind("object", '.', false);

    /** The session itself: transaction, state. */
    public static final ResourceKind SESSION = new ResourceKind("session", '.', false);

    /** Known texts: the client, then the text's name. */
    public static final ResourceKind CLIENT = new ResourceKind("client", '/', false);

    private static final Set<Verb> VERBS = Set.of(
            SELECT,
            INSERT,
            UPDATE,
            DELETE,
            MERGE,
            TRUNCATE,
            CREATE,
            ALTER,
            DROP,
            INDEX,
            REFERENCES,
            GRANT,
            REVOKE,
            COMMENT,
            CALL,
            DO,
            COPY_IN,
            COPY_OUT,
            COPY_PROGRAM,
            COPY_FILE,
            SET,
            SET_ROLE,
            SHOW,
            LOCK,
            LISTEN,
            NOTIFY,
            VACUUM,
            ANALYZE,
            CLUSTER,
            REINDEX,
            REFRESH,
            CHECKPOINT,
            LOAD,
            EXPLAIN,
            PREPARE,
            EXECUTE,
            DEALLOCATE,
            DECLARE,
            FETCH,
            CLOSE,
            DISCARD,
            TRANSACTION,
            CLIENT_TEXT);

    private static final Set<Trait> TRAITS = Set.of(
            Trait.OUTPUT,
            Trait.COMPUTED,
            Trait.TESTED,
            Trait.STORED,
            NO_WHERE,
            MULTI_STATEMENT,
            EXPLAIN_ANALYZE,
            DYNAMIC,
            LOCKING);

    private static final List<ResourceKind> KINDS = List.of(
            RELATION,
            FUNCTION,
            OPERATOR,
            TYPE,
            SCHEMA,
            ROLE,
            DATABASE,
            SETTING,
            CHANNEL,
            ADVISORY,
            STATEMENT,
            CURSOR,
            FILE,
            PROGRAM,
            LARGE_OBJECT,
            OBJECT,
            SESSION,
            CLIENT);

    /** What is done to one kind of resource alone, or to these; other verbs go with several. */
    private static final Map<Verb, Set<ResourceKind>> OCCURS = Map.ofEntries(
            Map.entry(SELECT, Set.of(RELATION)),
            Map.entry(INSERT, Set.of(RELATION)),
            Map.entry(UPDATE, Set.of(RELATION)),
            Map.entry(DELETE, Set.of(RELATION)),
            Map.entry(MERGE, Set.of(RELATION)),
            Map.entry(TRUNCATE, Set.of(RELATION)),
            Map.entry(COPY_IN, Set.of(RELATION)),
            Map.entry(COPY_OUT, Set.of(RELATION)),
            Map.entry(CALL, Set.of(FUNCTION, OPERATOR)),
            Map.entry(SET, Set.of(SETTING)),
            Map.entry(SHOW, Set.of(SETTING)),
            Map.entry(SET_ROLE, Set.of(ROLE)),
            Map.entry(LISTEN, Set.of(CHANNEL)),
            Map.entry(NOTIFY, Set.of(CHANNEL)));

    private PostgresVocabulary() {}

    /** Whether some statement does this to a resource of that kind; true where that is not known. */
    public static boolean occurs(Verb verb, ResourceKind kind) {
        Set<ResourceKind> kinds = OCCURS.get(verb);
        return kinds == null || kinds.contains(kind);
    }

    /** All words, with the baseline {@code clients}. */
    public static Vocabulary vocabulary() {
        return new Vocabulary(VERBS, TRAITS, KINDS, Map.of("clients", ClientsBaseline.baseline()));
    }
}
