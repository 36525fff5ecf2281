package io.sallyport.postgres.sql.tree;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * MERGE.
 *
 * @param with the common table expressions
 * @param target what is written
 * @param alias the target's other name
 * @param source the rows it is compared with
 * @param on the condition
 * @param branches what WHEN clauses do
 * @param returning the outputs, null without RETURNING
 */
public record Merge(
        With with,
        RelationName target,
        @Nullable String alias,
        FromItem source,
        Expression on,
        List<Branch> branches,
        @Nullable List<Query.Target> returning)
        implements Body {

    /**
     * One WHEN clause.
     *
     * @param bySource whether it is for rows that the source lacks
     * @param kind what it does, null for DO NOTHING
     * @param condition what AND adds
     * @param columns the columns it writes
     * @param values the values
     */
    public record Branch(
            boolean bySource,
            Modification.@Nullable Kind kind,
            @Nullable Expression condition,
            List<String> columns,
            List<Expression> values) {}
}
