package io.sallyport.postgres.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sallyport.postgres.sql.lex.Lexer;
import io.sallyport.postgres.sql.lex.Token;
import io.sallyport.postgres.sql.lex.TokenKind;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Spelling a statement otherwise changes nothing of what it does. */
class MutationPropertiesTest {

    private static final List<String> GAPS =
            List.of(" ", "\n", "\t", "\r\n", "\f", "/**/", "/* ; ' \" */", " -- '; DROP TABLE t\n", "/*/* */ $$*/");

    @Provide
    Arbitrary<String> statements() {
        return Arbitraries.of(
                "SELECT c.id, lower(ssn) FROM customers c JOIN orders o ON o.id = c.id WHERE c.balance > 1 ORDER BY 1",
                "DELETE FROM t WHERE id = 1 OR true",
                "WITH w AS (DELETE FROM orders RETURNING note) INSERT INTO audit_log (note) SELECT note FROM w",
                "UPDATE orders SET note = 'x' || (SELECT ssn FROM v_cust LIMIT 1) WHERE id IN (1, 2)",
                "MERGE INTO t USING orders s ON t.id = s.id WHEN MATCHED THEN DELETE",
                "COPY customers (id, ssn) TO STDOUT",
                "DROP TABLE t, orders",
                "SELECT purge(), shadowed(1) FROM parent",
                "CREATE TABLE x AS SELECT ssn FROM customers",
                "TRUNCATE t; EXPLAIN ANALYZE DELETE FROM child WHERE id = 3");
    }

    @Property(tries = 300)
    void spellingDoesNotMatter(@ForAll("statements") String statement, @ForAll long seed) {
        // Given
        String mutated = mutated(statement, new Random(seed));

        // When
        StatementAnalysis read = Fixture.analyze(mutated);

        // Then
        assertEquals(
                Fixture.analyze(statement).analysis().accesses(),
                read.analysis().accesses(),
                mutated);
        assertEquals(Fixture.analyze(statement).parts().size(), read.parts().size(), mutated);
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
