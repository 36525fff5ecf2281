package io.sallyport.postgres.sql.tree;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A SELECT, VALUES or TABLE, or several joined by set operations.
 *
 * @param with the common table expressions
 * @param arms what UNION, INTERSECT and EXCEPT join; one in a plain query
 * @param orderBy the order
 * @param others LIMIT and OFFSET
 * @param lockOf the relations that FOR UPDATE and its kind name; empty for all; null without such a clause
 */
public record Query(
        With with,
        List<Arm> arms,
        List<Expression> orderBy,
        List<Expression> others,
        @Nullable List<String> lockOf) implements Body {

    /** One arm of a set operation. */
    public sealed interface Arm permits Select, Values, Nested {}

    /**
     * SELECT, or TABLE as {@code SELECT *}.
     *
     * @param distinct whether rows are compared with each other
     * @param distinctOn the expressions that are compared
     * @param targets the select list
     * @param into the relation that SELECT INTO makes
     * @param from the range
     * @param where the condition
     * @param grouping GROUP BY
     * @param others HAVING and windows
     */
    public record Select(
            boolean distinct,
            List<Expression> distinctOn,
            List<Target> targets,
            @Nullable RelationName into,
            List<FromItem> from,
            @Nullable Expression where,
            List<Expression> grouping,
            List<Expression> others)
            implements Arm {}

    /**
     * VALUES.
     *
     * @param width the number of columns
     * @param parts what is in all rows
     */
    public record Values(int width, List<Expression> parts) implements Arm {}

    /** A query in parentheses. */
    public record Nested(Query query) implements Arm {}

    /**
     * One output.
     *
     * @param expression what it computes
     * @param label the name that {@code AS} or a bare label gives, null where the expression names itself
     */
    public record Target(Expression expression, @Nullable String label) {}
}
