package io.sallyport.postgres.sql.parse;

import io.sallyport.api.action.ResourceKind;
import io.sallyport.postgres.sql.lex.StatementSplitter;
import io.sallyport.postgres.sql.lex.Token;
import io.sallyport.postgres.sql.parse.ObjectKinds.ObjectKind;
import io.sallyport.postgres.sql.tree.Body;
import io.sallyport.postgres.sql.tree.RelationName;
import io.sallyport.postgres.sql.tree.Statement.BodyUse;
import io.sallyport.postgres.sql.vocabulary.PostgresVocabulary;
import java.util.List;

/** Reads CREATE. */
final class DefinitionParser {

    private final Grammar grammar;
    private final TokenCursor cursor;
    private final TableParser tables;
    private final ObjectKinds kinds;

    DefinitionParser(Grammar grammar) {
        this.grammar = grammar;
        this.cursor = grammar.cursor;
        this.tables = new TableParser(grammar);
        this.kinds = new ObjectKinds(cursor);
    }

    void read(StatementDraft draft) {
        cursor.expect("create");
        draft.definition();
        cursor.accept("or", "replace");
        cursor.acceptAny("local", "global");
        boolean temporary = cursor.acceptAny("temporary", "temp");
        cursor.accept("unlogged");
        boolean recursive = cursor.accept("recursive");
        Token token = cursor.peek();
        if (token.is("table")) {
            cursor.next();
            table(draft, temporary);
        } else if (token.is("view")) {
            cursor.next();
            view(draft, temporary, recursive);
        } else if (token.is("materialized")) {
            cursor.next();
            cursor.expect("view");
            materializedView(draft);
        } else if (token.is("sequence")) {
            cursor.next();
            sequence(draft, temporary);
        } else if (token.is("unique") || token.is("index")) {
            cursor.accept("unique");
            cursor.expect("index");
            index(draft);
        } else if (token.is("foreign") && cursor.peek(1).is("table")) {
            cursor.next();
            cursor.next();
            table(draft, false);
        } else {
            other(draft, token);
        }
    }

    private void ifNotExists() {
        if (cursor.at("if") && cursor.peek(1).is("not")) {
            cursor.next();
            cursor.next();
            cursor.expect("exists");
        }
    }

    private static List<String> made(List<String> names, boolean temporary) {
        return temporary && names.size() == 1 ? List.of("pg_temp", names.get(0)) : names;
    }

    private void table(StatementDraft draft, boolean temporary) {
        ifNotExists();
        List<String> names = made(cursor.dottedName(), temporary);
        draft.make(PostgresVocabulary.CREATE, PostgresVocabulary.RELATION, names)
                .over(new RelationName(names, true));
        if (cursor.accept("partition", "of")) {
            draft.relation(PostgresVocabulary.ALTER, cursor.dottedName());
            if (cursor.at('(')) {
                tables.elements(draft);
            }
            tables.partitionBound(draft);
        } else if (cursor.accept("of")) {
            cursor.dottedName();
            if (cursor.at('(')) {
                tables.elements(draft);
            }
        } else if (cursor.at('(')) {
            tables.elements(draft);
        }
        tables.tail(draft);
        if (cursor.accept("as")) {
            filled(draft);
        }
    }

    private void filled(StatementDraft draft) {
        if (cursor.accept("execute")) {
            String name = cursor.columnName();
            if (cursor.at('(')) {
                draft.define(CallParser.whole(grammar.expressions.parenthesised()));
            }
            draft.name(name).act(PostgresVocabulary.EXECUTE, PostgresVocabulary.STATEMENT, List.of(name));
        } else {
            draft.body(grammar.body(), BodyUse.STORE);
        }
        if (cursor.accept("with")) {
            cursor.accept("no");
            cursor.expect("data");
        }
    }

    private void view(StatementDraft draft, boolean temporary, boolean recursive) {
        List<String> names = made(cursor.dottedName(), temporary);
        draft.make(PostgresVocabulary.CREATE, PostgresVocabulary.RELATION, names);
        if (recursive) {
            throw new UnreadableException("a recursive view reads itself");
        }
        viewColumns();
        cursor.expect("as");
        Body body = grammar.body();
        draft.body(body, BodyUse.STORE);
        if (cursor.accept("with")) {
            cursor.acceptAny("cascaded", "local");
            cursor.expect("check");
            cursor.expect("option");
        }
    }

