package io.sallyport.postgres.sql.resolve;

import io.sallyport.postgres.sql.catalog.Catalog.Origin;
import io.sallyport.postgres.sql.catalog.Relation;
import io.sallyport.postgres.sql.resolve.RangeEntry.OutputColumn;
import io.sallyport.postgres.sql.resolve.Scope.CommonTables;
import io.sallyport.postgres.sql.tree.ColumnReference;
import io.sallyport.postgres.sql.tree.Expression;
import io.sallyport.postgres.sql.tree.FromItem;
import io.sallyport.postgres.sql.tree.FromItem.Alias;
import io.sallyport.postgres.sql.tree.FromItem.Join;
import io.sallyport.postgres.sql.tree.RelationName;
import io.sallyport.postgres.sql.vocabulary.PostgresVocabulary;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts what stands behind FROM into a scope, and notes its use. */
final class RangeResolver {

    private final Resolver resolver;

    RangeResolver(Resolver resolver) {
        this.resolver = resolver;
    }

    void addAll(List<FromItem> items, Scope scope) {
        for (FromItem item : items) {
            add(item, scope);
        }
    }

    /** Adds an item; answers the entries that it made. */
    List<RangeEntry> add(FromItem item, Scope scope) {
        if (item instanceof FromItem.Relation relation) {
            return relation(relation, scope);
        }
        if (item instanceof FromItem.Derived derived) {
            return derived(derived, scope);
        }
        if (item instanceof FromItem.Functions functions) {
            return functions(functions, scope);
        }
        return joined((FromItem.Joined) item, scope);
    }

    private List<RangeEntry> relation(FromItem.Relation item, Scope scope) {
        resolver.expressions.useAll(item.sample(), scope, AccessCollector.COMPUTED);
        RelationName name = item.name();
        String alias = item.alias().name();
        if (name.names().size() == 1) {
            CommonTables common = CommonTables.find(scope.commonTables(), name.last());
            if (common != null) {
                String shown = alias == null ? name.last() : alias;
                return entered(new RangeEntry(shown, null, renamed(common.columns(), item.alias()), List.of()), scope);
            }
        }
        resolver.relation(PostgresVocabulary.SELECT, name, 0);
        List<Relation> relations = resolver.names.relations(name.names());
        List<RangeEntry> entries = new ArrayList<>(1);
        for (Relation relation : relations) {
            entries.addAll(entered(named(relation, item.alias()), scope));
        }
        if (relations.isEmpty()) {
            String shown = alias == null ? name.last() : alias;
            entries.addAll(entered(new RangeEntry(shown, null, null, List.of()), scope));
        }
        return entries;
    }

    private static List<RangeEntry> entered(RangeEntry entry, Scope scope) {
        scope.add(entry);
        return List.of(entry);
    }

    private static RangeEntry named(Relation relation, Alias alias) {
        if (alias.columns().isEmpty()) {
            return RangeEntry.of(relation, alias.name());
        }
        List<OutputColumn> columns = new ArrayList<>();
        relation.columns()
                .forEach(column -> columns.add(
                        new OutputColumn(column.name(), List.of(new Origin(relation, column.name())), true)));
        return new RangeEntry(alias.name(), relation, renamed(columns, alias), List.of());
    }

    /**
     * The columns under the names that an alias gives. Where the columns cannot be counted, each name may mean any.
     */
    static @Nullable List<OutputColumn> renamed(@Nullable List<OutputColumn> columns, Alias alias) {
        if (alias.columns().isEmpty() || columns == null) {
            return columns;
        }
        boolean counted = columns.stream()
                        .noneMatch(column ->
                                column.name() == null && column.origins().isEmpty())
                || alias.columns().size() == columns.size();
        List<OutputColumn> renamed = new ArrayList<>();
        if (!counted) {
            List<Origin> all = new ArrayList<>();
            columns.forEach(column -> all.addAll(column.origins()));
            alias.columns().forEach(name -> renamed.add(new OutputColumn(name, all, false)));
            renamed.addAll(columns);
            return renamed;
        }
        for (int i = 0; i < columns.size(); i++) {
            OutputColumn column = columns.get(i);
            renamed.add(
                    i < alias.columns().size()
                            ? new OutputColumn(alias.columns().get(i), column.origins(), column.bare())
                            : column);
        }
        return renamed;
    }

