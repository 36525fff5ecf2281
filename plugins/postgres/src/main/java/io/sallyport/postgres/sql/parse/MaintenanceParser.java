package io.sallyport.postgres.sql.parse;

import io.sallyport.api.action.Verb;
import io.sallyport.postgres.sql.tree.Statement.Flag;
import io.sallyport.postgres.sql.tree.StatementKind;
import io.sallyport.postgres.sql.vocabulary.PostgresVocabulary;
import java.util.List;
import java.util.Objects;

/** Reads VACUUM, ANALYZE, CLUSTER and REINDEX. */
final class MaintenanceParser {

    private final Grammar grammar;
    private final TokenCursor cursor;

    MaintenanceParser(Grammar grammar) {
        this.grammar = grammar;
        this.cursor = grammar.cursor;
    }

    void read(StatementDraft draft) {
        draft.kind(StatementKind.MAINTENANCE).flag(Flag.WRITES);
        String word = Objects.requireNonNull(cursor.next().word()).text();
        switch (word) {
            case "vacuum" -> {
                options();
                boolean analyze = false;
                while (cursor.at("full")
                        || cursor.at("freeze")
                        || cursor.at("verbose")
                        || cursor.at("analyze")
                        || cursor.at("analyse")) {
                    analyze |= cursor.at("analyze") || cursor.at("analyse");
                    cursor.next();
                }
                relations(draft, PostgresVocabulary.VACUUM, analyze);
            }
            case "analyze", "analyse" -> {
                options();
                cursor.accept("verbose");
                relations(draft, PostgresVocabulary.ANALYZE, false);
            }
            case "cluster" -> cluster(draft);
            default -> reindex(draft);
        }
    }

    private void options() {
        if (cursor.accept('(')) {
            cursor.skipToClosingParenthesis();
        }
    }

    private void relations(StatementDraft draft, Verb verb, boolean analyze) {
        if (cursor.atEnd()) {
            draft.act(verb, PostgresVocabulary.DATABASE, List.of("*"));
            return;
        }
        do {
            List<String> name = grammar.from.relationName().names();
            draft.relation(verb, name);
            if (analyze) {
                draft.relation(PostgresVocabulary.ANALYZE, name);
            }
            if (cursor.at('(')) {
                grammar.queries.names();
            }
        } while (cursor.accept(','));
    }

    private void cluster(StatementDraft draft) {
        options();
        cursor.accept("verbose");
        if (cursor.atEnd()) {
            draft.act(PostgresVocabulary.CLUSTER, PostgresVocabulary.DATABASE, List.of("*"));
            return;
        }
        List<String> name = cursor.dottedName();
        if (cursor.accept("on")) {
            draft.relation(PostgresVocabulary.CLUSTER, name);
            name = cursor.dottedName();
        } else if (cursor.accept("using")) {
            cursor.columnName();
        }
        draft.relation(PostgresVocabulary.CLUSTER, name);
    }

    private void reindex(StatementDraft draft) {
        options();
        String what = cursor.label();
        cursor.accept("concurrently");
        switch (what) {
            case "table", "index" -> draft.relation(PostgresVocabulary.REINDEX, cursor.dottedName());
            case "schema" ->
                draft.act(PostgresVocabulary.REINDEX, PostgresVocabulary.SCHEMA, List.of(cursor.columnName()));
            case "database", "system" ->
                draft.act(
                        PostgresVocabulary.REINDEX,
                        PostgresVocabulary.DATABASE,
                        List.of(cursor.atEnd() ? "*" : cursor.columnName()));
            default -> throw cursor.unreadable();
        }
    }
}
