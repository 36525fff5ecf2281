package io.sallyport.postgres.sql.parse;

import io.sallyport.postgres.sql.lex.Token;
import io.sallyport.postgres.sql.lex.TokenKind;
import java.util.Locale;

/** Finds literals that are secrets, in the options of roles, user mappings, servers and subscriptions. */
final class Secrets {

    private Secrets() {}

    /** Steps over the rest of a statement; literals behind PASSWORD, CONNECTION and secret options are secrets. */
    static void skip(TokenCursor cursor, StatementDraft draft) {
        boolean secret = false;
        while (!cursor.atEnd()) {
            Token token = cursor.next();
            if (token.kind() == TokenKind.STRING) {
                if (secret) {
                    draft.secret(token.start(), token.end());
                }
                secret = false;
            } else if (token.isLabel()) {
                secret = names(token.name());
            } else if (!token.is('=')) {
                secret = false;
            }
        }
    }

    private static boolean names(@org.jspecify.annotations.Nullable String word) {
        if (word == null) {
            return false;
        }
        String lower = word.toLowerCase(Locale.ROOT);
        return lower.contains("pass")
                || lower.equals("connection")
                || lower.contains("secret")
                || lower.contains("token");
    }
}
