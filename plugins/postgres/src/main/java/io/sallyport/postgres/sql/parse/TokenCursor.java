package io.sallyport.postgres.sql.parse;

import io.sallyport.postgres.sql.lex.Lexer;
import io.sallyport.postgres.sql.lex.Literals;
import io.sallyport.postgres.sql.lex.Token;
import io.sallyport.postgres.sql.lex.TokenKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where the parsers stand in the tokens of a text, with a little lookahead and a bound on nesting. */
public final class TokenCursor {

    private static final int DEEPEST = 200;
    private static final int LOOKAHEAD = 4;

    private final Lexer lexer;
    private final @Nullable Token[] ahead = new @Nullable Token[LOOKAHEAD];
    private int head;
    private int filled;
    private int depth;
    private int lastEnd;

    /** Starts where the lexer stands. */
    public TokenCursor(Lexer lexer) {
        this.lexer = lexer;
    }

    /** The next token, which stays. */
    public Token peek() {
        return peek(0);
    }

    /** A token further on, up to three behind the next. */
    Token peek(int distance) {
        while (filled <= distance) {
            ahead[(head + filled) % LOOKAHEAD] = lexer.next();
            filled++;
        }
        return Objects.requireNonNull(ahead[(head + distance) % LOOKAHEAD]);
    }

    /** The next token, which is consumed. */
    public Token next() {
        Token token = peek(0);
        head = (head + 1) % LOOKAHEAD;
        filled--;
        lastEnd = token.end();
        return token;
    }

    /** Goes on at the index. */
    public void seek(int index) {
        lexer.seek(index);
        filled = 0;
        head = 0;
        lastEnd = index;
    }

    /** The lexer, set back to an index; {@link #seek} must follow. */
    Lexer restart(int index) {
        lexer.seek(index);
        return lexer;
    }

    /** The index behind the last consumed token. */
    public int lastEnd() {
        return lastEnd;
    }

    /** The text. */
    public String text() {
        return lexer.text();
    }

    boolean at(String keyword) {
        return peek().is(keyword);
    }

    boolean at(String first, String second) {
        return peek().is(first) && peek(1).is(second);
    }

    boolean at(char symbol) {
        return peek().is(symbol);
    }

    boolean at(TokenKind kind) {
        return peek().kind() == kind;
    }

    /** Whether the statement ends here. */
    public boolean atEnd() {
        Token token = peek();
        return token.kind() == TokenKind.END || token.is(';');
    }

    boolean accept(String keyword) {
        if (peek().is(keyword)) {
            next();
            return true;
        }
        return false;
    }

    boolean accept(String first, String second) {
        if (at(first, second)) {
            next();
            next();
            return true;
        }
        return false;
    }

    boolean accept(char symbol) {
        if (peek().is(symbol)) {
            next();
            return true;
        }
        return false;
    }

    boolean acceptAny(String... keywords) {
        for (String keyword : keywords) {
            if (accept(keyword)) {
                return true;
            }
        }
        return false;
    }

    /** Consumes any number of these keywords. */
    void skipAll(String... keywords) {
        boolean more = true;
        while (more) {
            more = acceptAny(keywords);
        }
    }

    void expect(String keyword) {
        if (!accept(keyword)) {
            throw unreadable();
        }
    }

    void expect(char symbol) {
        if (!accept(symbol)) {
            throw unreadable();
        }
    }

    void expect(TokenKind kind) {
        if (next().kind() != kind) {
            throw unreadable();
        }
    }

    /** An identifier where only such may stand that can name a column. */
    String columnName() {
        if (!peek().isColumnName()) {
            throw unreadable();
        }
        return Objects.requireNonNull(next().name());
    }

    /** An identifier or any keyword. */
    String label() {
        if (!peek().isLabel()) {
            throw unreadable();
        }
        return Objects.requireNonNull(next().name());
    }

    /** Names joined by dots; keywords may stand behind the first dot. */
    List<String> dottedName() {
        String first = label();
        if (!at('.')) {
            return List.of(first);
        }
        List<String> names = new ArrayList<>(3);
        names.add(first);
        while (accept('.')) {
            names.add(label());
        }
        return names;
    }

    /** The value of a string literal. */
    String string() {
        if (!at(TokenKind.STRING)) {
            throw unreadable();
        }
        return Literals.value(lexer, next());
    }

    /** A signed number, consumed. */
    void number() {
        if (at('-') || at('+')) {
            next();
        }
        expect(TokenKind.NUMBER);
    }

    /** Steps over everything up to the parenthesis that closes the one before the cursor. */
    void skipToClosingParenthesis() {
        int open = 1;
        while (open > 0) {
            Token token = next();
            if (token.kind() == TokenKind.END) {
                throw unreadable();
            }
            if (token.is('(')) {
                open++;
            } else if (token.is(')')) {
                open--;
            }
        }
    }

    void enter() {
        if (++depth > DEEPEST) {
            throw new UnreadableException("it nests deeper than " + DEEPEST + " levels");
        }
    }

    void leave() {
        depth--;
    }

    UnreadableException unreadable() {
        Token token = peek();
        if (token.kind() == TokenKind.END) {
            return new UnreadableException("it ends where more is expected");
        }
        boolean showable = token.kind() == TokenKind.WORD || token.kind() == TokenKind.SYMBOL;
        String what = showable ? "'" + shortened(text().substring(token.start(), token.end())) + "'" : "a literal";
        return new UnreadableException("it is not understood from " + what + " at character " + (token.start() + 1));
    }

    private static String shortened(String word) {
        return word.length() > 40 ? word.substring(0, 40) + "…" : word;
    }
}
