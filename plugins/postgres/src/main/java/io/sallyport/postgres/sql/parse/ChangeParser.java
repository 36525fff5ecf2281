package io.sallyport.postgres.sql.parse;

import io.sallyport.api.action.Verb;
import io.sallyport.postgres.sql.lex.Token;
import io.sallyport.postgres.sql.parse.ObjectKinds.ObjectKind;
import io.sallyport.postgres.sql.tree.Statement.Flag;
import io.sallyport.postgres.sql.tree.StatementKind;
import io.sallyport.postgres.sql.vocabulary.PostgresVocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Reads what changes or removes objects: ALTER, DROP, COMMENT, SECURITY LABEL, TRUNCATE, REFRESH and their kind. */
final class ChangeParser {

    private final Grammar grammar;
    private final TokenCursor cursor;
    private final ObjectKinds kinds;
    private final AlterTableParser tables;

    ChangeParser(Grammar grammar) {
        this.grammar = grammar;
        this.cursor = grammar.cursor;
        this.kinds = new ObjectKinds(cursor);
        this.tables = new AlterTableParser(grammar);
    }

    void read(StatementDraft draft) {
        String word = Objects.requireNonNull(cursor.next().word()).text();
        draft.kind(StatementKind.DEFINITION).flag(Flag.WRITES);
        if (!word.equals("truncate") && !word.equals("refresh")) {
            draft.definition();
        }
        switch (word) {
            case "drop" -> drop(draft);
            case "alter" -> alter(draft);
            case "truncate" -> truncate(draft);
            case "comment" -> comment(draft);
            case "security" -> {
                cursor.expect("label");
                if (cursor.accept("for")) {
                    cursor.next();
                }
                comment(draft);
            }
            case "refresh" -> {
                cursor.expect("materialized");
                cursor.expect("view");
                cursor.accept("concurrently");
                draft.relation(PostgresVocabulary.REFRESH, cursor.dottedName());
                skipRest();
            }
            case "reassign" -> {
                cursor.expect("owned");
                cursor.expect("by");
                ownedBy(draft, PostgresVocabulary.ALTER);
            }
            default -> throw new UnreadableException("IMPORT FOREIGN SCHEMA makes tables that it does not name");
        }
    }

    private void skipRest() {
        while (!cursor.atEnd()) {
            cursor.next();
        }
    }

    private void ownedBy(StatementDraft draft, Verb verb) {
        do {
            draft.act(verb, PostgresVocabulary.ROLE, List.of(cursor.label()));
        } while (cursor.accept(','));
        draft.opaque("it acts on whatever a role owns");
        skipRest();
    }

    private void truncate(StatementDraft draft) {
        draft.kind(StatementKind.TRUNCATE);
        cursor.accept("table");
        do {
            draft.relation(
                    PostgresVocabulary.TRUNCATE, grammar.from.relationName().names());
        } while (cursor.accept(','));
        skipRest();
    }

    private void comment(StatementDraft draft) {
        cursor.expect("on");
        ObjectKind kind = kinds.read();
        if (kind == null) {
            throw cursor.unreadable();
        }
        named(draft, PostgresVocabulary.COMMENT, kind);
        skipRest();
    }

    /** Reads one object's name and notes what is done to it. */
    private void named(StatementDraft draft, Verb verb, ObjectKind kind) {
        if (kind.spelling().equals("user-mapping")) {
            skipTo("server");
            draft.object(verb, kind.spelling(), cursor.columnName());
        } else if (kind.spelling().equals("cast") || kind.spelling().equals("transform")) {
            draft.object(verb, kind.spelling(), "*");
            skipRest();
        } else if (kind.kind().equals(PostgresVocabulary.OPERATOR)) {
            operator(draft, verb);
        } else if (kind.kind().equals(PostgresVocabulary.LARGE_OBJECT)) {
            Token number = cursor.next();
            draft.act(verb, kind.kind(), List.of(cursor.text().substring(number.start(), number.end())));
        } else if (kind.spelling().equals("column")) {
            List<String> names = cursor.dottedName();
            draft.relation(verb, names.subList(0, Math.max(1, names.size() - 1)));
        } else if (kind.kind().equals(PostgresVocabulary.OBJECT)) {
            object(draft, verb, kind);
        } else {
            draft.act(verb, kind.kind(), cursor.dottedName());
            if (cursor.accept('(')) {
                cursor.skipToClosingParenthesis();
            }
        }
    }

