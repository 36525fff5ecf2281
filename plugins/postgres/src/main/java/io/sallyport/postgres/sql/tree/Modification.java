package io.sallyport.postgres.sql.tree;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * INSERT, UPDATE or DELETE.
 *
 * @param kind which of them
 * @param with the common table expressions
 * @param target what is written
 * @param alias the target's other name
 * @param columns the columns that are written; for INSERT empty if all are
 * @param values the new values and what conflict clauses compute
 * @param source the query that INSERT reads, USING or FROM
 * @param from FROM of UPDATE and USING of DELETE
 * @param where the condition; of the conflict clause in INSERT
 * @param conflictColumns the columns that ON CONFLICT DO UPDATE writes
 * @param tested expressions that only decide: the conflict's target
 * @param returning the outputs, null without RETURNING
 */
public record Modification(
        Kind kind,
        With with,
        RelationName target,
        @Nullable String alias,
        List<String> columns,
        List<Expression> values,
        @Nullable Body source,
        List<FromItem> from,
        @Nullable Expression where,
        List<String> conflictColumns,
        List<Expression> tested,
        @Nullable List<Query.Target> returning)
        implements Body {

    /** Which statement. */
    public enum Kind {
        /** INSERT. */
        INSERT,
        /** UPDATE. */
        UPDATE,
        /** DELETE. */
        DELETE
    }
}
