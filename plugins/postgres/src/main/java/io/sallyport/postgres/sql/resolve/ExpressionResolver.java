package io.sallyport.postgres.sql.resolve;

import io.sallyport.postgres.sql.tree.ColumnReference;
import io.sallyport.postgres.sql.tree.Expression;
import io.sallyport.postgres.sql.tree.Expression.Shape;
import io.sallyport.postgres.sql.tree.FieldUse;
import io.sallyport.postgres.sql.tree.FunctionCall;
import io.sallyport.postgres.sql.tree.OperatorUse;
import io.sallyport.postgres.sql.tree.Part;
import io.sallyport.postgres.sql.tree.SubQuery;
import java.util.List;

/** Notes what expressions touch, and whether conditions restrict. */
final class ExpressionResolver {

    private final Resolver resolver;

    ExpressionResolver(Resolver resolver) {
        this.resolver = resolver;
    }

    /** Notes the use of an expression whose value is put to the use that the trait says. */
    void use(Expression expression, Scope scope, int trait) {
        ColumnReference bare = expression.bare();
        if (bare != null) {
            column(bare, scope, trait);
            return;
        }
        List<Part> parts = expression.parts();
        for (int i = 0; i < parts.size(); i++) {
            part(parts.get(i), scope, Expander.computed(trait));
        }
    }

    void useAll(List<Expression> expressions, Scope scope, int trait) {
        for (int i = 0; i < expressions.size(); i++) {
            use(expressions.get(i), scope, trait);
        }
    }

    private void part(Part part, Scope scope, int trait) {
        if (part instanceof ColumnReference reference) {
            column(reference, scope, trait);
        } else if (part instanceof Expression inner) {
            use(inner, scope, trait);
        } else if (part instanceof FunctionCall call) {
            resolver.functions.call(call);
            useAll(call.arguments(), scope, trait);
        } else if (part instanceof SubQuery sub) {
            resolver.queries.body(
                    sub.body(), scope, scope.commonTables(), sub.exists() ? AccessCollector.OUTPUT : trait);
        } else if (part instanceof OperatorUse operator) {
            resolver.functions.operator(operator.name());
        } else if (part instanceof FieldUse field) {
            resolver.functions.maybe(field.name());
        }
    }

    private void column(ColumnReference reference, Scope scope, int trait) {
        resolver.columns.use(reference, scope, trait);
        if (reference.names().size() > 1 && resolver.columns.mayBeCall(reference, scope)) {
            resolver.functions.maybe(reference.names().get(reference.names().size() - 1));
        }
    }

    /**
     * Notes the use of a condition, and says whether it restricts the rows of the watched entry: every alternative must
     * name a column of it in something other than a comparison with itself.
     */
    boolean restricts(Expression condition, Scope scope) {
        if (condition.shape() == Shape.AND || condition.shape() == Shape.OR) {
            boolean any = false;
            boolean all = true;
            for (Part part : condition.parts()) {
                boolean restricts = restricts((Expression) part, scope);
                any |= restricts;
                all &= restricts;
            }
            return condition.shape() == Shape.AND ? any : all;
        }
        if (condition.parts().isEmpty()) {
            return "current of".equals(condition.literal());
        }
        int before = resolver.columns.watchedUses();
        use(condition, scope, AccessCollector.TESTED);
        return resolver.columns.watchedUses() > before && condition.shape() != Shape.SAME;
    }
}
