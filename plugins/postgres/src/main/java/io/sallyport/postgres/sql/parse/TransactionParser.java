package io.sallyport.postgres.sql.parse;

import io.sallyport.postgres.sql.tree.Statement.Flag;
import io.sallyport.postgres.sql.tree.StatementKind;
import io.sallyport.postgres.sql.vocabulary.PostgresVocabulary;
import java.util.List;
import java.util.Objects;

/** Reads transaction control. */
final class TransactionParser {

    private final TokenCursor cursor;

    TransactionParser(TokenCursor cursor) {
        this.cursor = cursor;
    }

    void read(StatementDraft draft) {
        String word = Objects.requireNonNull(cursor.next().word()).text();
        draft.session(PostgresVocabulary.TRANSACTION, "transaction");
        switch (word) {
            case "begin" -> {
                cursor.acceptAny("work", "transaction");
                modes(draft);
                draft.kind(StatementKind.BEGIN);
            }
            case "start" -> {
                cursor.expect("transaction");
                modes(draft);
                draft.kind(StatementKind.BEGIN);
            }
            case "savepoint" -> draft.kind(StatementKind.SAVEPOINT).name(cursor.columnName());
            case "release" -> {
                cursor.accept("savepoint");
                draft.kind(StatementKind.RELEASE).name(cursor.columnName());
            }
            case "commit", "end" -> end(draft, StatementKind.COMMIT);
            default -> end(draft, StatementKind.ROLLBACK);
        }
    }

    private void end(StatementDraft draft, StatementKind kind) {
        draft.kind(kind);
        if (cursor.accept("prepared")) {
            cursor.string();
            draft.kind(StatementKind.TWO_PHASE);
            return;
        }
        cursor.acceptAny("work", "transaction");
        if (cursor.accept("to")) {
            cursor.accept("savepoint");
            draft.kind(StatementKind.ROLLBACK_TO).name(cursor.columnName());
        } else if (cursor.accept("and")) {
            cursor.accept("no");
            cursor.expect("chain");
        }
    }

    /** Reads isolation levels and access modes; READ WRITE leaves a read-only lane and counts as setting that. */
    void modes(StatementDraft draft) {
        while (!cursor.atEnd()) {
            if (cursor.accept("isolation")) {
                cursor.expect("level");
                cursor.label();
                cursor.acceptAny("read", "committed", "uncommitted");
            } else if (cursor.accept("read")) {
                if (cursor.accept("write")) {
                    draft.flag(Flag.READ_WRITE)
                            .act(PostgresVocabulary.SET, PostgresVocabulary.SETTING, List.of("transaction_read_only"));
                } else {
                    cursor.expect("only");
                }
            } else if (cursor.accept("not") || cursor.at("deferrable")) {
                cursor.expect("deferrable");
            } else {
                cursor.expect(',');
            }
        }
    }
}
