package io.sallyport.postgres.sql.oracle;

import io.sallyport.postgres.sql.lex.Lexer;
import io.sallyport.postgres.sql.lex.LexicalException;
import io.sallyport.postgres.sql.lex.StatementSplitter;
import io.sallyport.postgres.sql.lex.Token;
import io.sallyport.postgres.sql.lex.TokenKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Takes a psql script apart. */
final class Corpus {

    private Corpus() {}

    /** The statements of a script, without psql's own commands and COPY data. */
    static List<String> ofScript(String script) {
        return statements(withoutClient(script));
    }

    /** The statements of a text. */
    static List<String> statements(String text) {
        List<String> statements = new ArrayList<>();
        Lexer lexer = new Lexer(text, true);
        int at = 0;
        while (at < text.length()) {
            try {
                lexer.seek(at);
                Token first = lexer.next();
                if (first.kind() == TokenKind.END) {
                    break;
                }
                lexer.seek(first.start());
                at = StatementSplitter.endOf(lexer);
                if (at > first.start()) {
                    statements.add(text.substring(first.start(), at));
                }
                at++;
            } catch (LexicalException e) {
                int next = text.indexOf(";\n", at);
                at = next < 0 ? text.length() : next + 2;
            }
        }
        return statements;
    }

    private static String withoutClient(String script) {
        StringBuilder text = new StringBuilder(script.length());
        boolean data = false;
        for (String line : script.split("\n", -1)) {
            String lower = line.toLowerCase(Locale.ROOT);
            if (data) {
                data = !line.equals("\\.");
            } else if (!line.startsWith("\\")) {
                int command = line.lastIndexOf('\\');
                boolean isCommand = command > 0 && line.startsWith("\\g", command) && line.indexOf('\'', command) < 0;
                text.append(isCommand ? line.substring(0, command) + ";" : line).append('\n');
                data = lower.startsWith("copy ") && lower.contains("from stdin") && lower.contains(";");
            }
        }
        return text.toString();
    }
}
