package io.sallyport.postgres.sql.parse;

import io.sallyport.postgres.sql.lex.Token;
import io.sallyport.postgres.sql.lex.TokenKind;
import java.util.Objects;
import java.util.Set;

/** Steps over the names of types, which touch no data. */
final class TypeParser {

    private static final Set<String> COLUMN_NAME_TYPES = Set.of(
            "bigint",
            "bit",
            "boolean",
            "char",
            "character",
            "dec",
            "decimal",
            "float",
            "int",
            "integer",
            "interval",
            "json",
            "national",
            "nchar",
            "numeric",
            "real",
            "smallint",
            "time",
            "timestamp",
            "varchar");
    private static final Set<String> INTERVAL_FIELDS = Set.of("year", "month", "day", "hour", "minute", "second");

    private final TokenCursor cursor;

    TypeParser(TokenCursor cursor) {
        this.cursor = cursor;
    }

    /** Whether the word is a type by the grammar itself. */
    static boolean isBuiltIn(Token token) {
        return token.word() != null && COLUMN_NAME_TYPES.contains(token.word().text());
    }

    /** Steps over a type. */
    void type() {
        cursor.accept("setof");
        simple();
        arrayBounds();
    }

    private void arrayBounds() {
        if (cursor.accept("array")) {
            if (cursor.accept('[')) {
                cursor.expect(TokenKind.NUMBER);
                cursor.expect(']');
            }
            return;
        }
        while (cursor.accept('[')) {
            if (!cursor.at(']')) {
                cursor.expect(TokenKind.NUMBER);
            }
            cursor.expect(']');
        }
    }

    private void simple() {
        Token first = cursor.next();
        if (isBuiltIn(first)) {
            builtIn(Objects.requireNonNull(first.word()).text());
            return;
        }
        if (!first.isTypeOrFunctionName()) {
            throw cursor.unreadable();
        }
        if (first.is("double") && cursor.accept("precision")) {
            return;
        }
        while (cursor.accept('.')) {
            cursor.label();
        }
        if (cursor.at('%') && cursor.peek(1).is("type")) {
            cursor.next();
            cursor.next();
            return;
        }
        modifiers();
    }

    /** What can follow a built-in type's first word, before a literal or anything else. */
    void builtIn(String word) {
        switch (word) {
            case "national" -> {
                cursor.acceptAny("character", "char");
                cursor.accept("varying");
            }
            case "character", "char", "nchar", "bit" -> cursor.accept("varying");
            default -> {}
        }
        modifiers();
        if (word.equals("time") || word.equals("timestamp")) {
            timeZone();
        } else if (word.equals("interval")) {
            intervalFields();
        }
    }

    private void timeZone() {
        if ((cursor.at("with") || cursor.at("without")) && cursor.peek(1).is("time")) {
            cursor.next();
            cursor.next();
            cursor.expect("zone");
        }
    }

    /** Steps over {@code DAY TO SECOND(3)} and its kind. */
    void intervalFields() {
        if (!atIntervalField()) {
            return;
        }
        cursor.next();
        if (cursor.at("to") && isIntervalField(cursor.peek(1))) {
            cursor.next();
            cursor.next();
        }
        modifiers();
    }

    private boolean atIntervalField() {
        return isIntervalField(cursor.peek());
    }

    private static boolean isIntervalField(Token token) {
        return token.word() != null && INTERVAL_FIELDS.contains(token.word().text());
    }

    private void modifiers() {
        if (cursor.accept('(')) {
            cursor.skipToClosingParenthesis();
        }
    }
}
