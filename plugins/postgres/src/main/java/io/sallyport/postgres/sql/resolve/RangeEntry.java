package io.sallyport.postgres.sql.resolve;

import io.sallyport.postgres.sql.catalog.Catalog.Origin;
import io.sallyport.postgres.sql.catalog.Relation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing in a range that columns can come from.
 *
 * @param name the name by which columns are qualified, null if there is none
 * @param relation the relation, null for all else
 * @param columns the columns by position; for a relation only if it is renamed; null where nothing is known
 * @param members the entries that a named join stands for
 */
record RangeEntry(
        @Nullable String name,
        @Nullable Relation relation,
        @Nullable List<OutputColumn> columns,
        List<RangeEntry> members) {

    /**
     * A column of a query, function or renamed relation.
     *
     * @param name its name, empty if it has one that was not worked out; null stands for any number of columns
     * @param origins the columns that its value is made of, as far as their use was not noted already
     * @param bare whether the value is one column's, unchanged
     */
    record OutputColumn(@Nullable String name, List<Origin> origins, boolean bare) {}

    /** A relation under its own or another name. */
    static RangeEntry of(Relation relation, @Nullable String alias) {
        return new RangeEntry(alias == null ? relation.name() : alias, relation, null, List.of());
    }

    /** Whether all columns are known by name, so that a name that is not among them is of another entry. */
    boolean complete() {
        if (!members.isEmpty()) {
            return members.stream().allMatch(RangeEntry::complete);
        }
        if (columns == null) {
            return relation != null && !relation.columns().isEmpty();
        }
        return columns.stream()
                .allMatch(column -> column.name() != null && !column.name().isEmpty());
    }
}
