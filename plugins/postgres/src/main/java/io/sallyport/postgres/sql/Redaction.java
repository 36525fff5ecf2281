package io.sallyport.postgres.sql;

import io.sallyport.postgres.sql.lex.Lexer;
import io.sallyport.postgres.sql.lex.Token;
import io.sallyport.postgres.sql.lex.TokenKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Takes secrets out of a text. */
final class Redaction {

    /** What stands in the place of a secret. */
    static final String MARK = "'[redacted]'";

    private Redaction() {}

    static String without(String text, List<int[]> secrets) {
        if (secrets.isEmpty()) {
            return text;
        }
        List<int[]> ordered = new ArrayList<>(secrets);
        ordered.sort(Comparator.comparingInt(place -> place[0]));
        StringBuilder redacted = new StringBuilder(text.length());
        int from = 0;
        for (int[] place : ordered) {
            if (place[0] >= from) {
                redacted.append(text, from, place[0]).append(MARK);
                from = place[1];
            }
        }
        return redacted.append(text, from, text.length()).toString();
    }

    /** In a statement that could not be read: every literal, if the word password or the like occurs before it. */
    static List<int[]> everyStringBehindPassword(String text, boolean standardConformingStrings, int start, int end) {
        Lexer lexer = new Lexer(text, standardConformingStrings);
        lexer.seek(start);
        List<int[]> places = new ArrayList<>();
        boolean secret = false;
        for (Token token = lexer.next(); token.kind() != TokenKind.END && token.start() < end; token = lexer.next()) {
            String name = token.name();
            secret |= name != null
                    && (name.contains("password") || name.equals("connection") || name.startsWith("dblink"));
            if (secret && token.kind() == TokenKind.STRING) {
                places.add(new int[] {token.start(), token.end()});
            }
        }
        return places;
    }
}
