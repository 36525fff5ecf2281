package io.sallyport.postgres.statement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.postgres.sql.PreparedStatements;
import io.sallyport.postgres.sql.lex.Lexer;
import io.sallyport.postgres.sql.lex.LexicalException;
import io.sallyport.postgres.sql.lex.Token;
import io.sallyport.postgres.sql.lex.TokenKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Readings that are remembered")
class ReadingCacheTest {

    private static final int VARIANTS = 12;

    /** Values that mean something somewhere: positions, names of relations, settings and functions, a phrase, a text. */
    private static final List<String> STRINGS = List.of(
            "'a'",
            "'A'",
            "'b'",
            "''",
            "'customers'",
            "'search_path'",
            "'current of'",
            "'it''s'",
            "'1'",
            "'purge'",
            "'select 1'",
            "'public.seq'",
            "'x y'");

    private static final List<String> NUMBERS = List.of("0", "1", "1", "2", "3", "42", "1.5", "007", "99999");

    private final SqlReader reader = new SqlReader();
    private final Surroundings surroundings =
            new Surroundings(true, List.of("pg_catalog", "public"), reader.names("app", catalog()));

    private static List<List<@Nullable String[]>> catalog() {
        List<@Nullable String[]> relations = new ArrayList<>();
        relation(relations, 1, "customers", "id", "email", "ssn", "balance");
        relation(relations, 2, "orders", "id", "note");
        relation(relations, 3, "t", "id", "c");
        relation(relations, 4, "audit_log", "id", "note");
        List<@Nullable String[]> functions = new ArrayList<>();
        functions.add(new String[] {"10", "public", "purge"});
        functions.add(new String[] {"11", "pg_catalog", "lower"});
        return List.of(relations, List.of(), List.of(), List.of(), functions, List.of());
    }

    private static void relation(List<@Nullable String[]> rows, int oid, String name, String... columns) {
        for (int i = 0; i < columns.length; i++) {
            rows.add(new String[] {String.valueOf(oid), "public", name, "r", String.valueOf(i + 1), columns[i], "25"});
        }
    }

    private static Stream<String> statements() throws IOException {
        return Stream.concat(
                Stream.of(
                        "SELECT ssn FROM customers WHERE id = 5",
                        "DELETE FROM t WHERE 1 = 1",
                        "DELETE FROM t WHERE (id = 1) = (id = 1)",
                        "DELETE FROM t WHERE id + 1 = id + 1",
                        "DELETE FROM t WHERE (c = 'a') = (c = 'A')",
                        "UPDATE t SET c = 'x' WHERE id BETWEEN 1 AND 5 AND c LIKE 'a'",
                        "UPDATE t SET c = 'x' WHERE id = 1 OR 'a' = 'a'",
                        "INSERT INTO t VALUES (1, 'a'), (2, 'b')",
                        "INSERT INTO t(id, c) VALUES (1, lower('a')) ON CONFLICT (id) DO UPDATE SET c = 'x'",
                        "SELECT id, ssn FROM customers ORDER BY 1",
                        "SELECT id, ssn FROM customers ORDER BY -1",
                        "SELECT id, ssn, 3 FROM customers GROUP BY 1, 2",
                        "SELECT DISTINCT ON (1) id, ssn FROM customers",
                        "SELECT set_config('a', 'b', false) = 'c'",
                        "SELECT nextval('public.seq') = 5",
                        "SELECT 'customers'::regclass = 'a'",
                        "SELECT id FROM t WHERE id IN (1, 2, 3) LIMIT 10 OFFSET 5",
                        "SELECT id FROM t WHERE c = 'a' \n 'b'",
                        "SELECT id FROM t WHERE c = date '2020'",
                        "SELECT id FROM t WHERE (id, c) = (1, 'a') AND purge() = 1",
                        "SELECT in(1), values(2), like('a', 'b')",
                        "SELECT id FROM t WHERE c = ANY ('{a}') AND id > 5 ; ",
                        "DELETE FROM t WHERE 'current of'",
                        "DELETE FROM t WHERE id > 1 AND 'current of'",
                        "SELECT id FROM t WHERE id = 1; SELECT 2",
                        "SELECT query_to_xml('select 1', true, false, '') WHERE 1 = 2",
                        "UPDATE t SET id = id + -5, c = 'a' || 'b' WHERE id=-1",
                        "SELECT \"id\" FROM \"t\" WHERE \"c\" = 'a' AND \"t\".\"id\"=1"),
                corpus("corpus.sql", "\n"));
    }

    private static Stream<String> corpus(String name, String separator) throws IOException {
        try (InputStream in = Skeleton.class.getResourceAsStream("/io/sallyport/postgres/sql/" + name)) {
            String text = new String(assertNotNullStream(in).readAllBytes(), StandardCharsets.UTF_8);
            return Arrays.stream(text.split(separator, -1)).filter(line -> !line.isBlank());
        }
    }

    private static InputStream assertNotNullStream(@Nullable InputStream in) throws IOException {
        if (in == null) {
            throw new IOException("no corpus");
        }
        return in;
    }

