package io.sallyport.postgres.sql.parse;

import io.sallyport.postgres.sql.lex.Token;
import io.sallyport.postgres.sql.lex.TokenKind;
import io.sallyport.postgres.sql.tree.Body;
import io.sallyport.postgres.sql.tree.ColumnReference;
import io.sallyport.postgres.sql.tree.Expression;
import io.sallyport.postgres.sql.tree.Expression.Shape;
import io.sallyport.postgres.sql.tree.OperatorUse;
import io.sallyport.postgres.sql.tree.Part;
import io.sallyport.postgres.sql.tree.SubQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads expressions. AND, OR and NOT are told apart, since conditions are judged by them; whatever binds tighter is read
 * as one flat chain, since neither precedence nor operators change what is touched.
 */
final class ExpressionParser {

    private static final Set<String> NO_OPERAND = Set.of(
            "from",
            "into",
            "where",
            "group",
            "having",
            "window",
            "union",
            "intersect",
            "except",
            "order",
            "limit",
            "offset",
            "fetch",
            "for",
            "then",
            "when",
            "else",
            "end");

    private final Grammar grammar;
    private final TokenCursor cursor;
    private @Nullable Part pending;

    ExpressionParser(Grammar grammar) {
        this.grammar = grammar;
        this.cursor = grammar.cursor;
    }

    Expression expression() {
        cursor.enter();
        Expression result = or();
        cursor.leave();
        return result;
    }

    /** Reads an expression whose first operand was read already. */
    Expression expressionFrom(Part first) {
        pending = first;
        return expression();
    }

    /** Reads expressions separated by commas. */
    List<Expression> list() {
        Expression first = expression();
        if (!cursor.at(',')) {
            return List.of(first);
        }
        List<Expression> all = new ArrayList<>();
        all.add(first);
        while (cursor.accept(',')) {
            all.add(expression());
        }
        return all;
    }

    static void addIfAny(List<? super Expression> all, Expression expression) {
        if (!expression.parts().isEmpty()) {
            all.add(expression);
        }
    }

    private Expression or() {
        Expression first = and();
        if (!cursor.at("or")) {
            return first;
        }
        List<Part> conditions = new ArrayList<>();
        conditions.add(first);
        while (cursor.accept("or")) {
            conditions.add(and());
        }
        return new Expression(Shape.OR, conditions, null);
    }

    private Expression and() {
        Expression first = not();
        if (!cursor.at("and")) {
            return first;
        }
        List<Part> conditions = new ArrayList<>();
        conditions.add(first);
        while (cursor.accept("and")) {
            conditions.add(not());
        }
        return new Expression(Shape.AND, conditions, null);
    }

    private Expression not() {
        if (pending != null || !cursor.at("not")) {
            return chain();
        }
        cursor.skipAll("not");
        Expression inner = chain();
        return inner.parts().isEmpty() ? inner : new Expression(Shape.MIXED, List.of(inner), null);
    }

    private Expression chain() {
        Chain chain = new Chain();
        chain.start = cursor.peek().start();
        operandInto(chain);
        while (continues(chain)) {
            chain.links++;
        }
        return chain.finish();
    }

    /** Reads one operand with its prefixes and suffixes. */
    private void operandInto(Chain chain) {
        Part operand = pending;
        if (operand != null) {
            pending = null;
        } else {
            prefixes(chain);
            operand = grammar.operands.operand();
        }
        chain.operand(operand, cursor.lastEnd());
    }

    private void prefixes(Chain chain) {
        while (true) {
            Token token = cursor.peek();
            if (token.kind() == TokenKind.OPERATOR || token.is('+') || token.is('-')) {
                operator(cursor.next(), chain);
                chain.links++;
            } else if (token.is("operator") && cursor.peek(1).is('(')) {
                qualifiedOperator(chain);
                chain.links++;
            } else if (token.is("not")) {
                cursor.next();
                chain.links++;
            } else {
                return;
            }
        }
    }

