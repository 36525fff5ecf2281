package io.sallyport.postgres.sql.resolve;

import io.sallyport.postgres.sql.catalog.Catalog.Origin;
import io.sallyport.postgres.sql.catalog.Catalog.ViewColumn;
import io.sallyport.postgres.sql.catalog.Relation;
import io.sallyport.postgres.sql.resolve.RangeEntry.OutputColumn;
import io.sallyport.postgres.sql.resolve.Scope.CommonTables;
import io.sallyport.postgres.sql.tree.Body;
import io.sallyport.postgres.sql.tree.ColumnReference;
import io.sallyport.postgres.sql.tree.Expression;
import io.sallyport.postgres.sql.tree.Expression.Shape;
import io.sallyport.postgres.sql.tree.FromItem.Alias;
import io.sallyport.postgres.sql.tree.Query;
import io.sallyport.postgres.sql.tree.Query.Select;
import io.sallyport.postgres.sql.tree.Query.Target;
import io.sallyport.postgres.sql.tree.Query.Values;
import io.sallyport.postgres.sql.tree.With;
import io.sallyport.postgres.sql.vocabulary.PostgresVocabulary;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Notes what queries read, and follows where their outputs come from. */
final class QueryResolver {

    private final Resolver resolver;

    QueryResolver(Resolver resolver) {
        this.resolver = resolver;
    }

    /**
     * Notes what a query or data-modifying statement does.
     *
     * @param outer the levels around it
     * @param common the common table expressions in sight
     * @param trait what becomes of its outputs
     * @return its outputs by position
     */
    List<OutputColumn> body(Body body, @Nullable Scope outer, @Nullable CommonTables common, int trait) {
        if (body instanceof Query query) {
            return query(query, outer, common, trait);
        }
        return resolver.modifications.body(body, outer, common, trait);
    }

    /** Notes what WITH does; answers what is in sight behind it. */
    @Nullable
    CommonTables with(With with, @Nullable Scope outer, @Nullable CommonTables before) {
        CommonTables common = before;
        if (with.recursive()) {
            for (With.CommonTable table : with.tables()) {
                common = new CommonTables(table.name(), null, common);
            }
        }
        for (With.CommonTable table : with.tables()) {
            int trait = with.recursive() ? AccessCollector.COMPUTED : AccessCollector.OUTPUT;
            List<OutputColumn> columns = body(table.body(), outer, common, trait);
            columns = RangeResolver.renamed(columns, new Alias(table.name(), table.columns()));
            if (with.recursive() || table.extended()) {
                columns = computed(columns == null ? List.of() : columns, table.extended());
            }
            common = new CommonTables(table.name(), columns, common);
        }
        return common;
    }

    private static List<OutputColumn> computed(List<OutputColumn> columns, boolean extended) {
        List<OutputColumn> computed = new ArrayList<>();
        columns.forEach(column -> computed.add(new OutputColumn(column.name(), column.origins(), false)));
        if (extended) {
            computed.add(new OutputColumn(null, List.of(), false));
        }
        return computed;
    }

    private List<OutputColumn> query(Query query, @Nullable Scope outer, @Nullable CommonTables before, int trait) {
        CommonTables common = with(query.with(), outer, before);
        boolean set = query.arms().size() > 1;
        List<OutputColumn> outputs = List.of();
        Scope scope = new Scope(outer, common);
        for (int i = 0; i < query.arms().size(); i++) {
            scope = new Scope(outer, common);
            List<OutputColumn> arm = arm(query.arms().get(i), scope, set ? Expander.computed(trait) : trait);
            outputs = i == 0 ? arm : merged(outputs, arm);
        }
        if (set) {
            scope = new Scope(outer, common);
            scope.add(new RangeEntry(null, null, outputs, List.of()));
        }
        ordering(query.orderBy(), outputs, scope, true);
        resolver.expressions.useAll(query.others(), scope, AccessCollector.TESTED);
        if (query.lockOf() != null) {
            lock(query, scope);
        }
        return outputs;
    }

    private void lock(Query query, Scope scope) {
        List<String> names = query.lockOf();
        for (RangeEntry entry : scope.entries()) {
            Relation relation = entry.relation();
            if (relation != null && names != null && (names.isEmpty() || names.contains(entry.name()))) {
                resolver.expander.relation(PostgresVocabulary.SELECT, relation, false, AccessCollector.LOCKING);
            }
        }
    }

    private static List<OutputColumn> merged(List<OutputColumn> first, List<OutputColumn> second) {
        List<OutputColumn> merged = new ArrayList<>();
        List<Origin> rest = new ArrayList<>();
        boolean counted = first.size() == second.size() && isCounted(first) && isCounted(second);
        if (!counted) {
            first.forEach(column -> rest.addAll(column.origins()));
            second.forEach(column -> rest.addAll(column.origins()));
        }
        for (int i = 0; i < first.size(); i++) {
            List<Origin> origins = new ArrayList<>(first.get(i).origins());
            origins.addAll(counted ? second.get(i).origins() : rest);
            merged.add(new OutputColumn(first.get(i).name(), origins, false));
        }
        return merged;
    }

    private static boolean isCounted(List<OutputColumn> columns) {
        return columns.stream()
                .noneMatch(column -> column.name() == null && column.origins().isEmpty());
    }

