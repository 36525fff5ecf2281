package io.sallyport.postgres.sql.resolve;

import io.sallyport.api.action.Resource;
import io.sallyport.postgres.sql.catalog.Catalog.Origin;
import io.sallyport.postgres.sql.catalog.Relation;
import io.sallyport.postgres.sql.resolve.RangeEntry.OutputColumn;
import io.sallyport.postgres.sql.tree.ColumnReference;
import io.sallyport.postgres.sql.vocabulary.PostgresVocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the columns that references mean, and notes their use. */
final class ColumnResolver {

    private static final Set<String> SYSTEM_COLUMNS =
            Set.of("ctid", "xmin", "xmax", "cmin", "cmax", "tableoid", "oid", "system_user");

    private final Expander expander;
    private final AccessCollector accesses;
    private @Nullable RangeEntry watched;
    private int watchedUses;
    private @Nullable List<Origin> capture;

    ColumnResolver(Expander expander, AccessCollector accesses) {
        this.expander = expander;
        this.accesses = accesses;
    }

    /** Counts the uses of an entry's columns from here on. */
    void watch(@Nullable RangeEntry entry) {
        watched = entry;
        watchedUses = 0;
    }

    /** How often the watched entry's columns were used. */
    int watchedUses() {
        return watchedUses;
    }

    /** Collects the origins of all columns used from here on as well; null ends that. */
    @Nullable
    List<Origin> capture(@Nullable List<Origin> into) {
        List<Origin> before = capture;
        capture = into;
        return before;
    }

    /** Notes the use of what the reference means. */
    void use(ColumnReference reference, Scope scope, int trait) {
        List<String> names = reference.names();
        if (reference.star()) {
            if (names.isEmpty()) {
                scope.entries().forEach(entry -> useAll(entry, trait));
            } else {
                useStar(names, scope, trait);
            }
        } else if (names.size() == 1) {
            unqualified(names.get(0), scope, trait);
        } else {
            qualified(names, scope, trait);
        }
    }

    private void useStar(List<String> names, Scope scope, int trait) {
        RangeEntry entry = find(names, names.size(), scope);
        if (entry == null) {
            unresolved(names.get(names.size() - 1), trait);
        } else {
            useAll(entry, trait);
        }
    }

    private void unqualified(String name, Scope scope, int trait) {
        boolean uncertain = false;
        for (Scope at = scope; at != null; at = at.outer()) {
            int found = 0;
            boolean complete = true;
            for (RangeEntry entry : at.entries()) {
                found += useColumn(entry, name, uncertain ? Expander.computed(trait) : trait) ? 1 : 0;
                complete &= entry.complete();
            }
            if (found > 0) {
                return;
            }
            if (!complete) {
                uncertain = true;
                guess(at, name, trait);
            }
        }
        RangeEntry whole = find(List.of(name), 1, scope);
        if (whole != null) {
            useAll(whole, Expander.computed(trait));
        } else if (SYSTEM_COLUMNS.contains(name)) {
            scope.entries().forEach(this::used);
        } else if (!uncertain && !unlisted(name, scope, trait)) {
            unresolved(name, trait);
        }
    }

    /**
     * Notes a column that no relation in sight has. Should it come to be before the statement runs, it belongs to one of
     * them; else the target refuses the name itself.
     */
    private boolean unlisted(String name, Scope scope, int trait) {
        boolean noted = false;
        for (Scope at = scope; at != null; at = at.outer()) {
            for (RangeEntry entry : at.entries()) {
                noted |= unlisted(name, entry, trait);
            }
        }
        return noted;
    }

    private boolean unlisted(String name, RangeEntry entry, int trait) {
        boolean noted = entry.relation() != null;
        if (noted) {
            note(Objects.requireNonNull(entry.relation()), name, Expander.computed(trait));
        }
        for (RangeEntry member : entry.members()) {
            noted |= unlisted(name, member, trait);
        }
        return noted;
    }

