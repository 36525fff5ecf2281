package io.sallyport.postgres.sql.parse;

import io.sallyport.postgres.sql.lex.Token;
import io.sallyport.postgres.sql.lex.TokenKind;
import io.sallyport.postgres.sql.tree.ColumnReference;
import io.sallyport.postgres.sql.tree.Expression;
import io.sallyport.postgres.sql.tree.Expression.Shape;
import io.sallyport.postgres.sql.tree.FieldUse;
import io.sallyport.postgres.sql.tree.Part;
import io.sallyport.postgres.sql.tree.SubQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Reads operands: constants, columns, calls, queries and parentheses, with the subscripts and fields behind them. */
final class OperandParser {

    private final Grammar grammar;
    private final TokenCursor cursor;

    OperandParser(Grammar grammar) {
        this.grammar = grammar;
        this.cursor = grammar.cursor;
    }

    /** Reads one operand without prefix operators. */
    Part operand() {
        Token token = cursor.peek();
        return switch (token.kind()) {
            case NUMBER -> new Expression(Shape.MIXED, List.of(), number());
            case BIT_STRING -> constant();
            case STRING -> new Expression(Shape.MIXED, List.of(), cursor.string());
            case PARAMETER -> suffixed(constant());
            case QUOTED -> named();
            case WORD -> word(token);
            case SYMBOL -> {
                if (!token.is('(')) {
                    throw cursor.unreadable();
                }
                yield suffixed(grammar.expressions.parenthesised());
            }
            default -> throw cursor.unreadable();
        };
    }

    private String number() {
        Token token = cursor.next();
        return cursor.text().substring(token.start(), token.end());
    }

    private Expression constant() {
        cursor.next();
        return Expression.CONSTANT;
    }

    private Part word(Token token) {
        if (token.word() == null) {
            return named();
        }
        switch (token.word().text()) {
            case "null", "true", "false", "default" -> {
                return constant();
            }
            case "current_date",
                    "current_role",
                    "current_user",
                    "session_user",
                    "user",
                    "current_catalog",
                    "current_schema" -> {
                if (cursor.peek(1).is('(')) {
                    return named();
                }
                return constant();
            }
            case "current_time", "current_timestamp", "localtime", "localtimestamp" -> {
                cursor.next();
                if (cursor.accept('(')) {
                    cursor.skipToClosingParenthesis();
                }
                return Expression.CONSTANT;
            }
            case "case" -> {
                return suffixed(caseExpression());
            }
            case "array" -> {
                return suffixed(array());
            }
            case "exists" -> {
                return exists();
            }
            case "row" -> {
                if (cursor.peek(1).is('(')) {
                    cursor.next();
                    return suffixed(made(grammar.expressions.parenthesised()));
                }
                return named();
            }
            default -> {
                return other(token);
            }
        }
    }

    /** What is made of one column is not that column, though nothing else stands in it. */
    private static Part made(Part inside) {
        return inside instanceof Expression fields && fields.parts().isEmpty()
                ? fields
                : new Expression(Shape.MIXED, List.of(inside), null);
    }

    private Part other(Token token) {
        if (TypeParser.isBuiltIn(token) && typedLiteral(token)) {
            return Expression.CONSTANT;
        }
        if (cursor.peek(1).is('(') && CallParser.isSyntax(token)) {
            return suffixed(grammar.calls.syntax());
        }
        if (token.is("collation") && cursor.peek(1).is("for")) {
            cursor.next();
            cursor.next();
            return made(grammar.expressions.parenthesised());
        }
        if (token.is("system_user") || token.isColumnName() || token.isTypeOrFunctionName()) {
            return named();
        }
        throw cursor.unreadable();
    }