    private List<RangeEntry> derived(FromItem.Derived item, Scope scope) {
        Scope outer = item.lateral() ? scope : scope.outer();
        List<OutputColumn> columns =
                resolver.queries.body(item.body(), outer, scope.commonTables(), AccessCollector.OUTPUT);
        return entered(new RangeEntry(item.alias().name(), null, renamed(columns, item.alias()), List.of()), scope);
    }

    private List<RangeEntry> functions(FromItem.Functions item, Scope scope) {
        String name = item.alias().name();
        for (Expression call : item.calls()) {
            resolver.expressions.use(call, scope, AccessCollector.COMPUTED);
            if (name == null) {
                name = FunctionResolver.nameOf(call);
            }
        }
        List<OutputColumn> columns = new ArrayList<>();
        columns.add(new OutputColumn(null, List.of(), false));
        columns.add(new OutputColumn(name, List.of(), false));
        item.alias().columns().forEach(column -> columns.add(new OutputColumn(column, List.of(), false)));
        return entered(new RangeEntry(name, null, columns, List.of()), scope);
    }

    private List<RangeEntry> joined(FromItem.Joined item, Scope scope) {
        List<RangeEntry> members = new ArrayList<>(add(item.first(), scope));
        for (Join join : item.joins()) {
            List<RangeEntry> right = add(join.right(), scope);
            join(join, members, right, scope);
            members.addAll(right);
            if (join.usingAlias() != null) {
                scope.add(new RangeEntry(join.usingAlias(), null, null, List.copyOf(members)));
            }
        }
        if (item.alias().name() == null) {
            return members;
        }
        RangeEntry whole = new RangeEntry(item.alias().name(), null, aliased(item.alias(), members), members);
        scope.add(whole);
        scope.mergesColumns();
        return List.of(whole);
    }

    /** Names given to the columns of a whole join may mean any of them. */
    private @Nullable List<OutputColumn> aliased(Alias alias, List<RangeEntry> members) {
        if (alias.columns().isEmpty()) {
            return null;
        }
        Scope inner = new Scope(null, null);
        members.forEach(inner::add);
        List<OutputColumn> columns = resolver.columns.expand(new ColumnReference(List.of(), true), inner);
        List<OutputColumn> uncounted = new ArrayList<>(columns);
        uncounted.add(new OutputColumn(null, List.of(), false));
        return renamed(uncounted, alias);
    }

    private void join(Join join, List<RangeEntry> left, List<RangeEntry> right, Scope scope) {
        if (join.on() != null) {
            resolver.expressions.restricts(join.on(), scope);
        }
        if (join.natural()) {
            scope.mergesColumns();
            natural(left, right);
        }
        if (!join.using().isEmpty()) {
            scope.mergesColumns();
            for (String column : join.using()) {
                test(left, column);
                test(right, column);
            }
        }
    }

    private void natural(List<RangeEntry> left, List<RangeEntry> right) {
        Scope inner = new Scope(null, null);
        left.forEach(inner::add);
        List<OutputColumn> leftColumns = resolver.columns.expand(new ColumnReference(List.of(), true), inner);
        for (OutputColumn column : leftColumns) {
            if (column.name() != null) {
                test(right, column.name());
            }
        }
        Scope other = new Scope(null, null);
        right.forEach(other::add);
        for (OutputColumn column : resolver.columns.expand(new ColumnReference(List.of(), true), other)) {
            if (column.name() != null) {
                test(left, column.name());
            }
        }
    }

    private void test(List<RangeEntry> entries, String column) {
        for (RangeEntry entry : entries) {
            resolver.columns.useIfPresent(entry, column, AccessCollector.TESTED);
        }
    }
}
