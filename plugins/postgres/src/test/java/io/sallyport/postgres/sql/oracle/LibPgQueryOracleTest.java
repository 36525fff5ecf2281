package io.sallyport.postgres.sql.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The analysis against PostgreSQL's own parser, over statements of our own. */
class LibPgQueryOracleTest {

    @Test
    @DisplayName("every relation, verb and function that the real parser sees is seen, over our own statements")
    void nothingIsMissed() throws IOException {
        // Given
        Optional<LibPgQuery> parser = LibPgQuery.load();
        assumeTrue(parser.isPresent(), "libpg_query is not installed: apt-get install libpg-query-dev");
        Comparison comparison = new Comparison(parser.get());
        List<String> statements = Corpus.statements(corpus());

        // When
        statements.forEach(comparison::compare);

        // Then
        assertTrue(comparison.accepted >= 400, () -> "only " + comparison.accepted + " accepted");
        assertEquals(List.of(), comparison.misses);
        assertEquals(List.of(), comparison.opaquePlain);
    }

    @Test
    @DisplayName("a message of several statements is cut where the real parser cuts it")
    void messagesAreCutAlike() throws IOException {
        // Given
        Optional<LibPgQuery> parser = LibPgQuery.load();
        assumeTrue(parser.isPresent(), "libpg_query is not installed: apt-get install libpg-query-dev");
        Comparison comparison = new Comparison(parser.get());
        List<String> statements = Corpus.statements(corpus());

        // When
        for (int i = 0; i + 3 <= statements.size(); i += 3) {
            comparison.compare(String.join(";;\n", statements.subList(i, i + 3)) + ";");
        }

        // Then
        assertTrue(comparison.accepted > 100);
        assertEquals(
                List.of(),
                comparison.misses.stream()
                        .filter(miss -> miss.startsWith("split"))
                        .toList());
    }

    private static String corpus() throws IOException {
        try (InputStream in = LibPgQueryOracleTest.class.getResourceAsStream("/io/sallyport/postgres/sql/corpus.sql")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