    /** Consumes an operator and what follows it; false if the chain ends here. */
    private boolean continues(Chain chain) {
        Token token = cursor.peek();
        switch (token.kind()) {
            case OPERATOR -> operator(cursor.next(), chain);
            case SYMBOL -> {
                if ("+-*/%^<>=".indexOf(token.symbol()) < 0) {
                    return false;
                }
                chain.equality = cursor.next().is('=');
            }
            case TYPECAST -> {
                cursor.next();
                grammar.types.type();
                return true;
            }
            case WORD -> {
                return token.word() != null && keyword(token, chain);
            }
            default -> {
                return false;
            }
        }
        rightOperand(chain);
        return true;
    }

    private void rightOperand(Chain chain) {
        if (cursor.acceptAny("any", "some", "all")) {
            chain.add(parenthesised());
            return;
        }
        int start = cursor.peek().start();
        operandInto(chain);
        chain.right(start, cursor.lastEnd());
    }

    private void operator(Token token, Chain chain) {
        if (token.kind() == TokenKind.OPERATOR) {
            String name = cursor.text().substring(token.start(), token.end());
            if (!Operators.isHarmless(name)) {
                chain.add(new OperatorUse(List.of(name)));
            }
        }
    }

    /** Reads {@code OPERATOR(schema.name)}. */
    void qualifiedOperator(Chain chain) {
        cursor.expect("operator");
        cursor.expect('(');
        List<String> names = new ArrayList<>();
        while (cursor.peek().isLabel()) {
            names.add(cursor.label());
            cursor.expect('.');
        }
        Token token = cursor.next();
        String name = cursor.text().substring(token.start(), token.end());
        cursor.expect(')');
        boolean own = names.isEmpty() || (names.size() == 1 && names.get(0).equals("pg_catalog"));
        if (!own || !Operators.isHarmless(name)) {
            names.add(name);
            chain.add(new OperatorUse(names));
        }
    }

    private boolean keyword(Token token, Chain chain) {
        String word = java.util.Objects.requireNonNull(token.word()).text();
        switch (word) {
            case "isnull", "notnull" -> {
                cursor.next();
                return true;
            }
            case "is" -> {
                return notALabel() && isTest(chain);
            }
            case "in" -> {
                return notALabel() && inList(chain);
            }
            case "not" -> {
                Token second = cursor.peek(1);
                if (second.is("in")
                        || second.is("like")
                        || second.is("ilike")
                        || second.is("similar")
                        || second.is("between")) {
                    cursor.next();
                    return keyword(cursor.peek(), chain);
                }
                return false;
            }
            case "like", "ilike", "similar", "overlaps", "between", "escape", "collate", "at", "operator" -> {
                return notALabel() && infix(word, chain);
            }
            default -> {
                return false;
            }
        }
    }

    /** Whether the keyword at the cursor has an operand behind it, so that it is no bare label. */
    private boolean notALabel() {
        Token second = cursor.peek(1);
        return switch (second.kind()) {
            case END -> false;
            case SYMBOL -> !(second.is(',') || second.is(')') || second.is(';') || second.is(']'));
            case WORD ->
                second.word() == null || !NO_OPERAND.contains(second.word().text());
            default -> true;
        };
    }

    private boolean infix(String word, Chain chain) {
        switch (word) {
            case "collate" -> {
                cursor.next();
                cursor.dottedName();
            }
            case "at" -> {
                if (cursor.peek(1).is("local")) {
                    cursor.next();
                    cursor.next();
                    return true;
                }
                if (!cursor.peek(1).is("time")) {
                    return false;
                }
                cursor.next();
                cursor.next();
                cursor.expect("zone");
                operandInto(chain);
            }
            case "between" -> between(chain);
            case "similar" -> {
                cursor.next();
                cursor.accept("to");
                operandInto(chain);
            }
            case "operator" -> {
                if (!cursor.peek(1).is('(')) {
                    return false;
                }
                qualifiedOperator(chain);
                rightOperand(chain);
            }
            default -> {
                cursor.next();
                rightOperand(chain);
            }
        }
        return true;
    }

    private void between(Chain chain) {
        cursor.expect("between");
        cursor.acceptAny("symmetric", "asymmetric");
        chain.add(chain());
        cursor.expect("and");
        operandInto(chain);
    }

    private boolean inList(Chain chain) {
        cursor.next();
        if (cursor.at('(')) {
            chain.add(parenthesised());
        } else {
            operandInto(chain);
        }
        return true;
    }

