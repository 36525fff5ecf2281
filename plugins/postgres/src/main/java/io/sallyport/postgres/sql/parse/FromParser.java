package io.sallyport.postgres.sql.parse;

import io.sallyport.postgres.sql.lex.Token;
import io.sallyport.postgres.sql.tree.Body;
import io.sallyport.postgres.sql.tree.Expression;
import io.sallyport.postgres.sql.tree.FromItem;
import io.sallyport.postgres.sql.tree.FromItem.Alias;
import io.sallyport.postgres.sql.tree.FromItem.Join;
import io.sallyport.postgres.sql.tree.RelationName;
import java.util.ArrayList;
import java.util.List;

/** Reads what stands behind FROM, USING and in joins. */
final class FromParser {

    private final Grammar grammar;
    private final TokenCursor cursor;

    FromParser(Grammar grammar) {
        this.grammar = grammar;
        this.cursor = grammar.cursor;
    }

    /** Reads items separated by commas. */
    List<FromItem> items() {
        FromItem first = item();
        if (!cursor.at(',')) {
            return List.of(first);
        }
        List<FromItem> items = new ArrayList<>();
        items.add(first);
        while (cursor.accept(',')) {
            items.add(item());
        }
        return items;
    }

    /** Reads one item with its joins. */
    FromItem item() {
        cursor.enter();
        FromItem item = joins(primary());
        cursor.leave();
        return item;
    }

    private FromItem joins(FromItem first) {
        List<Join> joins = null;
        while (atJoin()) {
            if (joins == null) {
                joins = new ArrayList<>();
            }
            joins.add(join());
        }
        return joins == null ? first : new FromItem.Joined(first, joins, Alias.NONE);
    }

    private boolean atJoin() {
        Token token = cursor.peek();
        return token.word() != null
                && switch (token.word().text()) {
                    case "join", "inner", "left", "right", "full", "cross", "natural" -> true;
                    default -> false;
                };
    }

    private Join join() {
        cursor.enter();
        Join join = joinBehind();
        cursor.leave();
        return join;
    }

    private Join joinBehind() {
        boolean natural = cursor.accept("natural");
        boolean cross = cursor.accept("cross");
        if (cursor.acceptAny("left", "right", "full")) {
            cursor.accept("outer");
        } else {
            cursor.accept("inner");
        }
        cursor.expect("join");
        FromItem right = primary();
        if (cross || natural) {
            return new Join(right, natural, List.of(), null, null);
        }
        if (atJoin()) {
            right = joins(right);
        }
        if (cursor.accept("using")) {
            List<String> columns = grammar.queries.names();
            String alias = cursor.accept("as") ? cursor.columnName() : null;
            return new Join(right, false, columns, alias, null);
        }
        cursor.expect("on");
        return new Join(right, false, List.of(), null, grammar.expression());
    }

    private FromItem primary() {
        boolean lateral = cursor.accept("lateral");
        Token token = cursor.peek();
        if (token.is('(')) {
            return parenthesised(lateral);
        }
        if (token.is("only")) {
            return relation(relationName());
        }
        if (token.is("rows") && cursor.peek(1).is("from") && cursor.peek(2).is('(')) {
            return rowsFrom();
        }
        if (token.is("json_table") || token.is("graph_table")) {
            throw new UnreadableException("it uses " + token.name());
        }
        if (token.is("xmltable")) {
            return functions(grammar.calls.xmlTable());
        }
        if (isFunction(token)) {
            return functions(List.of(CallParser.whole(grammar.operands.operand())));
        }
        RelationName name = relationName();
        if (cursor.at('(')) {
            return functions(List.of(CallParser.whole(grammar.operands.suffixed(grammar.calls.call(name.names())))));
        }
        return relation(name);
    }

    private boolean isFunction(Token token) {
        if (token.word() == null) {
            return false;
        }
        return switch (token.word().text()) {
            case "current_date",
                    "current_time",
                    "current_timestamp",
                    "localtime",
                    "localtimestamp",
                    "current_role",
                    "current_user",
                    "session_user",
                    "user",
                    "current_catalog",
                    "current_schema",
                    "system_user",
                    "cast" -> true;
            case "collation" -> cursor.peek(1).is("for");
            default -> CallParser.isSyntax(token) && cursor.peek(1).is('(');
        };
    }