    @Test
    @DisplayName("are what would be read afresh, whatever values a text had when it was first seen")
    void differential() throws IOException {
        // Given
        Random random = new Random(5);
        int shared = 0;
        for (String statement : statements().toList()) {
            ReadingCache cache = new ReadingCache(reader);
            for (int i = 0; i < VARIANTS; i++) {
                String variant = i == 0 ? statement : mutated(statement, random);

                // When
                Reading remembered = cache.read(variant, surroundings, PreparedStatements.NONE);

                // Then
                Reading fresh = reader.read(variant, surroundings, PreparedStatements.NONE);
                assertEquals(fresh.analysis(), remembered.analysis(), variant);
                assertEquals(fresh.analysis().text(), remembered.analysis().text(), variant);
                assertEquals(fresh.effects(), remembered.effects(), variant);
                assertEquals(fresh.copy(), remembered.copy(), variant);
                assertEquals(fresh.details(), remembered.details(), variant);
                shared += Skeleton.of(variant) == null ? 0 : 1;
            }
        }
        assertTrue(shared > 500, shared + " texts have a skeleton");
    }

    /** The statement with other values in every literal that the lexer sees. */
    private static String mutated(String statement, Random random) {
        StringBuilder mutated = new StringBuilder();
        Lexer lexer = new Lexer(statement, true);
        int at = 0;
        try {
            for (Token token = lexer.next(); token.kind() != TokenKind.END; token = lexer.next()) {
                List<String> others = token.kind() == TokenKind.STRING && statement.charAt(token.start()) == '\''
                        ? STRINGS
                        : token.kind() == TokenKind.NUMBER ? NUMBERS : List.of();
                if (!others.isEmpty() && random.nextInt(4) > 0) {
                    mutated.append(statement, at, token.start()).append(others.get(random.nextInt(others.size())));
                    at = token.end();
                }
            }
        } catch (LexicalException e) {
            return statement;
        }
        return mutated.append(statement.substring(at)).toString();
    }

    @Test
    @DisplayName("are shared by texts that differ in the values of operands")
    void sharedBySkeleton() {
        // Given
        ReadingCache cache = new ReadingCache(reader);

        // When
        Reading first = cache.read("SELECT c FROM t WHERE id = 5", surroundings, PreparedStatements.NONE);
        Reading second = cache.read("SELECT c FROM t WHERE id = 12345", surroundings, PreparedStatements.NONE);

        // Then
        assertSame(first.analysis().accesses(), second.analysis().accesses());
        assertEquals("SELECT c FROM t WHERE id = 12345", second.text());
        assertEquals("SELECT c FROM t WHERE id = 12345", second.analysis().text());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT lower('a')",
                "SELECT f(c = 'a') FROM t",
                "SELECT 'a'::regclass",
                "SELECT c FROM t WHERE c = 'a'::text",
                "SELECT c FROM t WHERE c = date '2020-01-01'",
                "SELECT c FROM t ORDER BY 1",
                "SELECT c FROM t LIMIT 5",
                "SELECT c FROM t WHERE id = 5 -- x",
                "SELECT c FROM t WHERE id = /* x */ 5",
                "SELECT c FROM t WHERE c = E'a'",
                "SELECT c FROM t WHERE c = 'a\\b'",
                "SELECT c FROM t WHERE c = $$a$$",
                "SELECT c FROM t WHERE c = U&'a'",
                "SELECT c FROM t WHERE c = 'a' 'b'",
                "SELECT c FROM t WHERE id =- 5",
                "SELECT c FROM t WHERE id = 5; SELECT 1",
                "SELECT c FROM t WHERE id = 5e1",
                "SELECT c FROM t WHERE id = ANY('{1}')",
                "SET work_mem = 5",
                "COPY (SELECT c FROM t WHERE id = 5) TO STDOUT",
                "EXPLAIN SELECT c FROM t WHERE id = 5",
                "CREATE VIEW v AS SELECT c FROM t WHERE id = 5",
            })
    @DisplayName("are kept by the whole text where a literal is an argument, a cast, a position, or not plain")
    void withoutSkeleton(String sql) {
        // When / Then
        assertNull(Skeleton.of(sql));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT c FROM t WHERE id = 5",
                "select c from t where id>=5 and c like 'a%';",
                "UPDATE t SET c = 'it''s', id = id + -5 WHERE id = 1",
                "INSERT INTO t (id, c) VALUES (1, 'a'), (2, 'b')",
                "DELETE FROM \"t\" WHERE \"t\".\"id\" IN (1, 2, 3)",
                "SELECT c FROM t WHERE id BETWEEN 1 AND 2 AND (c <> 'x' OR id < 3)",
            })
    @DisplayName("are kept by what is left without their operands otherwise")
    void withSkeleton(String sql) {
        // When
        String skeleton = Skeleton.of(sql);

        // Then
        assertNotNull(skeleton);
        assertTrue(skeleton.indexOf('\u0001') > 0, skeleton);
    }
}
