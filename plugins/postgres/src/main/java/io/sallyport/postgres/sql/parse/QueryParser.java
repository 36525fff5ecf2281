package io.sallyport.postgres.sql.parse;

import io.sallyport.postgres.sql.lex.Token;
import io.sallyport.postgres.sql.lex.TokenKind;
import io.sallyport.postgres.sql.tree.Body;
import io.sallyport.postgres.sql.tree.ColumnReference;
import io.sallyport.postgres.sql.tree.Expression;
import io.sallyport.postgres.sql.tree.Expression.Shape;
import io.sallyport.postgres.sql.tree.FromItem;
import io.sallyport.postgres.sql.tree.Query;
import io.sallyport.postgres.sql.tree.Query.Arm;
import io.sallyport.postgres.sql.tree.Query.Nested;
import io.sallyport.postgres.sql.tree.Query.Select;
import io.sallyport.postgres.sql.tree.Query.Target;
import io.sallyport.postgres.sql.tree.Query.Values;
import io.sallyport.postgres.sql.tree.RelationName;
import io.sallyport.postgres.sql.tree.With;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads SELECT, VALUES, TABLE, set operations and WITH. */
final class QueryParser {

    private final Grammar grammar;
    private final TokenCursor cursor;

    QueryParser(Grammar grammar) {
        this.grammar = grammar;
        this.cursor = grammar.cursor;
    }

    /** Whether a query without parentheses begins with the token. */
    static boolean starts(Token token) {
        return token.is("select") || token.is("with") || token.is("values") || token.is("table");
    }

    /** Whether a query in parentheses goes on with the token. */
    static boolean continues(Token token) {
        return token.word() != null
                && switch (token.word().text()) {
                    case "union", "intersect", "except", "order", "limit", "offset", "fetch", "for" -> true;
                    default -> false;
                };
    }

    /** Reads a query or a data-modifying statement, with its WITH. */
    Body body() {
        cursor.enter();
        With with = with();
        Token token = cursor.peek();
        Body body;
        if (token.is("insert") || token.is("update") || token.is("delete") || token.is("merge")) {
            body = grammar.modifications.modification(with);
        } else {
            body = rest(with, arm());
        }
        cursor.leave();
        return body;
    }

    /** Reads what follows a query that stood in parentheses. */
    Query continued(Body first) {
        return rest(With.NONE, nested(first));
    }

    private static Nested nested(Body body) {
        if (body instanceof Query query) {
            return new Nested(query);
        }
        throw new UnreadableException("a set operation holds a data-modifying statement");
    }

    private With with() {
        if (!cursor.accept("with")) {
            return With.NONE;
        }
        boolean recursive = cursor.accept("recursive");
        List<With.CommonTable> tables = new ArrayList<>();
        do {
            tables.add(commonTable());
        } while (cursor.accept(','));
        return new With(recursive, tables);
    }

    private With.CommonTable commonTable() {
        String name = cursor.columnName();
        List<String> columns = cursor.at('(') ? names() : List.of();
        cursor.expect("as");
        if (cursor.accept("not")) {
            cursor.expect("materialized");
        } else {
            cursor.accept("materialized");
        }
        cursor.expect('(');
        Body body = body();
        cursor.expect(')');
        boolean extended = false;
        if (cursor.accept("search")) {
            extended = true;
            cursor.acceptAny("depth", "breadth");
            cursor.expect("first");
            cursor.expect("by");
            labels();
            cursor.expect("set");
            cursor.label();
        }
        if (cursor.accept("cycle")) {
            extended = true;
            labels();
            cursor.expect("set");
            cursor.label();
            if (cursor.accept("to")) {
                grammar.expression();
                cursor.expect("default");
                grammar.expression();
            }
            cursor.expect("using");
            cursor.label();
        }
        return new With.CommonTable(name, columns, body, extended);
    }

    private void labels() {
        do {
            cursor.label();
        } while (cursor.accept(','));
    }

