package io.sallyport.postgres.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sallyport.postgres.sql.lex.Lexer;
import io.sallyport.postgres.sql.lex.Token;
import io.sallyport.postgres.sql.lex.TokenKind;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Spelling a statement otherwise changes nothing of what it does. */
class MutationPropertiesTest {

    private static final List<String> GAPS =
            List.of(" ", "\n", "\t", "\r\n", "\f", "/**/", "/* ; ' \" */", " -- '; DROP TABLE t\n", "/*/* */ $$*/");

    private static final int SPELLINGS = 30;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT c.id, lower(ssn) FROM customers c JOIN orders o ON o.id = c.id WHERE c.balance > 1 ORDER BY 1",
                "DELETE FROM t WHERE id = 1 OR true",
                "WITH w AS (DELETE FROM orders RETURNING note) INSERT INTO audit_log (note) SELECT note FROM w",
                "UPDATE orders SET note = 'x' || (SELECT ssn FROM v_cust LIMIT 1) WHERE id IN (1, 2)",
                "MERGE INTO t USING orders s ON t.id = s.id WHEN MATCHED THEN DELETE",
                "COPY customers (id, ssn) TO STDOUT",
                "DROP TABLE t, orders",
                "SELECT purge(), shadowed(1) FROM parent",
                "CREATE TABLE x AS SELECT ssn FROM customers",
                "TRUNCATE t; EXPLAIN ANALYZE DELETE FROM child WHERE id = 3"
            })
    void spellingDoesNotMatter(String statement) {
        // Given
        StatementAnalysis plain = Fixture.analyze(statement);

        for (long seed = 0; seed < SPELLINGS; seed++) {
            // When
            String mutated = mutated(statement, new Random(seed));
            StatementAnalysis read = Fixture.analyze(mutated);

            // Then
            assertEquals(plain.analysis().accesses(), read.analysis().accesses(), mutated);
            assertEquals(plain.parts().size(), read.parts().size(), mutated);
        }
    }

    private static String mutated(String statement, Random random) {
        StringBuilder mutated = new StringBuilder();
        Lexer lexer = new Lexer(statement, true);
        for (Token token = lexer.next(); token.kind() != TokenKind.END; token = lexer.next()) {
            mutated.append(GAPS.get(random.nextInt(GAPS.size())));
            mutated.append(spelled(statement.substring(token.start(), token.end()), token, random));
        }
        return mutated.append(GAPS.get(random.nextInt(GAPS.size()))).toString();
    }

    private static String spelled(String text, Token token, Random random) {
        if (token.kind() == TokenKind.STRING) {
            return random.nextBoolean() ? "$q$" + text.substring(1, text.length() - 1) + "$q$" : text;
        }
        if (token.kind() != TokenKind.WORD) {
            return text;
        }
        if (token.word() == null && random.nextInt(3) == 0) {
            return '"' + text + '"';
        }
        return random.nextBoolean() ? text.toUpperCase(Locale.ROOT) : text;
    }
}
