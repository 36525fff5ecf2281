package io.sallyport.postgres.sql.tree;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something that rows come from. */
public sealed interface FromItem {

    /**
     * What {@code AS} says behind an item.
     *
     * @param name the name, null if there is none
     * @param columns the names given to columns, possibly fewer than there are
     */
    record Alias(@Nullable String name, List<String> columns) {

        /** No alias. */
        public static final Alias NONE = new Alias(null, List.of());
    }

    /** A relation or a common table expression, with what TABLESAMPLE holds. */
    record Relation(RelationName name, Alias alias, List<Expression> sample) implements FromItem {}

    /** A query in parentheses; {@code lateral} if it sees the items before it. */
    record Derived(Body body, Alias alias, boolean lateral) implements FromItem {}

    /** Functions, and what else computes rows: ROWS FROM, XMLTABLE, JSON_TABLE. */
    record Functions(List<Expression> calls, Alias alias) implements FromItem {}

    /**
     * Items joined in one chain from left to right.
     *
     * @param first the leftmost
     * @param joins the others
     * @param alias the name of the whole, if it is in parentheses
     */
    record Joined(FromItem first, List<Join> joins, Alias alias) implements FromItem {}

    /**
     * One join.
     *
     * @param right its right side
     * @param natural whether columns of equal names are compared
     * @param using the columns that USING names
     * @param usingAlias the name of the merged columns
     * @param on the condition
     */
    record Join(
            FromItem right,
            boolean natural,
            List<String> using,
            @Nullable String usingAlias,
            @Nullable Expression on) {}
}
