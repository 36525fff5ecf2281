package io.sallyport.postgres.sql.resolve;

import io.sallyport.api.action.Resource;
import io.sallyport.api.action.Verb;
import io.sallyport.postgres.sql.catalog.Relation;
import io.sallyport.postgres.sql.resolve.RangeEntry.OutputColumn;
import io.sallyport.postgres.sql.resolve.Scope.CommonTables;
import io.sallyport.postgres.sql.tree.Body;
import io.sallyport.postgres.sql.tree.Expression;
import io.sallyport.postgres.sql.tree.Merge;
import io.sallyport.postgres.sql.tree.Modification;
import io.sallyport.postgres.sql.tree.Modification.Kind;
import io.sallyport.postgres.sql.tree.Query.Target;
import io.sallyport.postgres.sql.tree.RelationName;
import io.sallyport.postgres.sql.vocabulary.PostgresVocabulary;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Notes what INSERT, UPDATE, DELETE and MERGE write and read. */
final class ModificationResolver {

    private final Resolver resolver;

    ModificationResolver(Resolver resolver) {
        this.resolver = resolver;
    }

    List<OutputColumn> body(Body body, @Nullable Scope outer, @Nullable CommonTables before, int trait) {
        if (body instanceof Merge merge) {
            return merge(merge, outer, resolver.queries.with(merge.with(), outer, before), trait);
        }
        Modification modification = (Modification) body;
        CommonTables common = resolver.queries.with(modification.with(), outer, before);
        return modification.kind() == Kind.INSERT
                ? insert(modification, outer, common, trait)
                : change(modification, outer, common, trait);
    }

    private List<OutputColumn> insert(
            Modification insert, @Nullable Scope outer, @Nullable CommonTables common, int trait) {
        Scope scope = new Scope(outer, common);
        resolver.relation(PostgresVocabulary.INSERT, insert.target(), 0);
        target(insert.target(), insert.alias(), scope);
        writes(PostgresVocabulary.INSERT, insert.target(), insert.columns());
        if (insert.source() != null) {
            resolver.queries.body(insert.source(), outer, common, AccessCollector.STORED);
        }
        List<OutputColumn> returned = returning(insert.returning(), scope, trait);
        resolver.expressions.useAll(insert.tested(), scope, AccessCollector.TESTED);
        if (!insert.conflictColumns().isEmpty()) {
            conflict(insert, scope);
        }
        return returned;
    }

    private void conflict(Modification insert, Scope scope) {
        resolver.relation(PostgresVocabulary.UPDATE, insert.target(), 0);
        writes(PostgresVocabulary.UPDATE, insert.target(), insert.conflictColumns());
        scope.add(new RangeEntry("excluded", null, List.of(new OutputColumn(null, List.of(), false)), List.of()));
        resolver.expressions.useAll(insert.values(), scope, AccessCollector.STORED);
        if (insert.where() != null) {
            resolver.expressions.restricts(insert.where(), scope);
        }
    }

    private List<OutputColumn> change(
            Modification change, @Nullable Scope outer, @Nullable CommonTables common, int trait) {
        Verb verb = change.kind() == Kind.UPDATE ? PostgresVocabulary.UPDATE : PostgresVocabulary.DELETE;
        Scope scope = new Scope(outer, common);
        RangeEntry target = target(change.target(), change.alias(), scope);
        resolver.ranges.addAll(change.from(), scope);
        boolean restricts = false;
        if (change.where() != null) {
            resolver.columns.watch(target);
            restricts = resolver.expressions.restricts(change.where(), scope);
            resolver.columns.watch(null);
        }
        resolver.relation(verb, change.target(), restricts ? 0 : AccessCollector.NO_WHERE);
        if (change.kind() == Kind.UPDATE) {
            writes(verb, change.target(), change.columns());
        }
        resolver.expressions.useAll(change.values(), scope, AccessCollector.STORED);
        return returning(change.returning(), scope, trait);
    }

    private List<OutputColumn> merge(Merge merge, @Nullable Scope outer, @Nullable CommonTables common, int trait) {
        Scope scope = new Scope(outer, common);
        RangeEntry target = target(merge.target(), merge.alias(), scope);
        resolver.ranges.add(merge.source(), scope);
        resolver.columns.watch(target);
        boolean restrictedByJoin = resolver.expressions.restricts(merge.on(), scope);
        boolean restricts = true;
        for (Merge.Branch branch : merge.branches()) {
            boolean own = branch.condition() != null && resolver.expressions.restricts(branch.condition(), scope);
            if (branch.kind() == Kind.UPDATE || branch.kind() == Kind.DELETE) {
                restricts &= own || (restrictedByJoin && !branch.bySource());
            }
        }
        resolver.columns.watch(null);
        int traits = restricts ? 0 : AccessCollector.NO_WHERE;
        resolver.relation(PostgresVocabulary.MERGE, merge.target(), traits);
        for (Merge.Branch branch : merge.branches()) {
            branch(merge, branch, scope, traits);
        }
        return returning(merge.returning(), scope, trait);
    }

    private void branch(Merge merge, Merge.Branch branch, Scope scope, int traits) {
        if (branch.kind() == null) {
            return;
        }
        Verb verb =
                switch (branch.kind()) {
                    case INSERT -> PostgresVocabulary.INSERT;
                    case UPDATE -> PostgresVocabulary.UPDATE;
                    case DELETE -> PostgresVocabulary.DELETE;
                };
        resolver.relation(verb, merge.target(), branch.kind() == Kind.INSERT ? 0 : traits);
        if (branch.kind() != Kind.DELETE) {
            writes(verb, merge.target(), branch.columns());
        }
        for (Expression value : branch.values()) {
            resolver.expressions.use(value, scope, AccessCollector.STORED);
        }
    }

    private RangeEntry target(RelationName name, @Nullable String alias, Scope scope) {
        RangeEntry first = null;
        for (Relation relation : resolver.names.relations(name.names())) {
            RangeEntry entry = RangeEntry.of(relation, alias);
            first = first == null ? entry : first;
            scope.add(entry);
        }
        if (first == null) {
            first = new RangeEntry(alias == null ? name.last() : alias, null, null, List.of());
            scope.add(first);
        }
        return first;
    }

    /** Notes the columns that are written, all if none are named. */
    private void writes(Verb verb, RelationName target, List<String> columns) {
        for (Relation relation : resolver.names.relations(target.names())) {
            if (columns.isEmpty()) {
                relation.columns().forEach(column -> resolver.writeColumn(verb, relation, column.name()));
            } else {
                columns.forEach(column -> resolver.writeColumn(verb, relation, column));
            }
        }
    }

    private List<OutputColumn> returning(@Nullable List<Target> targets, Scope scope, int trait) {
        return targets == null ? List.of() : resolver.queries.targets(targets, scope, trait);
    }

    /** Notes that a relation is made that a query fills, or a view over it. */
    void made(RelationName name, List<OutputColumn> columns) {
        resolver.accesses.add(PostgresVocabulary.CREATE, make(name), 0);
    }

    /** Remembers a relation that the message makes; answers what it will be. */
    Resource make(RelationName name) {
        List<String> names = name.names();
        String schema = names.size() > 1 ? names.get(names.size() - 2) : resolver.names.creationSchema();
        if (schema == null) {
            return Resource.unresolved(Relation.RESOURCE_KIND, name.last());
        }
        Relation relation = Relation.unlisted(schema, name.last());
        resolver.names.make(relation);
        return relation.resource();
    }
}
