package io.sallyport.postgres.sql.resolve;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What names of columns can mean at one level of a statement, and the levels around it. */
final class Scope {

    private final @Nullable Scope outer;
    private final List<RangeEntry> entries = new ArrayList<>(2);
    private final @Nullable CommonTables commonTables;
    private boolean positional = true;

    Scope(@Nullable Scope outer, @Nullable CommonTables commonTables) {
        this.outer = outer;
        this.commonTables = commonTables;
    }

    /**
     * The common table expressions in sight, the innermost first.
     *
     * @param name the name of one
     * @param columns what it yields; null while it reads itself
     * @param next the others
     */
    record CommonTables(
            String name,
            @Nullable List<RangeEntry.OutputColumn> columns,
            @Nullable CommonTables next) {

        static @Nullable CommonTables find(@Nullable CommonTables first, String name) {
            CommonTables at = first;
            while (at != null && !at.name.equals(name)) {
                at = at.next;
            }
            return at;
        }
    }

    @Nullable
    Scope outer() {
        return outer;
    }

    List<RangeEntry> entries() {
        return entries;
    }

    @Nullable
    CommonTables commonTables() {
        return commonTables;
    }

    void add(RangeEntry entry) {
        entries.add(entry);
    }

    /** Whether a star's columns stand in the order of the entries, so that they can be counted. */
    boolean positional() {
        return positional;
    }

    void mergesColumns() {
        positional = false;
    }
}