    private List<OutputColumn> arm(Query.Arm arm, Scope scope, int trait) {
        if (arm instanceof Query.Nested nested) {
            return query(nested.query(), scope.outer(), scope.commonTables(), trait);
        }
        if (arm instanceof Values values) {
            resolver.expressions.useAll(values.parts(), scope, Expander.computed(trait));
            List<OutputColumn> columns = new ArrayList<>(values.width());
            for (int i = 1; i <= values.width(); i++) {
                columns.add(new OutputColumn("column" + i, List.of(), false));
            }
            return columns;
        }
        return select((Select) arm, scope, trait);
    }

    private List<OutputColumn> select(Select select, Scope scope, int trait) {
        resolver.ranges.addAll(select.from(), scope);
        int use = select.into() == null ? trait : AccessCollector.STORED;
        List<OutputColumn> outputs = targets(select.targets(), scope, use);
        if (select.into() != null) {
            resolver.modifications.made(select.into(), outputs);
        }
        if (select.where() != null) {
            resolver.expressions.restricts(select.where(), scope);
        }
        ordering(select.grouping(), outputs, scope, false);
        resolver.expressions.useAll(select.others(), scope, AccessCollector.TESTED);
        if (!select.distinctOn().isEmpty()) {
            ordering(select.distinctOn(), outputs, scope, true);
        } else if (select.distinct()) {
            outputs.forEach(output -> resolver.columns.useOutput(output, AccessCollector.TESTED));
        }
        return outputs;
    }

    /** Notes the use of a select list. */
    List<OutputColumn> targets(List<Target> targets, Scope scope, int trait) {
        List<OutputColumn> outputs = new ArrayList<>(targets.size());
        for (Target target : targets) {
            Expression expression = target.expression();
            ColumnReference star = star(expression);
            if (star != null) {
                resolver.columns.use(star, scope, trait);
                outputs.addAll(resolver.columns.expand(star, scope));
                if (star.names().isEmpty() && !scope.positional()) {
                    outputs.add(new OutputColumn(null, List.of(), false));
                }
            } else {
                outputs.add(output(expression, target.label(), scope, trait));
            }
        }
        return outputs;
    }

    private OutputColumn output(Expression expression, @Nullable String label, Scope scope, int trait) {
        ColumnReference bare = expression.bare();
        if (bare != null) {
            resolver.expressions.use(expression, scope, trait);
            OutputColumn column = resolver.columns.bare(bare, scope, label);
            if (column != null) {
                return column;
            }
            String name = bare.names().get(bare.names().size() - 1);
            return new OutputColumn(label == null ? name : label, List.of(), false);
        }
        if (!resolver.keepsOrigins()) {
            resolver.expressions.use(expression, scope, trait);
            return new OutputColumn(label == null ? "" : label, List.of(), false);
        }
        List<Origin> origins = new ArrayList<>();
        List<Origin> before = resolver.columns.capture(origins);
        resolver.expressions.use(expression, scope, trait);
        resolver.columns.capture(before);
        if (before != null) {
            before.addAll(origins);
        }
        return new OutputColumn(label == null ? "" : label, origins, false);
    }

    private static @Nullable ColumnReference star(Expression expression) {
        return expression.shape() == Shape.MIXED
                        && expression.parts().size() == 1
                        && expression.parts().get(0) instanceof ColumnReference reference
                        && reference.star()
                ? reference
                : null;
    }

    /** Notes what ORDER BY, GROUP BY or DISTINCT ON test: outputs by name or number, or expressions. */
    private void ordering(List<Expression> expressions, List<OutputColumn> outputs, Scope scope, boolean outputsFirst) {
        for (Expression expression : expressions) {
            if (expression.parts().isEmpty()) {
                byNumber(expression.literal(), outputs);
                continue;
            }
            ColumnReference bare = expression.bare();
            boolean isOutput = false;
            if (bare != null && bare.names().size() == 1) {
                isOutput = byName(bare.names().get(0), outputs);
            }
            if (!isOutput || !outputsFirst) {
                resolver.expressions.use(expression, scope, AccessCollector.TESTED);
            }
        }
    }

    private boolean byName(String name, List<OutputColumn> outputs) {
        boolean found = false;
        for (OutputColumn output : outputs) {
            if (name.equals(output.name())) {
                resolver.columns.useOutput(output, AccessCollector.TESTED);
                found = true;
            }
        }
        return found;
    }

    private void byNumber(@Nullable String literal, List<OutputColumn> outputs) {
        if (literal == null || literal.length() > 5) {
            return;
        }
        for (int i = 0; i < literal.length(); i++) {
            if (literal.charAt(i) < '0' || literal.charAt(i) > '9') {
                return;
            }
        }
        boolean counted = isCounted(outputs);
        int number = literal.isEmpty() ? 0 : Integer.parseInt(literal);
        for (int i = 0; i < outputs.size(); i++) {
            if (!counted || i + 1 == number) {
                resolver.columns.useOutput(outputs.get(i), AccessCollector.TESTED);
            }
        }
    }

    /** What a view's columns come from; null if they cannot be counted. */
    @Nullable
    List<ViewColumn> lineage(Body definition) {
        List<OutputColumn> outputs = body(definition, null, null, AccessCollector.OUTPUT);
        if (outputs.stream().anyMatch(output -> output.name() == null)) {
            return null;
        }
        List<ViewColumn> columns = new ArrayList<>(outputs.size());
        outputs.forEach(output -> columns.add(new ViewColumn(
                output.origins().stream().distinct().toList(),
                output.bare() && output.origins().size() == 1)));
        return columns;
    }
}