    private void operator(StatementDraft draft, Verb verb) {
        List<String> names = new ArrayList<>();
        while (cursor.peek().isLabel()) {
            names.add(cursor.label());
            cursor.expect('.');
        }
        Token token = cursor.next();
        names.add(cursor.text().substring(token.start(), token.end()));
        draft.act(verb, PostgresVocabulary.OPERATOR, names);
        if (cursor.accept('(')) {
            cursor.skipToClosingParenthesis();
        }
    }

    /** Triggers, rules, policies and constraints belong to a relation; the others stand alone. */
    private void object(StatementDraft draft, Verb verb, ObjectKind kind) {
        List<String> names = cursor.dottedName();
        draft.object(verb, kind.spelling(), String.join(".", names));
        boolean owned =
                switch (kind.spelling()) {
                    case "trigger", "rule", "policy", "constraint" -> true;
                    default -> false;
                };
        if (owned && cursor.accept("on")) {
            if (cursor.accept("domain")) {
                draft.act(PostgresVocabulary.ALTER, PostgresVocabulary.TYPE, cursor.dottedName());
            } else {
                draft.relation(
                        verb.equals(PostgresVocabulary.DROP) ? PostgresVocabulary.ALTER : verb, cursor.dottedName());
            }
        } else if (kind.spelling().equals("operator-class") && cursor.accept("using")) {
            cursor.columnName();
        }
    }

    private void skipTo(String word) {
        while (!cursor.accept(word)) {
            if (cursor.atEnd()) {
                throw cursor.unreadable();
            }
            cursor.next();
        }
    }

    private void drop(StatementDraft draft) {
        if (cursor.accept("owned", "by")) {
            ownedBy(draft, PostgresVocabulary.DROP);
            return;
        }
        ObjectKind kind = kinds.read();
        if (kind == null) {
            throw cursor.unreadable();
        }
        cursor.accept("concurrently");
        if (cursor.accept("if")) {
            cursor.expect("exists");
        }
        do {
            named(draft, PostgresVocabulary.DROP, kind);
        } while (cursor.accept(','));
        skipRest();
    }

    private void alter(StatementDraft draft) {
        if (cursor.at("default")) {
            cursor.next();
            cursor.expect("privileges");
            draft.object(PostgresVocabulary.ALTER, "default-privileges", "*");
            skipRest();
            return;
        }
        if (cursor.accept("system")) {
            alterSystem(draft);
            return;
        }
        ObjectKind kind = kinds.read();
        if (kind == null || (kind.spelling().equals("index") && cursor.at("all"))) {
            throw cursor.unreadable();
        }
        if (kind.isRelation()) {
            tables.read(draft, kind);
            return;
        }
        if (cursor.accept("if")) {
            cursor.expect("exists");
        }
        named(draft, PostgresVocabulary.ALTER, kind);
        if (kind.isRoutine()
                || kind.spelling().equals("domain")
                || kind.spelling().equals("policy")
                || kind.spelling().equals("publication")
                || kind.spelling().equals("statistics")) {
            rest(draft, kind);
        } else {
            Secrets.skip(cursor, draft);
        }
    }

    private void alterSystem(StatementDraft draft) {
        draft.act(PostgresVocabulary.ALTER, PostgresVocabulary.OBJECT, List.of("system", "settings"));
        cursor.acceptAny("set", "reset");
        String name = cursor.accept("all") ? "*" : String.join(".", cursor.dottedName());
        draft.act(PostgresVocabulary.SET, PostgresVocabulary.SETTING, List.of(name));
        skipRest();
    }

    private void domain(StatementDraft draft) {
        TableParser constraints = new TableParser(grammar);
        if (cursor.accept("set", "default")) {
            draft.define(grammar.expression());
        } else if (cursor.accept("add")) {
            constraints.columnConstraints(draft);
            cursor.skipAll("not", "valid");
        } else {
            skipRest();
        }
    }

    /** Some changes hold expressions; those that are read here are the ones that hold none. */
    private void rest(StatementDraft draft, ObjectKind kind) {
        boolean plain = cursor.at("rename")
                || cursor.at("owner")
                || (cursor.at("set") && cursor.peek(1).is("schema"));
        if (plain || kind.isRoutine() || kind.spelling().equals("statistics")) {
            skipRest();
            return;
        }
        if (kind.spelling().equals("domain")) {
            domain(draft);
            return;
        }
        draft.opaque("it changes what a " + kind.spelling() + " says");
        skipRest();
    }
}
