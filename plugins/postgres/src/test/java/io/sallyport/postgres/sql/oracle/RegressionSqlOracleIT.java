package io.sallyport.postgres.sql.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The analysis against PostgreSQL's own parser, over PostgreSQL's own regression SQL. The source package is looked for in
 * the directory that {@code SALLYPORT_PG_SOURCE} names, in {@code ~/.cache/sallyport/postgresql-source} and in
 * {@code /usr/share/sallyport/postgresql-source}.
 */
class RegressionSqlOracleIT {

    @Test
    @DisplayName("no miss over PostgreSQL's regression SQL, and plain reads and writes are opaque in less than 2 %")
    void nothingIsMissed() throws IOException {
        // Given
        Optional<LibPgQuery> parser = LibPgQuery.load();
        assumeTrue(parser.isPresent(), "libpg_query is not installed: apt-get install libpg-query-dev");
        Optional<Path> source = source();
        assumeTrue(
                source.isPresent(),
                "no regression SQL: apt-get source postgresql-15, and name its directory in SALLYPORT_PG_SOURCE");
        Comparison comparison = new Comparison(parser.get());

        // When
        try (Stream<Path> files = Files.walk(source.orElseThrow())) {
            for (Path file : files.filter(path -> path.toString().endsWith(".sql"))
                    .sorted()
                    .toList()) {
                Corpus.ofScript(Files.readString(file, StandardCharsets.UTF_8)).forEach(comparison::compare);
            }
        }

        // Then
        System.out.println("regression SQL: " + comparison.accepted + " statements, " + comparison.misses.size()
                + " misses, " + comparison.opaque + " opaque; of " + comparison.plain + " plain ones "
                + comparison.opaquePlain.size());
        assertTrue(comparison.accepted > 30_000);
        assertEquals(List.of(), comparison.misses);
        assertTrue(comparison.opaquePlain.size() * 50 < comparison.plain, comparison.opaquePlain::toString);
    }

    private static Optional<Path> source() {
        String named = System.getenv("SALLYPORT_PG_SOURCE");
        return Stream.of(
                        named == null ? "" : named,
                        System.getProperty("user.home") + "/.cache/sallyport/postgresql-source",
                        "/usr/share/sallyport/postgresql-source")
                .filter(directory -> !directory.isEmpty())
                .map(directory -> Path.of(directory, "src/test/regress/sql"))
                .filter(Files::isDirectory)
                .findFirst();
    }
}
