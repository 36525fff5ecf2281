package io.sallyport.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Scripted sessions of drivers that are not Java's, each with its own habits; psql and pgjdbc are all over the other tests. */
@DisplayName("Drivers through the gateway")
class DriversIT {

    private static final Demo DEMO = Demo.shared();
    private static final Path SCRIPTS = Path.of("src/test/drivers").toAbsolutePath();

    private static List<String> steps(String... command) throws IOException {
        Demo.Run run = Demo.run(
                Map.of(
                        "PG_PORT",
                        DEMO.variable("PG_PORT"),
                        "CA_FILE",
                        DEMO.variable("CA_FILE"),
                        "TOKEN",
                        DEMO.variable("TOK"),
                        "NODE_MODULES",
                        SCRIPTS.toString()),
                List.of(command));
        assertEquals(0, run.exit(), run.all());
        return run.out().lines().map(line -> line.replace("ok ", "")).toList();
    }

    private static boolean runs(String... command) throws IOException {
        try {
            return Demo.run(Map.of(), List.of(command)).exit() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** The interpreter that has a module, Debian's own first, whose packages another one on the path would not see. */
    private static String python(String module) throws IOException {
        for (String candidate : List.of("/usr/bin/python3", "python3")) {
            if (runs(candidate, "-c", "import " + module)) {
                return candidate;
            }
        }
        return Assumptions.abort("no python3 has " + module + ": apt-get install python3-" + module);
    }

    @Test
    @DisplayName(
            "psycopg 3: parameters, pipeline, prepared statements, binary results, COPY, cursors, savepoints, cancel")
    void psycopg3() throws IOException {
        // Given
        String python = python("psycopg");
        // When
        List<String> steps =
                steps(python, SCRIPTS.resolve("session_psycopg3.py").toString());
        // Then
        assertEquals(
                List.of(
                        "parameters",
                        "pipeline",
                        "prepared",
                        "binary",
                        "copy",
                        "cursor",
                        "savepoint",
                        "cancel",
                        "refused and masked"),
                steps);
    }

    @Test
    @DisplayName("psycopg2: values in the text, batches, COPY, named cursors, notices, cancel")
    void psycopg2() throws IOException {
        // Given
        String python = python("psycopg2");
        // When
        List<String> steps =
                steps(python, SCRIPTS.resolve("session_psycopg2.py").toString());
        // Then
        assertEquals(List.of("values", "batches", "copy", "cursor", "notice", "cancel", "refused and masked"), steps);
    }

    @Test
    @DisplayName("node-postgres: parameters, named statements, several statements, COPY streams, cursors, notices")
    void nodePostgres() throws IOException {
        // Given
        Assumptions.assumeTrue(runs("node", "--version"), "Node.js is not installed");
        Assumptions.assumeTrue(
                Files.isDirectory(SCRIPTS.resolve("node_modules/pg")), "npm ci was not run in " + SCRIPTS);
        // When
        List<String> steps =
                steps("node", SCRIPTS.resolve("session_node_postgres.mjs").toString());
        // Then
        assertEquals(
                List.of(
                        "parameters",
                        "named statements",
                        "several at once",
                        "copy",
                        "cursor",
                        "notice",
                        "refused and masked"),
                steps);
    }
}
