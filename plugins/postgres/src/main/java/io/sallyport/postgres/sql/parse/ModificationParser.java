package io.sallyport.postgres.sql.parse;

import io.sallyport.postgres.sql.tree.Body;
import io.sallyport.postgres.sql.tree.Expression;
import io.sallyport.postgres.sql.tree.FromItem;
import io.sallyport.postgres.sql.tree.Merge;
import io.sallyport.postgres.sql.tree.Merge.Branch;
import io.sallyport.postgres.sql.tree.Modification;
import io.sallyport.postgres.sql.tree.Modification.Kind;
import io.sallyport.postgres.sql.tree.Query.Target;
import io.sallyport.postgres.sql.tree.RelationName;
import io.sallyport.postgres.sql.tree.With;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads INSERT, UPDATE, DELETE and MERGE. */
final class ModificationParser {

    private final Grammar grammar;
    private final TokenCursor cursor;

    ModificationParser(Grammar grammar) {
        this.grammar = grammar;
        this.cursor = grammar.cursor;
    }

    Body modification(With with) {
        if (cursor.accept("insert")) {
            return insert(with);
        }
        if (cursor.accept("update")) {
            return update(with);
        }
        if (cursor.accept("delete")) {
            return delete(with);
        }
        cursor.expect("merge");
        return merge(with);
    }

    private Body insert(With with) {
        cursor.expect("into");
        RelationName target = new RelationName(cursor.dottedName(), false);
        String alias = cursor.accept("as") ? cursor.columnName() : null;
        List<String> columns = atColumnList() ? targetColumns() : List.of();
        if (cursor.accept("overriding")) {
            cursor.acceptAny("user", "system");
            cursor.expect("value");
        }
        Body source = cursor.accept("default", "values") ? null : grammar.body();
        List<Expression> tested = new ArrayList<>(0);
        List<String> conflictColumns = new ArrayList<>(0);
        List<Expression> values = new ArrayList<>(0);
        Expression where = null;
        if (cursor.accept("on", "conflict")) {
            conflictTarget(tested);
            cursor.expect("do");
            if (!cursor.accept("nothing")) {
                cursor.expect("update");
                cursor.expect("set");
                assignments(conflictColumns, values);
                where = cursor.accept("where") ? grammar.expression() : null;
            }
        }
        return new Modification(
                Kind.INSERT,
                with,
                target,
                alias,
                columns,
                values,
                source,
                List.of(),
                where,
                conflictColumns,
                tested,
                returning());
    }

    /** A parenthesis behind the target holds columns, unless a query is in it. */
    private boolean atColumnList() {
        return cursor.at('(') && !cursor.peek(1).is('(') && !QueryParser.starts(cursor.peek(1));
    }

    private List<String> targetColumns() {
        List<String> columns = new ArrayList<>();
        cursor.expect('(');
        do {
            columns.add(targetColumn(null));
        } while (cursor.accept(','));
        cursor.expect(')');
        return columns;
    }

    /** Reads a column with the fields and subscripts behind it. */
    private String targetColumn(@Nullable List<Expression> subscripts) {
        String name = cursor.columnName();
        while (cursor.at('.') || cursor.at('[')) {
            if (cursor.accept('.')) {
                cursor.label();
            } else {
                cursor.next();
                while (!cursor.accept(']')) {
                    if (!cursor.accept(':')) {
                        Expression subscript = grammar.expression();
                        if (subscripts != null) {
                            ExpressionParser.addIfAny(subscripts, subscript);
                        } else if (!subscript.parts().isEmpty()) {
                            throw new UnreadableException("it computes a subscript in a column list");
                        }
                    }
                }
            }
        }
        return name;
    }

    private void conflictTarget(List<Expression> tested) {
        if (cursor.accept("on", "constraint")) {
            cursor.columnName();
            return;
        }
        if (!cursor.accept('(')) {
            return;
        }
        do {
            ExpressionParser.addIfAny(tested, grammar.expression());
            if (cursor.peek().isColumnName()) {
                cursor.dottedName();
            }
            cursor.acceptAny("asc", "desc");
        } while (cursor.accept(','));
        cursor.expect(')');
        if (cursor.accept("where")) {
            ExpressionParser.addIfAny(tested, grammar.expression());
        }
    }

