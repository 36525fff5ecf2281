package io.sallyport.postgres.sql.parse;

import io.sallyport.postgres.sql.lex.Token;
import io.sallyport.postgres.sql.lex.TokenKind;
import io.sallyport.postgres.sql.tree.RelationName;
import io.sallyport.postgres.sql.tree.Statement;
import io.sallyport.postgres.sql.tree.Statement.Flag;
import io.sallyport.postgres.sql.tree.StatementKind;
import io.sallyport.postgres.sql.vocabulary.PostgresVocabulary;
import java.util.List;

/**
 * Reads one statement of any kind.
 *
 * <p>Not safe for several threads.
 */
public final class StatementParser {

    private final TokenCursor cursor;
    private final Grammar grammar;

    /** Reads from the cursor. */
    public StatementParser(TokenCursor cursor) {
        this.cursor = cursor;
        this.grammar = new Grammar(cursor);
    }

    /**
     * Reads the statement at the cursor, up to its semicolon or the end of the text.
     *
     * @throws UnreadableException if it is of no kind that is read exactly
     */
    public Statement statement() {
        StatementDraft draft = new StatementDraft(cursor.peek().start());
        read(draft);
        if (!cursor.atEnd()) {
            throw cursor.unreadable();
        }
        return draft.finish(cursor.lastEnd());
    }

    private void read(StatementDraft draft) {
        Token token = cursor.peek();
        if (token.is('(') || QueryParser.starts(token)) {
            draft.run(grammar.body());
            return;
        }
        if (token.word() == null) {
            throw cursor.unreadable();
        }
        switch (token.word().text()) {
            case "insert", "update", "delete", "merge" -> draft.run(grammar.body());
            case "begin", "start", "commit", "end", "rollback", "abort", "savepoint", "release" ->
                new TransactionParser(cursor).read(draft);
            case "set",
                    "reset",
                    "show",
                    "discard",
                    "listen",
                    "unlisten",
                    "notify",
                    "deallocate",
                    "close",
                    "load",
                    "checkpoint" -> new SessionParser(cursor).read(draft);
            case "copy" -> new CopyParser(grammar).read(draft);
            case "create" -> new DefinitionParser(grammar).read(draft);
            case "alter", "drop", "comment", "security", "truncate", "refresh", "reassign", "import" ->
                new ChangeParser(grammar).read(draft);
            case "grant", "revoke" -> new GrantParser(cursor).read(draft);
            case "fetch", "move" -> fetch(draft);
            default -> running(draft, token.word().text());
        }
    }

    private void running(StatementDraft draft, String word) {
        switch (word) {
            case "prepare" -> prepare(draft);
            case "execute" -> execute(draft);
            case "declare" -> declare(draft);
            case "explain" -> explain(draft);
            case "call" -> call(draft);
            case "do" -> block(draft);
            case "lock" -> lock(draft);
            case "vacuum", "analyze", "analyse", "cluster", "reindex" -> new MaintenanceParser(grammar).read(draft);
            default -> throw cursor.unreadable();
        }
    }

    private void prepare(StatementDraft draft) {
        cursor.expect("prepare");
        if (cursor.accept("transaction")) {
            cursor.string();
            draft.kind(StatementKind.TWO_PHASE).session(PostgresVocabulary.TRANSACTION, "two-phase");
            return;
        }
        String name = cursor.columnName();
        if (cursor.accept('(')) {
            cursor.skipToClosingParenthesis();
        }
        cursor.expect("as");
        draft.run(grammar.body());
        draft.kind(StatementKind.PREPARE)
                .name(name)
                .act(PostgresVocabulary.PREPARE, PostgresVocabulary.STATEMENT, List.of(name));
    }

    private void execute(StatementDraft draft) {
        cursor.expect("execute");
        executed(draft);
        draft.kind(StatementKind.EXECUTE);
    }

    /** Reads the name and arguments behind EXECUTE. */
    private void executed(StatementDraft draft) {
        String name = cursor.columnName();
        if (cursor.accept('(')) {
            do {
                draft.define(grammar.expression());
            } while (cursor.accept(','));
            cursor.expect(')');
        }
        draft.name(name)
                .flag(Flag.RETURNS_ROWS)
                .act(PostgresVocabulary.EXECUTE, PostgresVocabulary.STATEMENT, List.of(name));
    }

