package io.sallyport.postgres.sql.catalog;

/** What a relation is: pg_class.relkind. */
public enum RelationKind {
    /** An ordinary table. */
    TABLE('r'),
    /** A partitioned table, which holds no rows itself. */
    PARTITIONED_TABLE('p'),
    /** A view. */
    VIEW('v'),
    /** A materialized view. */
    MATERIALIZED_VIEW('m'),
    /** A foreign table. */
    FOREIGN_TABLE('f'),
    /** A sequence. */
    SEQUENCE('S'),
    /** An index. */
    INDEX('i'),
    /** A partitioned index. */
    PARTITIONED_INDEX('I'),
    /** The table of another table's long values. */
    TOAST('t'),
    /** A composite type. */
    COMPOSITE('c'),
    /** Anything that later versions add. */
    OTHER('?');

    private final char code;

    RelationKind(char code) {
        this.code = code;
    }

    /** The kind with that code. */
    public static RelationKind of(char code) {
        for (RelationKind kind : values()) {
            if (kind.code == code) {
                return kind;
            }
        }
        return OTHER;
    }

    /** Whether it is defined by a query. */
    public boolean isView() {
        return this == VIEW || this == MATERIALIZED_VIEW;
    }
}