    /** Reads what stands behind SET. */
    private void assignments(List<String> columns, List<Expression> values) {
        do {
            if (cursor.at('(')) {
                cursor.next();
                do {
                    columns.add(targetColumn(values));
                } while (cursor.accept(','));
                cursor.expect(')');
            } else {
                columns.add(targetColumn(values));
            }
            cursor.expect('=');
            ExpressionParser.addIfAny(values, grammar.expression());
        } while (cursor.accept(','));
    }

    private Body update(With with) {
        RelationName target = grammar.from.relationName();
        String alias = targetAlias("set");
        cursor.expect("set");
        List<String> columns = new ArrayList<>(2);
        List<Expression> values = new ArrayList<>(2);
        assignments(columns, values);
        List<FromItem> from = cursor.accept("from") ? grammar.from.items() : List.of();
        return new Modification(
                Kind.UPDATE,
                with,
                target,
                alias,
                columns,
                values,
                null,
                from,
                where(),
                List.of(),
                List.of(),
                returning());
    }

    private Body delete(With with) {
        cursor.expect("from");
        RelationName target = grammar.from.relationName();
        String alias = targetAlias("using");
        List<FromItem> from = cursor.accept("using") ? grammar.from.items() : List.of();
        return new Modification(
                Kind.DELETE,
                with,
                target,
                alias,
                List.of(),
                List.of(),
                null,
                from,
                where(),
                List.of(),
                List.of(),
                returning());
    }

    private @Nullable String targetAlias(String keyword) {
        if (cursor.accept("as")) {
            return cursor.columnName();
        }
        return cursor.peek().isColumnName() && !cursor.at(keyword) ? cursor.columnName() : null;
    }

    private @Nullable Expression where() {
        if (!cursor.accept("where")) {
            return null;
        }
        if (cursor.at("current") && cursor.peek(1).is("of")) {
            cursor.next();
            cursor.next();
            if (!cursor.peek().isColumnName()
                    && cursor.peek().kind() != io.sallyport.postgres.sql.lex.TokenKind.PARAMETER) {
                throw cursor.unreadable();
            }
            cursor.next();
            return CURRENT;
        }
        return grammar.expression();
    }

    /** The condition of WHERE CURRENT OF, which chooses one row and reads none. */
    static final Expression CURRENT = new Expression(Expression.Shape.MIXED, List.of(), "current of");

    private @Nullable List<Target> returning() {
        if (!cursor.accept("returning")) {
            return null;
        }
        if (cursor.at("with") && cursor.peek(1).is('(')) {
            throw new UnreadableException("it names OLD and NEW in RETURNING");
        }
        return grammar.queries.targets();
    }

    private Body merge(With with) {
        cursor.expect("into");
        RelationName target = grammar.from.relationName();
        String alias = targetAlias("using");
        cursor.expect("using");
        FromItem source = grammar.from.item();
        cursor.expect("on");
        Expression on = grammar.expression();
        List<Branch> branches = new ArrayList<>();
        while (cursor.accept("when")) {
            branches.add(branch());
        }
        return new Merge(with, target, alias, source, on, branches, returning());
    }

    private Branch branch() {
        cursor.accept("not");
        cursor.expect("matched");
        boolean bySource = cursor.accept("by") && cursor.accept("source");
        cursor.accept("target");
        Expression condition = cursor.accept("and") ? grammar.expression() : null;
        cursor.expect("then");
        List<String> columns = new ArrayList<>(2);
        List<Expression> values = new ArrayList<>(2);
        if (cursor.accept("do")) {
            cursor.expect("nothing");
            return new Branch(bySource, null, condition, columns, values);
        }
        if (cursor.accept("delete")) {
            return new Branch(bySource, Kind.DELETE, condition, columns, values);
        }
        if (cursor.accept("update")) {
            cursor.expect("set");
            assignments(columns, values);
            return new Branch(bySource, Kind.UPDATE, condition, columns, values);
        }
        cursor.expect("insert");
        if (cursor.at('(')) {
            columns.addAll(targetColumns());
        }
        if (cursor.accept("overriding")) {
            cursor.acceptAny("user", "system");
            cursor.expect("value");
        }
        if (!cursor.accept("default", "values")) {
            cursor.expect("values");
            cursor.expect('(');
            values.addAll(grammar.expressions.list());
            cursor.expect(')');
        }
        return new Branch(bySource, Kind.INSERT, condition, columns, values);
    }
}
