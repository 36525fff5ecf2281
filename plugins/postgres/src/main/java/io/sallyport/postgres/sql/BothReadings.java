package io.sallyport.postgres.sql;

import io.sallyport.postgres.sql.lex.Lexer;
import io.sallyport.postgres.sql.lex.LexicalException;
import io.sallyport.postgres.sql.lex.Token;
import io.sallyport.postgres.sql.lex.TokenKind;

/** Finds out whether standard_conforming_strings matters to a text. */
final class BothReadings {

    private BothReadings() {}

    /** Up to the first plain literal with a backslash both settings cut the text alike. */
    static boolean differ(String text) {
        Lexer lexer = new Lexer(text, true);
        try {
            for (Token token = lexer.next(); token.kind() != TokenKind.END; token = lexer.next()) {
                if (token.kind() == TokenKind.STRING && isSensitive(text, token)) {
                    return true;
                }
            }
            return false;
        } catch (LexicalException e) {
            return true;
        }
    }

    private static boolean isSensitive(String text, Token token) {
        char first = text.charAt(token.start());
        if (first == 'U' || first == 'u') {
            return true;
        }
        int backslash = text.indexOf('\\', token.start());
        return first == '\'' && backslash >= 0 && backslash < token.end();
    }
}
