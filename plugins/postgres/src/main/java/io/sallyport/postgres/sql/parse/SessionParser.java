package io.sallyport.postgres.sql.parse;

import io.sallyport.postgres.sql.lex.Token;
import io.sallyport.postgres.sql.lex.TokenKind;
import io.sallyport.postgres.sql.tree.Statement.Flag;
import io.sallyport.postgres.sql.tree.StatementKind;
import io.sallyport.postgres.sql.vocabulary.PostgresVocabulary;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads what concerns the session: parameters, channels, and giving things up. */
final class SessionParser {

    private final TokenCursor cursor;
    private final TransactionParser transactions;

    SessionParser(TokenCursor cursor) {
        this.cursor = cursor;
        this.transactions = new TransactionParser(cursor);
    }

    void read(StatementDraft draft) {
        String word = Objects.requireNonNull(cursor.next().word()).text();
        switch (word) {
            case "set" -> set(draft);
            case "reset" -> reset(draft);
            case "show" -> show(draft);
            case "discard" -> {
                String what = cursor.label();
                draft.kind(StatementKind.DISCARD)
                        .flag(Flag.BARRIER)
                        .session(PostgresVocabulary.DISCARD, what)
                        .name(what);
            }
            case "listen" -> channel(draft, true);
            case "unlisten" -> {
                draft.kind(StatementKind.CHANNEL);
                if (cursor.accept('*')) {
                    draft.session(PostgresVocabulary.DISCARD, "channels");
                } else {
                    channel(draft, true);
                }
            }
            case "notify" -> {
                channel(draft, false);
                if (cursor.accept(',')) {
                    cursor.string();
                }
            }
            case "deallocate" -> {
                cursor.accept("prepare");
                named(draft, StatementKind.DEALLOCATE);
            }
            case "close" -> named(draft, StatementKind.CLOSE);
            case "load" -> {
                String library = cursor.string();
                draft.kind(StatementKind.DEFINITION)
                        .act(
                                PostgresVocabulary.LOAD,
                                PostgresVocabulary.FILE,
                                List.of(library.isEmpty() ? "*" : library))
                        .opaque("LOAD runs the library's own code");
            }
            default -> draft.kind(StatementKind.MAINTENANCE).session(PostgresVocabulary.CHECKPOINT, "checkpoint");
        }
    }

    private void channel(StatementDraft draft, boolean listen) {
        String name = cursor.columnName();
        draft.kind(StatementKind.CHANNEL)
                .act(
                        listen ? PostgresVocabulary.LISTEN : PostgresVocabulary.NOTIFY,
                        PostgresVocabulary.CHANNEL,
                        List.of(name));
    }

    private void named(StatementDraft draft, StatementKind kind) {
        boolean all = cursor.accept("all");
        String name = all ? "*" : cursor.columnName();
        boolean close = kind == StatementKind.CLOSE;
        draft.kind(kind)
                .name(all ? null : name)
                .act(
                        close ? PostgresVocabulary.CLOSE : PostgresVocabulary.DEALLOCATE,
                        close ? PostgresVocabulary.CURSOR : PostgresVocabulary.STATEMENT,
                        List.of(name));
    }

    private void show(StatementDraft draft) {
        draft.kind(StatementKind.SHOW).flag(Flag.RETURNS_ROWS);
        if (cursor.accept("all")) {
            draft.act(PostgresVocabulary.SHOW, PostgresVocabulary.SETTING, List.of("*"));
            return;
        }
        draft.act(PostgresVocabulary.SHOW, PostgresVocabulary.SETTING, List.of(special()));
    }

    /** Reads a parameter's name, or one of those with a syntax of their own. */
    private String special() {
        if (cursor.accept("time", "zone")) {
            return "timezone";
        }
        if (cursor.accept("transaction")) {
            cursor.expect("isolation");
            cursor.expect("level");
            return "transaction_isolation";
        }
        if (cursor.accept("session", "authorization")) {
            return "session_authorization";
        }
        return parameter();
    }

    private String parameter() {
        StringBuilder name = new StringBuilder(lower(cursor.columnName()));
        while (cursor.accept('.')) {
            name.append('.').append(lower(cursor.columnName()));
        }
        return name.toString();
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private void reset(StatementDraft draft) {
        draft.kind(StatementKind.SET);
        if (cursor.accept("all")) {
            draft.setting("*", null).flag(Flag.BARRIER);
            return;
        }
        String name = special();
        setting(draft, name, null);
    }

    private void set(StatementDraft draft) {
        draft.kind(StatementKind.SET);
        if (cursor.accept("constraints")) {
            while (!cursor.atEnd()) {
                cursor.next();
            }
            draft.session(PostgresVocabulary.TRANSACTION, "constraints");
            return;
        }
        boolean session = cursor.at("session");
        if (session && !cursor.peek(1).is("authorization")) {
            cursor.next();
        } else if (cursor.at("local")
                && !cursor.peek(1).is("to")
                && !cursor.peek(1).is('=')) {
            cursor.next();
        }
        if (cursor.accept("characteristics", "as")) {
            cursor.expect("transaction");
            transactions.modes(draft);
            draft.session(PostgresVocabulary.TRANSACTION, "characteristics");
        } else if (cursor.at("transaction")
                && !cursor.peek(1).is('=')
                && !cursor.peek(1).is("to")) {
            transaction(draft);
        } else if (cursor.accept("session", "authorization")) {
            setting(draft, "session_authorization", value());
        } else {
            parameterValue(draft);
        }
    }

    private void transaction(StatementDraft draft) {
        cursor.next();
        draft.session(PostgresVocabulary.TRANSACTION, "characteristics");
        if (cursor.accept("snapshot")) {
            cursor.string();
        } else {
            transactions.modes(draft);
        }
    }

    private void parameterValue(StatementDraft draft) {
        if (cursor.accept("time", "zone")) {
            skipValue();
            setting(draft, "timezone", null);
            return;
        }
        if (cursor.at("role") && !isAssignment(cursor.peek(1))) {
            cursor.next();
            setting(draft, "role", value());
            return;
        }
        if (cursor.at("schema") && cursor.peek(1).kind() == TokenKind.STRING) {
            cursor.next();
            setting(draft, "search_path", value());
            return;
        }
        if (cursor.at("names") && !isAssignment(cursor.peek(1))) {
            cursor.next();
            setting(draft, "client_encoding", cursor.atEnd() ? null : value());
            return;
        }
        if (cursor.accept("xml", "option")) {
            cursor.label();
            setting(draft, "xmloption", null);
            return;
        }
        String name = parameter();
        if (cursor.accept("from", "current")) {
            setting(draft, name, null);
            return;
        }
        if (!cursor.accept('=')) {
            cursor.expect("to");
        }
        setting(draft, name, value());
    }

    private static boolean isAssignment(Token token) {
        return token.is('=') || token.is("to") || token.is('.');
    }

    /** Reads one value; null if it is a list, the default or a number. */
    private @Nullable String value() {
        Token token = cursor.peek();
        String value = null;
        if (token.kind() == TokenKind.STRING) {
            value = cursor.string();
        } else if (token.isLabel()) {
            value = token.is("default") ? null : token.name();
            cursor.next();
        } else {
            cursor.next();
        }
        boolean alone = cursor.atEnd();
        skipValue();
        return alone ? value : null;
    }

    private void skipValue() {
        while (!cursor.atEnd()) {
            cursor.next();
        }
    }

    private static void setting(StatementDraft draft, String name, @Nullable String value) {
        draft.setting(name, value);
    }
}