    /** Reads names in parentheses. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        cursor.expect('(');
        do {
            names.add(cursor.label());
        } while (cursor.accept(','));
        cursor.expect(')');
        return names;
    }

    private Query rest(With with, Arm first) {
        List<Arm> arms = List.of(first);
        while (cursor.acceptAny("union", "intersect", "except")) {
            cursor.acceptAny("all", "distinct");
            if (arms.size() == 1) {
                arms = new ArrayList<>(arms);
            }
            arms.add(arm());
        }
        List<Expression> orderBy = List.of();
        List<Expression> others = List.of();
        List<String> lockOf = null;
        while (continues(cursor.peek())) {
            if (cursor.at("order")) {
                orderBy = new ArrayList<>(2);
                grammar.calls.orderBy(orderBy);
            } else if (cursor.at("for")) {
                lockOf = locking(lockOf);
            } else {
                others = limit(others);
            }
        }
        return new Query(with, arms, orderBy, others, lockOf);
    }

    private List<Expression> limit(List<Expression> before) {
        List<Expression> others = new ArrayList<>(before);
        if (cursor.accept("fetch")) {
            if (!cursor.acceptAny("first", "next")) {
                throw cursor.unreadable();
            }
            if (!cursor.at("row") && !cursor.at("rows")) {
                ExpressionParser.addIfAny(others, CallParser.whole(signedOperand()));
            }
            cursor.acceptAny("row", "rows");
            if (cursor.accept("with")) {
                cursor.expect("ties");
            } else {
                cursor.expect("only");
            }
        } else if (cursor.acceptAny("limit", "offset")) {
            if (!cursor.accept("all")) {
                ExpressionParser.addIfAny(others, grammar.expression());
            }
            if (cursor.accept(',')) {
                throw cursor.unreadable();
            }
            cursor.acceptAny("row", "rows");
        } else {
            throw cursor.unreadable();
        }
        return others;
    }

    private io.sallyport.postgres.sql.tree.Part signedOperand() {
        if (cursor.at('+') || cursor.at('-')) {
            cursor.next();
        }
        return grammar.operands.operand();
    }

    private @Nullable List<String> locking(@Nullable List<String> before) {
        cursor.expect("for");
        if (cursor.accept("read")) {
            cursor.expect("only");
            return before;
        }
        if (cursor.accept("no")) {
            cursor.expect("key");
        } else {
            cursor.accept("key");
        }
        if (!cursor.acceptAny("update", "share")) {
            throw cursor.unreadable();
        }
        List<String> names = new ArrayList<>();
        boolean all = before != null && before.isEmpty();
        if (before != null) {
            names.addAll(before);
        }
        if (cursor.accept("of")) {
            do {
                List<String> name = cursor.dottedName();
                names.add(name.get(name.size() - 1));
            } while (cursor.accept(','));
        } else {
            all = true;
        }
        cursor.acceptAny("nowait", "skip");
        cursor.accept("locked");
        return all ? List.of() : names;
    }

    private Arm arm() {
        if (cursor.at('(')) {
            cursor.enter();
            cursor.next();
            Body inner = body();
            cursor.expect(')');
            cursor.leave();
            return nested(inner);
        }
        if (cursor.accept("values")) {
            return values();
        }
        if (cursor.accept("table")) {
            FromItem item = new FromItem.Relation(grammar.from.relationName(), FromItem.Alias.NONE, List.of());
            return new Select(false, List.of(), List.of(star()), null, List.of(item), null, List.of(), List.of());
        }
        cursor.expect("select");
        return select();
    }

    private static Target star() {
        return new Target(new Expression(Shape.MIXED, List.of(new ColumnReference(List.of(), true)), null), null);
    }

    private Values values() {
        List<Expression> parts = new ArrayList<>();
        int width = 0;
        do {
            cursor.expect('(');
            width = 0;
            do {
                ExpressionParser.addIfAny(parts, grammar.expression());
                width++;
            } while (cursor.accept(','));
            cursor.expect(')');
        } while (cursor.accept(','));
        return new Values(width, parts);
    }

    private Select select() {
        List<Expression> distinctOn = List.of();
        boolean distinct = cursor.accept("distinct");
        if (distinct && cursor.accept("on")) {
            cursor.expect('(');
            distinctOn = grammar.expressions.list();
            cursor.expect(')');
        } else if (!distinct) {
            cursor.accept("all");
        }
        List<Target> targets = atTargets() ? targets() : List.of();
        RelationName into = cursor.accept("into") ? intoRelation() : null;
        List<FromItem> from = cursor.accept("from") ? grammar.from.items() : List.of();
        Expression where = cursor.accept("where") ? grammar.expression() : null;
        List<Expression> grouping = grouping();
        List<Expression> others = List.of();
        if (cursor.at("having") || cursor.at("window")) {
            others = havingAndWindows();
        }
        return new Select(distinct, distinctOn, targets, into, from, where, grouping, others);
    }

    private List<Expression> havingAndWindows() {
        List<Expression> others = new ArrayList<>(2);
        if (cursor.accept("having")) {
            ExpressionParser.addIfAny(others, grammar.expression());
        }
        if (cursor.accept("window")) {
            do {
                cursor.columnName();
                cursor.expect("as");
                grammar.calls.windowDefinition(others);
            } while (cursor.accept(','));
        }
        return others;
    }

    private boolean atTargets() {
        Token token = cursor.peek();
        if (token.kind() == TokenKind.END || token.is(';') || token.is(')')) {
            return false;
        }
        return !(continues(token)
                || token.is("from")
                || token.is("where")
                || token.is("into")
                || token.is("group")
                || token.is("having")
                || token.is("window"));
    }

    /** Reads a select list or a RETURNING list. */
    List<Target> targets() {
        List<Target> targets = new ArrayList<>(4);
        do {
            targets.add(target());
        } while (cursor.accept(','));
        return targets;
    }

    private Target target() {
        if (cursor.at('*')) {
            cursor.next();
            return star();
        }
        Expression expression = grammar.expression();
        if (cursor.accept("as")) {
            return new Target(expression, cursor.label());
        }
        if (cursor.peek().isBareLabel()) {
            return new Target(expression, cursor.label());
        }
        return new Target(expression, null);
    }

    private RelationName intoRelation() {
        cursor.acceptAny("local", "global");
        boolean temporary = cursor.acceptAny("temporary", "temp");
        cursor.accept("unlogged");
        cursor.accept("table");
        List<String> names = cursor.dottedName();
        return new RelationName(temporary && names.size() == 1 ? List.of("pg_temp", names.get(0)) : names, true);
    }

    private List<Expression> grouping() {
        if (!cursor.accept("group", "by")) {
            return List.of();
        }
        cursor.acceptAny("all", "distinct");
        List<Expression> all = new ArrayList<>(2);
        groupingItems(all);
        return all;
    }

    private void groupingItems(List<Expression> all) {
        do {
            cursor.enter();
            if (cursor.accept("grouping", "sets")) {
                cursor.expect('(');
                groupingItems(all);
                cursor.expect(')');
            } else {
                cursor.acceptAny("rollup", "cube");
                all.add(grammar.expression());
            }
            cursor.leave();
        } while (cursor.accept(','));
    }
}