    private void declare(StatementDraft draft) {
        cursor.expect("declare");
        String name = cursor.columnName();
        while (!cursor.accept("cursor")) {
            if (!cursor.acceptAny("binary", "insensitive", "asensitive", "scroll", "no")) {
                throw cursor.unreadable();
            }
        }
        if (cursor.acceptAny("with", "without")) {
            cursor.expect("hold");
        }
        cursor.expect("for");
        draft.run(grammar.body());
        draft.kind(StatementKind.DECLARE)
                .name(name)
                .act(PostgresVocabulary.DECLARE, PostgresVocabulary.CURSOR, List.of(name));
    }

    private void fetch(StatementDraft draft) {
        boolean rows = cursor.next().is("fetch");
        while (cursor.acceptAny("next", "prior", "first", "last", "absolute", "relative", "all", "forward", "backward")
                || cursor.at(TokenKind.NUMBER)
                || cursor.at('-')
                || cursor.at('+')) {
            if (!cursor.peek().isColumnName() && !cursor.at("all") && !cursor.at("from") && !cursor.at("in")) {
                cursor.next();
            }
        }
        cursor.acceptAny("from", "in");
        String name = cursor.columnName();
        draft.kind(StatementKind.FETCH)
                .name(name)
                .act(PostgresVocabulary.FETCH, PostgresVocabulary.CURSOR, List.of(name));
        if (rows) {
            draft.flag(Flag.RETURNS_ROWS);
        }
    }

    private void explain(StatementDraft draft) {
        cursor.expect("explain");
        boolean analyze = false;
        if (cursor.at('(')
                && !QueryParser.starts(cursor.peek(1))
                && !cursor.peek(1).is('(')) {
            analyze = explainOptions();
        } else {
            while (cursor.at("analyze") || cursor.at("analyse") || cursor.at("verbose")) {
                analyze |= !cursor.next().is("verbose");
            }
        }
        Token token = cursor.peek();
        if (token.is("execute")) {
            cursor.next();
            executed(draft);
        } else if (token.is("create") || token.is("declare") || token.is("refresh")) {
            read(draft);
        } else {
            draft.run(grammar.body());
        }
        draft.kind(StatementKind.EXPLAIN).explained(analyze);
    }

    private boolean explainOptions() {
        boolean analyze = false;
        cursor.expect('(');
        do {
            String option = cursor.label();
            boolean value = true;
            if (!cursor.at(',') && !cursor.at(')')) {
                Token token = cursor.next();
                String text = cursor.text().substring(token.start(), token.end());
                value = !(text.equalsIgnoreCase("off")
                        || text.equalsIgnoreCase("false")
                        || text.equals("0")
                        || text.equalsIgnoreCase("'off'")
                        || text.equalsIgnoreCase("'false'"));
            }
            if (option.equals("analyze") || option.equals("analyse")) {
                analyze = value;
            }
        } while (cursor.accept(','));
        cursor.expect(')');
        return analyze;
    }

    private void call(StatementDraft draft) {
        cursor.expect("call");
        List<String> name = cursor.dottedName();
        draft.kind(StatementKind.CALL)
                .flag(Flag.BARRIER)
                .flag(Flag.WRITES)
                .flag(Flag.RETURNS_ROWS)
                .act(PostgresVocabulary.CALL, PostgresVocabulary.FUNCTION, name)
                .define(CallParser.whole(grammar.calls.call(name)));
    }

    private void block(StatementDraft draft) {
        cursor.expect("do");
        while (cursor.accept("language")
                || cursor.at(TokenKind.STRING)
                || cursor.peek().isLabel()) {
            cursor.next();
        }
        draft.kind(StatementKind.CALL)
                .flag(Flag.BARRIER)
                .flag(Flag.WRITES)
                .flag(Flag.CHANGES_CATALOG)
                .session(PostgresVocabulary.DO, "block")
                .opaque("DO runs a block whose effect cannot be seen");
    }

    private void lock(StatementDraft draft) {
        cursor.expect("lock");
        cursor.accept("table");
        do {
            RelationName name = grammar.from.relationName();
            draft.relation(PostgresVocabulary.LOCK, name.names());
        } while (cursor.accept(','));
        if (cursor.accept("in")) {
            while (!cursor.accept("mode")) {
                cursor.label();
            }
        }
        cursor.accept("nowait");
        draft.kind(StatementKind.LOCK);
    }
}