    private FromItem relation(RelationName name) {
        Alias alias = alias();
        List<Expression> sample = List.of();
        if (cursor.accept("tablesample")) {
            sample = new ArrayList<>();
            List<String> method = cursor.dottedName();
            sample.add(CallParser.whole(grammar.calls.call(method)));
            if (cursor.accept("repeatable")) {
                cursor.expect('(');
                sample.add(grammar.expression());
                cursor.expect(')');
            }
        }
        return new FromItem.Relation(name, alias, sample);
    }

    /** Reads a relation with ONLY and the star that means its children. */
    RelationName relationName() {
        if (cursor.accept("only")) {
            boolean open = cursor.accept('(');
            List<String> names = cursor.dottedName();
            if (open) {
                cursor.expect(')');
            }
            return checked(names, true);
        }
        List<String> names = cursor.dottedName();
        cursor.accept('*');
        return checked(names, false);
    }

    private RelationName checked(List<String> names, boolean only) {
        if (names.size() > 3) {
            throw cursor.unreadable();
        }
        return new RelationName(names, only);
    }

    private FromItem rowsFrom() {
        cursor.next();
        cursor.next();
        cursor.expect('(');
        List<Expression> calls = new ArrayList<>();
        do {
            calls.add(CallParser.whole(grammar.operands.operand()));
            if (cursor.accept("as")) {
                columnDefinitions();
            }
        } while (cursor.accept(','));
        cursor.expect(')');
        return functions(calls);
    }

    private FromItem functions(List<Expression> calls) {
        if (cursor.accept("with", "ordinality")) {
            return new FromItem.Functions(calls, functionAlias());
        }
        return new FromItem.Functions(calls, functionAlias());
    }

    private Alias functionAlias() {
        boolean as = cursor.accept("as");
        String name = null;
        if (as && cursor.at('(')) {
            return new Alias(null, columnDefinitions());
        }
        if (as || cursor.peek().isColumnName()) {
            name = cursor.columnName();
        }
        if (name == null || !cursor.at('(')) {
            return name == null ? Alias.NONE : new Alias(name, List.of());
        }
        return new Alias(name, columnDefinitions());
    }

    /** Reads the names in {@code (a, b)} or {@code (a int, b text)}. */
    private List<String> columnDefinitions() {
        List<String> names = new ArrayList<>();
        cursor.expect('(');
        do {
            names.add(cursor.columnName());
            if (!cursor.at(',') && !cursor.at(')')) {
                grammar.types.type();
                if (cursor.accept("collate")) {
                    cursor.dottedName();
                }
            }
        } while (cursor.accept(','));
        cursor.expect(')');
        return names;
    }

    private Alias alias() {
        boolean as = cursor.accept("as");
        if (!as && !cursor.peek().isColumnName()) {
            return Alias.NONE;
        }
        String name = cursor.columnName();
        return new Alias(name, cursor.at('(') ? grammar.queries.names() : List.of());
    }

    private FromItem parenthesised(boolean lateral) {
        Object inside = inParentheses();
        if (inside instanceof Body body) {
            return new FromItem.Derived(body, alias(), lateral);
        }
        FromItem item = (FromItem) inside;
        if (item instanceof FromItem.Joined joined) {
            return new FromItem.Joined(joined.first(), joined.joins(), alias());
        }
        return item;
    }

    /** Reads from an opening parenthesis to its end: a {@link Body} if it is a query, else a {@link FromItem}. */
    private Object inParentheses() {
        cursor.enter();
        cursor.expect('(');
        Object inside;
        if (QueryParser.starts(cursor.peek())) {
            inside = grammar.body();
        } else if (cursor.at('(')) {
            inside = nested();
        } else {
            inside = item();
        }
        cursor.expect(')');
        cursor.leave();
        return inside;
    }

    private Object nested() {
        Object inner = inParentheses();
        if (inner instanceof Body body) {
            if (QueryParser.continues(cursor.peek())) {
                return grammar.queries.continued(body);
            }
            if (cursor.at(')')) {
                return body;
            }
            return joins(new FromItem.Derived(body, alias(), false));
        }
        FromItem item = (FromItem) inner;
        if (item instanceof FromItem.Joined joined && !atJoin()) {
            item = new FromItem.Joined(joined.first(), joined.joins(), alias());
        }
        return joins(item);
    }
}