    /** Where a level's columns are not all known, the name may mean one of those. */
    private void guess(Scope at, String name, int trait) {
        for (RangeEntry entry : at.entries()) {
            guess(entry, name, trait);
        }
    }

    private void guess(RangeEntry entry, String name, int trait) {
        Relation relation = entry.relation();
        if (relation == null && entry.columns() == null) {
            used(entry);
        } else if (relation != null && relation.columns().isEmpty() && !name.equals(entry.name())) {
            used(entry);
            note(relation, name, Expander.computed(trait));
        }
        entry.members().forEach(member -> guess(member, name, trait));
    }

    private void qualified(List<String> names, Scope scope, int trait) {
        RangeEntry entry = find(names, names.size() - 1, scope);
        String name = names.get(names.size() - 1);
        if (entry == null) {
            unresolved(name, trait);
            return;
        }
        if (useColumn(entry, name, trait)) {
            return;
        }
        if (!entry.complete()) {
            guess(entry, name, trait);
        } else if (SYSTEM_COLUMNS.contains(name)) {
            used(entry);
        } else {
            useAll(entry, Expander.computed(trait));
        }
    }

    /** Whether the reference is the notation of a call of a function with a row as its argument. */
    boolean mayBeCall(ColumnReference reference, Scope scope) {
        List<String> names = reference.names();
        if (reference.star() || names.size() < 2) {
            return false;
        }
        RangeEntry entry = find(names, names.size() - 1, scope);
        return entry == null || !hasColumn(entry, names.get(names.size() - 1));
    }

    private static boolean hasColumn(RangeEntry entry, String name) {
        if (entry.columns() != null) {
            return entry.columns().stream().anyMatch(column -> name.equals(column.name()));
        }
        if (entry.relation() != null) {
            return entry.relation().indexOf(name) >= 0;
        }
        return entry.members().stream().anyMatch(member -> hasColumn(member, name));
    }

    private @Nullable RangeEntry find(List<String> names, int end, Scope scope) {
        String name = names.get(end - 1);
        String schema = end > 1 ? names.get(end - 2) : null;
        for (Scope at = scope; at != null; at = at.outer()) {
            for (RangeEntry entry : at.entries()) {
                if (name.equals(entry.name()) && (schema == null || isIn(entry, schema))) {
                    return entry;
                }
            }
        }
        return null;
    }

    private static boolean isIn(RangeEntry entry, String schema) {
        Relation relation = entry.relation();
        return relation == null || relation.schema().equals(schema) || schema.equals("pg_temp");
    }

    private boolean useColumn(RangeEntry entry, String name, int trait) {
        List<OutputColumn> columns = entry.columns();
        if (columns != null) {
            boolean found = false;
            for (OutputColumn column : columns) {
                if (name.equals(column.name())) {
                    useOutput(column, trait);
                    found = true;
                }
            }
            if (found) {
                used(entry);
            }
            return found;
        }
        Relation relation = entry.relation();
        if (relation != null) {
            int index = relation.indexOf(name);
            if (index >= 0) {
                used(entry);
                note(relation, index, trait);
            }
            return index >= 0;
        }
        boolean found = false;
        for (RangeEntry member : entry.members()) {
            found |= useColumn(member, name, trait);
        }
        return found;
    }

    /** Notes the use of an entry's column, if it has one of that name or may have. */
    void useIfPresent(RangeEntry entry, String name, int trait) {
        if (!useColumn(entry, name, trait) && !entry.complete()) {
            guess(entry, name, trait);
        }
    }

    /** Notes the use of all columns of an entry. */
    void useAll(RangeEntry entry, int trait) {
        used(entry);
        if (entry.columns() != null) {
            entry.columns().forEach(column -> useOutput(column, trait));
        } else if (entry.relation() != null) {
            for (int i = 0; i < entry.relation().columns().size(); i++) {
                note(entry.relation(), i, trait);
            }
        }
        entry.members().forEach(member -> useAll(member, trait));
    }