    private void viewColumns() {
        if (cursor.at('(')) {
            grammar.queries.names();
        }
        if (cursor.accept("using")) {
            cursor.columnName();
        }
        if (cursor.accept("with")) {
            cursor.expect('(');
            cursor.skipToClosingParenthesis();
        }
        if (cursor.accept("tablespace")) {
            cursor.columnName();
        }
    }

    private void materializedView(StatementDraft draft) {
        ifNotExists();
        draft.make(PostgresVocabulary.CREATE, PostgresVocabulary.RELATION, cursor.dottedName());
        viewColumns();
        cursor.expect("as");
        filled(draft);
    }

    private void sequence(StatementDraft draft, boolean temporary) {
        ifNotExists();
        draft.make(PostgresVocabulary.CREATE, PostgresVocabulary.RELATION, made(cursor.dottedName(), temporary));
        while (!cursor.atEnd()) {
            if (cursor.accept("owned", "by") && !cursor.accept("none")) {
                List<String> column = cursor.dottedName();
                draft.relation(PostgresVocabulary.ALTER, column.subList(0, Math.max(1, column.size() - 1)));
            } else if (!cursor.atEnd()) {
                cursor.next();
            }
        }
    }

    private void index(StatementDraft draft) {
        cursor.accept("concurrently");
        ifNotExists();
        String name = cursor.at("on") ? null : cursor.columnName();
        cursor.expect("on");
        RelationName table = grammar.from.relationName();
        draft.relation(PostgresVocabulary.INDEX, table.names()).over(table);
        if (name != null) {
            List<String> names = table.names().size() == 1
                    ? List.of(name)
                    : List.of(table.names().get(table.names().size() - 2), name);
            draft.make(PostgresVocabulary.CREATE, PostgresVocabulary.RELATION, names);
        }
        if (cursor.accept("using")) {
            cursor.columnName();
        }
        tables.indexElements(draft, false);
        while (!cursor.atEnd()) {
            if (cursor.accept("where")) {
                draft.define(grammar.expression());
            } else if (cursor.accept('(')) {
                cursor.skipToClosingParenthesis();
            } else {
                cursor.label();
            }
        }
    }

    private void other(StatementDraft draft, Token token) {
        if (token.is("schema")) {
            cursor.next();
            schema(draft);
        } else if (token.is("trigger")
                || (token.is("constraint") && cursor.peek(1).is("trigger"))) {
            cursor.accept("constraint");
            cursor.next();
            trigger(draft);
        } else if (token.is("rule")) {
            cursor.next();
            rule(draft);
        } else if (token.is("policy")) {
            cursor.next();
            policy(draft);
        } else {
            named(draft);
        }
    }

    private void schema(StatementDraft draft) {
        ifNotExists();
        String name = cursor.at("authorization") ? null : cursor.columnName();
        if (cursor.accept("authorization")) {
            String role = cursor.label();
            name = name == null ? role : name;
        }
        draft.act(PostgresVocabulary.CREATE, PostgresVocabulary.SCHEMA, List.of(String.valueOf(name)));
        if (!cursor.atEnd()) {
            throw new UnreadableException("CREATE SCHEMA holds other statements");
        }
    }

    private void trigger(StatementDraft draft) {
        String name = cursor.columnName();
        while (!cursor.accept("on")) {
            if (cursor.atEnd()) {
                throw cursor.unreadable();
            }
            cursor.next();
        }
        RelationName table = new RelationName(cursor.dottedName(), true);
        draft.object(PostgresVocabulary.CREATE, "trigger", name)
                .relation(PostgresVocabulary.ALTER, table.names())
                .over(table);
        while (!cursor.at("execute")) {
            if (cursor.accept("when")) {
                draft.define(CallParser.whole(grammar.expressions.parenthesised()));
            } else if (cursor.accept("from")) {
                draft.relation(PostgresVocabulary.REFERENCES, cursor.dottedName());
            } else if (cursor.atEnd()) {
                throw cursor.unreadable();
            } else {
                cursor.next();
            }
        }
        cursor.next();
        cursor.acceptAny("function", "procedure");
        List<String> function = cursor.dottedName();
        cursor.expect('(');
        cursor.skipToClosingParenthesis();
        draft.act(PostgresVocabulary.CALL, PostgresVocabulary.FUNCTION, function);
    }

