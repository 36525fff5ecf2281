package io.sallyport.postgres.sql.catalog;

/**
 * The statements that read a snapshot, for PostgreSQL 15 to 18. Every column is text without nulls unless said otherwise;
 * run them in one repeatable-read transaction, after {@link #PATH}, so that definitions are qualified and all rows are of
 * one moment. Every name in them is qualified and they call nothing outside of pg_catalog.
 */
public final class CatalogQueries {

    /** Makes definitions come out qualified; local to the transaction. */
    public static final String PATH = "SET LOCAL search_path = ''";

    /**
     * The effective path of the session: one row, one column, a text array of schemas in order. Run it with the session's
     * own settings; the result is the {@code searchPath} of an analysis.
     */
    public static final String EFFECTIVE_PATH = "SELECT pg_catalog.current_schemas(true)::pg_catalog.text";

    /**
     * Relations with one row per column, ordered so that the rows of one relation stand together: oid, schema, name, kind,
     * attribute number, column, type's oid; the last three null for a relation without columns.
     */
    public static final String RELATIONS = """
            SELECT c.oid::pg_catalog.text, n.nspname, c.relname, c.relkind::pg_catalog.text,
                   a.attnum::pg_catalog.text, a.attname, a.atttypid::pg_catalog.text
            FROM pg_catalog.pg_class c
            JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) c.relnamespace
            LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid OPERATOR(pg_catalog.=) c.oid
                AND a.attnum OPERATOR(pg_catalog.>) 0 AND NOT a.attisdropped
                AND c.relkind OPERATOR(pg_catalog.=) ANY ('{r,p,v,m,f,S,t}'::pg_catalog."char"[])
            WHERE c.relkind OPERATOR(pg_catalog.<>) 'c'
            ORDER BY c.oid, a.attnum""";

    /** Definitions of views outside of the system's schemas: oid, definition. */
    public static final String VIEWS = """
            SELECT c.oid::pg_catalog.text, pg_catalog.pg_get_viewdef(c.oid)
            FROM pg_catalog.pg_class c
            JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) c.relnamespace
            WHERE c.relkind OPERATOR(pg_catalog.=) ANY ('{v,m}'::pg_catalog."char"[])
              AND n.nspname OPERATOR(pg_catalog.<>) ALL ('{pg_catalog,information_schema}'::pg_catalog.name[])""";

    /** What those views name: view's oid, relation's oid, attribute number or 0. */
    public static final String DEPENDENCIES = """
            SELECT DISTINCT r.ev_class::pg_catalog.text, d.refobjid::pg_catalog.text, d.refobjsubid::pg_catalog.text
            FROM pg_catalog.pg_rewrite r
            JOIN pg_catalog.pg_class c ON c.oid OPERATOR(pg_catalog.=) r.ev_class
            JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) c.relnamespace
            JOIN pg_catalog.pg_depend d ON d.objid OPERATOR(pg_catalog.=) r.oid
                AND d.classid OPERATOR(pg_catalog.=) 'pg_catalog.pg_rewrite'::pg_catalog.regclass
                AND d.refclassid OPERATOR(pg_catalog.=) 'pg_catalog.pg_class'::pg_catalog.regclass
            WHERE r.ev_type OPERATOR(pg_catalog.=) '1'
              AND c.relkind OPERATOR(pg_catalog.=) ANY ('{v,m}'::pg_catalog."char"[])
              AND n.nspname OPERATOR(pg_catalog.<>) ALL ('{pg_catalog,information_schema}'::pg_catalog.name[])""";

    /** Partitions and inheriting tables: child's oid, parent's oid. */
    public static final String INHERITANCE =
            "SELECT inhrelid::pg_catalog.text, inhparent::pg_catalog.text FROM pg_catalog.pg_inherits";

    /** Functions, procedures and aggregates: schema, name. */
    public static final String FUNCTIONS = """
            SELECT DISTINCT n.nspname, p.proname
            FROM pg_catalog.pg_proc p
            JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) p.pronamespace""";

    /** Operators outside of pg_catalog: schema, name. */
    public static final String OPERATORS = """
            SELECT DISTINCT n.nspname, o.oprname
            FROM pg_catalog.pg_operator o
            JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) o.oprnamespace
            WHERE n.nspname OPERATOR(pg_catalog.<>) 'pg_catalog'""";

    private CatalogQueries() {}
}