    /** Notes the use of an output of a query. */
    void useOutput(OutputColumn column, int trait) {
        int effective = column.bare() ? trait : Expander.computed(trait);
        for (Origin origin : column.origins()) {
            int index = origin.relation().indexOf(origin.column());
            if (index >= 0) {
                note(origin.relation(), index, effective);
            } else {
                note(origin.relation(), origin.column(), effective);
            }
        }
    }

    /** One relation may stand in a range twice: only the very entry counts. */
    @SuppressWarnings("ReferenceEquality")
    private void used(RangeEntry entry) {
        if (entry == watched) {
            watchedUses++;
        }
    }

    private void note(Relation relation, int index, int trait) {
        if (capture != null) {
            capture.add(new Origin(relation, relation.columns().get(index).name()));
        }
        expander.column(PostgresVocabulary.SELECT, relation, index, trait);
    }

    private void note(Relation relation, String column, int trait) {
        if (capture != null) {
            capture.add(new Origin(relation, column));
        }
        expander.column(PostgresVocabulary.SELECT, relation, column, trait);
    }

    private void unresolved(String name, int trait) {
        accesses.add(
                PostgresVocabulary.SELECT, Resource.unresolved(Relation.RESOURCE_KIND, name), Expander.computed(trait));
    }

    /** The columns that a star stands for, with what they come from. */
    List<OutputColumn> expand(ColumnReference star, Scope scope) {
        List<OutputColumn> columns = new ArrayList<>();
        if (star.names().isEmpty()) {
            scope.entries().forEach(entry -> expand(entry, columns));
        } else {
            RangeEntry entry = find(star.names(), star.names().size(), scope);
            if (entry != null) {
                expand(entry, columns);
            }
        }
        return columns;
    }

    private void expand(RangeEntry entry, List<OutputColumn> into) {
        if (entry.columns() != null) {
            into.addAll(entry.columns());
        } else if (entry.relation() != null) {
            Relation relation = entry.relation();
            if (relation.columns().isEmpty()) {
                into.add(new OutputColumn(null, List.of(), false));
            }
            relation.columns()
                    .forEach(column -> into.add(
                            new OutputColumn(column.name(), List.of(new Origin(relation, column.name())), true)));
        } else {
            into.add(new OutputColumn(null, List.of(), false));
        }
    }

    /** What a single reference comes from, if it is known. */
    @Nullable
    OutputColumn bare(ColumnReference reference, Scope scope, @Nullable String label) {
        List<String> names = reference.names();
        String name = names.get(names.size() - 1);
        String shown = label == null ? name : label;
        List<OutputColumn> found = new ArrayList<>(1);
        if (names.size() > 1) {
            RangeEntry entry = find(names, names.size() - 1, scope);
            if (entry != null) {
                match(entry, name, found);
            }
        } else {
            for (Scope at = scope; at != null && found.isEmpty(); at = at.outer()) {
                for (RangeEntry entry : at.entries()) {
                    match(entry, name, found);
                }
                if (found.isEmpty() && !at.entries().stream().allMatch(RangeEntry::complete)) {
                    return null;
                }
            }
        }
        if (found.isEmpty()) {
            return null;
        }
        if (found.size() == 1) {
            return new OutputColumn(shown, found.get(0).origins(), found.get(0).bare());
        }
        List<Origin> origins = new ArrayList<>();
        found.forEach(column -> origins.addAll(column.origins()));
        return new OutputColumn(shown, origins, false);
    }

    private static void match(RangeEntry entry, String name, List<OutputColumn> found) {
        if (entry.columns() != null) {
            entry.columns().stream()
                    .filter(column -> name.equals(column.name()))
                    .forEach(found::add);
        } else if (entry.relation() != null && entry.relation().indexOf(name) >= 0) {
            found.add(new OutputColumn(name, List.of(new Origin(entry.relation(), name)), true));
        }
        entry.members().forEach(member -> match(member, name, found));
    }
}
