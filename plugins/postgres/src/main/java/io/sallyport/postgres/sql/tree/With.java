package io.sallyport.postgres.sql.tree;

import java.util.List;

/**
 * A WITH clause.
 *
 * @param recursive whether each may read itself and those behind it
 * @param tables the common table expressions in order
 */
public record With(boolean recursive, List<CommonTable> tables) {

    /** No WITH clause. */
    public static final With NONE = new With(false, List.of());

    /**
     * A common table expression.
     *
     * @param name its name
     * @param columns the names given to its columns, possibly fewer than it has
     * @param body what it runs
     * @param extended whether SEARCH or CYCLE add columns
     */
    public record CommonTable(String name, List<String> columns, Body body, boolean extended) {}
}
