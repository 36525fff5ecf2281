package io.sallyport.postgres.sql.lex;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds where the statements of a message end, without reading them: at every semicolon outside of parentheses
 * ({@code CREATE RULE}) and of a function's {@code BEGIN ATOMIC … END}.
 */
public final class StatementSplitter {

    private final Lexer lexer;
    private int parentheses;
    private int blocks;

    private StatementSplitter(Lexer lexer) {
        this.lexer = lexer;
    }

    /**
     * A piece of a text.
     *
     * @param start the index of the first token's first character
     * @param end the index of the semicolon, or of the end
     */
    public record Piece(int start, int end) {}

    /**
     * All statements of the text in order, empty ones left out.
     *
     * @throws LexicalException where the server would refuse the text
     */
    public static List<Piece> split(String text, boolean standardConformingStrings) {
        Lexer lexer = new Lexer(text, standardConformingStrings);
        List<Piece> pieces = new ArrayList<>();
        int start = 0;
        while (start < text.length()) {
            lexer.seek(start);
            Token first = lexer.next();
            if (first.kind() == TokenKind.END) {
                break;
            }
            lexer.seek(first.start());
            int end = endOf(lexer);
            if (end > first.start()) {
                pieces.add(new Piece(first.start(), end));
            }
            start = end + 1;
        }
        return pieces;
    }

    /** Reads from where the lexer stands to the end of the statement, and answers the index of its semicolon or end. */
    public static int endOf(Lexer lexer) {
        return new StatementSplitter(lexer).end();
    }

    private int end() {
        Token first = lexer.next();
        boolean routine = first.is("create");
        Token before = first;
        for (Token token = first; ; token = lexer.next()) {
            if (token.kind() == TokenKind.END || (token.is(';') && parentheses <= 0 && blocks == 0)) {
                return token.start();
            }
            if (token.is('(')) {
                parentheses++;
            } else if (token.is(')')) {
                parentheses--;
            } else if (routine) {
                countBlock(token, before);
            }
            before = token;
        }
    }

    /**
     * Inside BEGIN ATOMIC only CASE and BEGIN open something that END closes: the body's statements are those that the
     * grammar's routine_body_stmt allows. A word behind a dot or AS is a name.
     */
    private void countBlock(Token token, Token before) {
        if (token.is("atomic") && before.is("begin") && blocks == 0) {
            blocks = 1;
        } else if (blocks > 0 && !before.is('.') && !before.is("as")) {
            if (token.is("case")) {
                blocks++;
            } else if (token.is("end")) {
                blocks--;
            }
        }
    }
}