    /** Reads {@code interval '1 day'}, {@code double precision '1'} and their kind, if that is what stands here. */
    private boolean typedLiteral(Token token) {
        Token second = cursor.peek(1);
        boolean follows = second.kind() == TokenKind.STRING
                || second.is("varying")
                || (second.is("with") && cursor.peek(2).is("time"))
                || (second.is("without") && cursor.peek(2).is("time"))
                || (token.is("national") && (second.is("character") || second.is("char")))
                || (second.is('(') && !token.is("json"));
        if (!follows) {
            return false;
        }
        cursor.next();
        grammar.types.builtIn(Objects.requireNonNull(token.word()).text());
        cursor.expect(TokenKind.STRING);
        if (token.is("interval")) {
            grammar.types.intervalFields();
        }
        return true;
    }

    private Part named() {
        Token first = cursor.next();
        String name = Objects.requireNonNull(first.name());
        if (first.is("double") && cursor.at("precision") && cursor.peek(1).kind() == TokenKind.STRING) {
            cursor.next();
            return constant();
        }
        List<String> names = List.of(name);
        if (cursor.at('.')) {
            names = new ArrayList<>(3);
            names.add(name);
            while (cursor.at('.')) {
                cursor.next();
                if (cursor.accept('*')) {
                    return new ColumnReference(names, true);
                }
                names.add(cursor.label());
            }
        }
        if (cursor.at('(')) {
            return call(names);
        }
        if (cursor.at(TokenKind.STRING)) {
            return constant();
        }
        return suffixed(new ColumnReference(names, false));
    }

    private Part call(List<String> names) {
        Part call = grammar.calls.call(names);
        if (cursor.at(TokenKind.STRING)) {
            cursor.next();
        }
        return suffixed(call);
    }

    /** Reads subscripts and fields behind an operand. */
    Part suffixed(Part operand) {
        if (!cursor.at('[') && !cursor.at('.')) {
            return operand;
        }
        List<Part> parts = new ArrayList<>();
        parts.add(operand);
        while (true) {
            if (cursor.accept('[')) {
                subscript(parts);
            } else if (cursor.accept('.')) {
                if (!cursor.accept('*')) {
                    parts.add(new FieldUse(cursor.label()));
                }
            } else {
                return new Expression(Shape.MIXED, parts, null);
            }
        }
    }

    private void subscript(List<Part> parts) {
        while (!cursor.accept(']')) {
            if (!cursor.accept(':')) {
                ExpressionParser.addIfAny(parts, grammar.expression());
            }
        }
    }

    private Expression caseExpression() {
        cursor.enter();
        cursor.expect("case");
        List<Part> parts = new ArrayList<>();
        if (!cursor.at("when")) {
            ExpressionParser.addIfAny(parts, grammar.expression());
        }
        while (cursor.accept("when")) {
            ExpressionParser.addIfAny(parts, grammar.expression());
            cursor.expect("then");
            ExpressionParser.addIfAny(parts, grammar.expression());
        }
        if (cursor.accept("else")) {
            ExpressionParser.addIfAny(parts, grammar.expression());
        }
        cursor.expect("end");
        cursor.leave();
        return parts.isEmpty() ? Expression.CONSTANT : new Expression(Shape.MIXED, parts, null);
    }

    private Part array() {
        cursor.expect("array");
        if (cursor.at('(')) {
            return grammar.expressions.parenthesised();
        }
        return arrayElements();
    }

    private Expression arrayElements() {
        cursor.enter();
        cursor.expect('[');
        List<Part> parts = new ArrayList<>();
        while (!cursor.accept(']')) {
            if (cursor.at('[')) {
                ExpressionParser.addIfAny(parts, arrayElements());
            } else {
                ExpressionParser.addIfAny(parts, grammar.expression());
            }
            if (!cursor.at(']')) {
                cursor.expect(',');
            }
        }
        cursor.leave();
        return parts.isEmpty() ? Expression.CONSTANT : new Expression(Shape.MIXED, parts, null);
    }

    private Part exists() {
        if (!cursor.peek(1).is('(')) {
            return named();
        }
        cursor.expect("exists");
        Part inside = grammar.expressions.parenthesised();
        return inside instanceof SubQuery sub ? new SubQuery(sub.body(), true) : inside;
    }
}