    private void rule(StatementDraft draft) {
        String name = cursor.columnName();
        while (!cursor.accept("to")) {
            if (cursor.atEnd()) {
                throw cursor.unreadable();
            }
            cursor.next();
        }
        draft.object(PostgresVocabulary.CREATE, "rule", name)
                .relation(PostgresVocabulary.ALTER, cursor.dottedName())
                .opaque("a rule runs other statements later");
        skipStatement();
    }

    private void skipStatement() {
        int parentheses = 0;
        while (parentheses > 0 || !cursor.atEnd()) {
            Token token = cursor.next();
            if (token.is('(')) {
                parentheses++;
            } else if (token.is(')')) {
                parentheses--;
            } else if (token.kind() == io.sallyport.postgres.sql.lex.TokenKind.END) {
                throw cursor.unreadable();
            }
        }
    }

    private void policy(StatementDraft draft) {
        String name = cursor.columnName();
        cursor.expect("on");
        RelationName table = new RelationName(cursor.dottedName(), true);
        draft.object(PostgresVocabulary.CREATE, "policy", name)
                .relation(PostgresVocabulary.ALTER, table.names())
                .over(table);
        while (!cursor.atEnd()) {
            if (cursor.at("using") || (cursor.at("check") && cursor.peek(1).is('('))) {
                cursor.next();
                draft.define(CallParser.whole(grammar.expressions.parenthesised()));
            } else {
                cursor.next();
            }
        }
    }

    private void named(StatementDraft draft) {
        ObjectKind kind = kinds.read();
        if (kind == null) {
            throw cursor.unreadable();
        }
        ResourceKind resource = kind.kind();
        ifNotExists();
        if (resource.equals(PostgresVocabulary.FUNCTION)) {
            List<String> names = cursor.dottedName();
            draft.make(PostgresVocabulary.CREATE, resource, names);
            draft.opaque(
                    kind.spelling().equals("aggregate")
                            ? "an aggregate calls functions that are not read"
                            : "the body of a " + kind.spelling() + " is not read");
            cursor.seek(StatementSplitter.endOf(cursor.restart(draft.start())));
            return;
        }
        if (resource.equals(PostgresVocabulary.OPERATOR)
                || kind.spelling().equals("cast")
                || kind.spelling().equals("transform")) {
            draft.object(PostgresVocabulary.CREATE, kind.spelling(), "*")
                    .opaque("it defines what others may run unseen");
            Secrets.skip(cursor, draft);
            return;
        }
        if (kind.spelling().equals("domain")) {
            draft.make(PostgresVocabulary.CREATE, resource, cursor.dottedName());
            cursor.accept("as");
            grammar.types.type();
            tables.columnConstraints(draft);
        } else if (kind.spelling().equals("statistics")) {
            statistics(draft);
        } else {
            object(draft, kind);
        }
    }

    private void statistics(StatementDraft draft) {
        List<String> name = cursor.at("on") || cursor.at('(') ? List.of("*") : cursor.dottedName();
        draft.object(PostgresVocabulary.CREATE, "statistics", String.join(".", name));
        if (cursor.accept('(')) {
            cursor.skipToClosingParenthesis();
        }
        cursor.expect("on");
        do {
            draft.define(grammar.expression());
        } while (cursor.accept(','));
        cursor.expect("from");
        RelationName table = grammar.from.relationName();
        draft.relation(PostgresVocabulary.INDEX, table.names()).over(table);
    }

    private void object(StatementDraft draft, ObjectKind kind) {
        ResourceKind resource = kind.kind();
        if (kind.spelling().equals("user-mapping")) {
            cursor.expect("for");
            draft.object(PostgresVocabulary.CREATE, kind.spelling(), cursor.label());
        } else if (resource.equals(PostgresVocabulary.OBJECT)) {
            draft.object(PostgresVocabulary.CREATE, kind.spelling(), String.join(".", cursor.dottedName()));
        } else if (resource.equals(PostgresVocabulary.TYPE)) {
            draft.make(PostgresVocabulary.CREATE, resource, cursor.dottedName());
        } else {
            draft.act(PostgresVocabulary.CREATE, resource, cursor.dottedName());
        }
        switch (kind.spelling()) {
            case "publication",
                    "statistics",
                    "event-trigger",
                    "language",
                    "conversion",
                    "access-method",
                    "text-search-parser",
                    "text-search-template",
                    "extension" -> draft.opaque("CREATE " + kind.spelling() + " is not read to its end");
            default -> {}
        }
        Secrets.skip(cursor, draft);
    }
}