    private boolean isTest(Chain chain) {
        cursor.next();
        cursor.accept("not");
        if (cursor.acceptAny("null", "true", "false", "unknown", "document", "normalized")) {
            return true;
        }
        if (cursor.accept("distinct", "from")) {
            operandInto(chain);
            return true;
        }
        if (cursor.acceptAny("nfc", "nfd", "nfkc", "nfkd")) {
            cursor.expect("normalized");
            return true;
        }
        if (cursor.accept("json")) {
            cursor.acceptAny("value", "array", "object", "scalar");
            if (cursor.acceptAny("with", "without")) {
                cursor.expect("unique");
                cursor.accept("keys");
            }
            return true;
        }
        throw cursor.unreadable();
    }

    /** Reads a list, a row or a query in parentheses. */
    Part parenthesised() {
        Object inside = inParentheses();
        return inside instanceof Body body ? new SubQuery(body, false) : (Expression) inside;
    }

    /** Reads from an opening parenthesis to its end: a {@link Body} if it is a query, else an {@link Expression}. */
    private Object inParentheses() {
        cursor.enter();
        cursor.expect('(');
        Object inside;
        if (cursor.at('(')) {
            inside = nestedParentheses();
        } else if (QueryParser.starts(cursor.peek())) {
            inside = grammar.body();
        } else {
            inside = row();
        }
        cursor.expect(')');
        cursor.leave();
        return inside;
    }

    private Object nestedParentheses() {
        Object inner = inParentheses();
        if (inner instanceof Body body) {
            if (QueryParser.continues(cursor.peek())) {
                return grammar.queries.continued(body);
            }
            if (cursor.at(')')) {
                return body;
            }
            return rowFrom(grammar.operands.suffixed(new SubQuery(body, false)));
        }
        return rowFrom(grammar.operands.suffixed((Expression) inner));
    }

    private Expression row() {
        if (cursor.at(')')) {
            return Expression.CONSTANT;
        }
        return rest(expression());
    }

    private Expression rowFrom(Part first) {
        return rest(expressionFrom(first));
    }

    private Expression rest(Expression first) {
        if (!cursor.at(',')) {
            return first;
        }
        List<Part> parts = new ArrayList<>();
        addIfAny(parts, first);
        while (cursor.accept(',')) {
            addIfAny(parts, expression());
        }
        return parts.isEmpty() ? Expression.CONSTANT : new Expression(Shape.MIXED, parts, null);
    }

    /** What was read of one chain so far. */
    final class Chain {
        private @Nullable List<Part> parts;
        private int links;
        private boolean equality;
        private int start;
        private int firstEnd;
        private int rightStart = -1;
        private int rightEnd;

        void add(Part part) {
            if (part instanceof Expression inner && inner.parts().isEmpty()) {
                return;
            }
            if (parts == null) {
                parts = new ArrayList<>(2);
            }
            parts.add(part);
        }

        void operand(Part part, int end) {
            if (links == 0 && firstEnd == 0) {
                firstEnd = end;
                first = part;
            }
            add(part);
        }

        private @Nullable Part first;

        void right(int from, int to) {
            rightStart = links == 0 ? from : -1;
            rightEnd = to;
        }

        Expression finish() {
            if (links == 0) {
                if (first instanceof Expression inner) {
                    return inner;
                }
                if (first instanceof ColumnReference reference && !reference.star()) {
                    return new Expression(Shape.BARE, List.of(reference), null);
                }
            }
            String literal = first instanceof Expression inner && onlyCasts() ? inner.literal() : null;
            if (parts == null) {
                return literal == null ? Expression.CONSTANT : new Expression(Shape.MIXED, List.of(), literal);
            }
            boolean same = equality && links == 1 && rightStart >= 0 && sameSpelling();
            return new Expression(same ? Shape.SAME : Shape.MIXED, parts, literal);
        }

        private boolean onlyCasts() {
            return parts == null && rightEnd == 0;
        }

        private boolean sameSpelling() {
            return firstEnd - start == rightEnd - rightStart
                    && cursor.text().regionMatches(true, start, cursor.text(), rightStart, firstEnd - start);
        }
    }
}
