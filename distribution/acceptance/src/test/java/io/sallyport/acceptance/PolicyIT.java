package io.sallyport.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The policy tools of the zip, on the demo's configuration")
class PolicyIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Demo demo = Demo.shared();

    private final Path directory;

    PolicyIT(@TempDir Path directory) {
        this.directory = directory;
    }

    @ParameterizedTest
    @DisplayName("explain what becomes of statements, commands and requests, with grant and rule")
    @CsvSource(
            delimiter = '|',
            value = {
                "app  | SELECT id FROM orders                  | ALLOW     | app-dev  |",
                "app  | DROP TABLE customers                   | DENY      | app-dev  | D2/1",
                "app  | UPDATE orders SET note = 'x'           | HOLD      | app-dev  | A1/1",
                "app  | SELECT * FROM pg_authid                | DENY      | app-dev  | scope",
                "app  | SET ROLE postgres                      | DENY      | app-dev  | scope",
                "web1 | ls -l /var/log                         | ALLOW     | web1-dev |",
                "web1 | rm -rf /srv                            | DENY      | web1-dev | S1/1",
                "web1 | read /etc/hosts                        | ALLOW     | web1-dev |",
                "prod | get prod/secrets/db                    | ALLOW     | prod-dev |",
                "prod | delete prod/pods/web-1                 | DENY      | prod-dev | K1/1",
                "no   | SELECT 1                               | NO_ACCESS |          |",
            })
    void explain(String target, String request, String verdict, String grant, String rule) throws IOException {
        // When
        Demo.Run run = policy(
                "explain",
                "--config",
                configuration(),
                "--output",
                "json",
                "demo:alice",
                target,
                request,
                "--group",
                "dev",
                "--claims",
                "{\"name\":\"Alice\"}");

        // Then
        assertEquals(0, run.exit(), run.all());
        JsonNode answer = JSON.readTree(run.out());
        assertEquals(verdict, answer.path("verdict").asText(), run.out());
        assertEquals(
                grant == null ? "" : grant, answer.path("terms").path("grant").asText(""), run.out());
        assertEquals(rule == null ? "null" : rule, answer.path("rule").asText("null"), run.out());
    }

    @Test
    @DisplayName("refuse with the rule and the reason that psql is refused with")
    void asPsqlSees() throws IOException {
        // Given
        String statement = "DROP TABLE customers";
        Demo.Run explained = policy(
                "explain",
                "--config",
                configuration(),
                "--output",
                "json",
                "demo:alice",
                "app",
                statement,
                "--group",
                "dev",
                "--claims",
                "{\"name\":\"Alice\"}");
        JsonNode answer = JSON.readTree(explained.out());

        // When
        Demo.Run refused = demo.psql("app", "TOK", "-c", statement);

        // Then
        String expected = "sallyport: " + answer.path("reason").asText() + " ["
                + answer.path("rule").asText() + "]";
        assertTrue(refused.error().contains(expected), refused.error() + explained.out());
    }

    @Test
    @DisplayName("expect of statements on the demo's tables what psql meets, though no catalog was looked at")
    void asPsqlMeets() throws IOException {
        // Given
        List<String> statements = List.of(
                "SELECT id FROM orders",
                "SELECT * FROM customers",
                "SELECT count(*) FROM pg_class",
                "SELECT * FROM pg_shadow",
                "SELECT now(), version()",
                "SELECT pg_read_file('/etc/passwd')",
                "SELECT pg_sleep(0)",
                "TABLE information_schema.tables",
                "INSERT INTO customers (id) VALUES (99)",
                "WITH gone AS (DELETE FROM customers RETURNING id) SELECT * FROM gone",
                "TRUNCATE audit_log",
                "DROP SCHEMA public CASCADE",
                "ALTER ROLE postgres SUPERUSER",
                "CREATE ROLE evil",
                "COPY orders TO PROGRAM 'cat'",
                "COPY customers FROM '/etc/passwd'",
                "SET work_mem = '1MB'",
                "SET log_statement = 'none'",
                "SHOW search_path",
                "DO $$ BEGIN PERFORM 1; END $$",
                "LISTEN news",
                "SELECT set_config('role', 'postgres', false)",
                "EXPLAIN SELECT * FROM orders",
                "BEGIN; COMMIT");
        StringBuilder table = new StringBuilder("config: " + configuration() + "\ntests:\n");
        for (String statement : statements) {
            String error = demo.psql("app", "TOK", "-c", statement).error();
            int from = error.indexOf("ERROR:  sallyport: ");
            String expected = from < 0 ? "allow" : "deny, rule: \"" + rule(error.substring(from)) + "\"";
            table.append("  - { who: dev, target: app, what: \"")
                    .append(statement)
                    .append("\", expect: ")
                    .append(expected)
                    .append(" }\n");
        }
        table.append("principals: { dev: { issuer: demo, subject: alice, groups: [dev], claims: { name: Alice } } }\n");

        // When
        Demo.Run run = policy(
                "test", Files.writeString(directory.resolve("met.yaml"), table).toString());

        // Then
        assertEquals(statements.size() + " passed, 0 failed", run.out().strip(), run.all() + table);
    }

    /** What stands in brackets before the session. */
    private static String rule(String error) {
        int end = error.indexOf("] (session ");
        return error.substring(error.lastIndexOf('[', end) + 1, end);
    }

    @Test
    @DisplayName("run a table of tests, and tell failing rows with their lines and the exit code 1")
    void test() throws IOException {
        // Given
        Path table = Files.writeString(directory.resolve("table.yaml"), """
                config: %s
                principals:
                  dev: { issuer: demo, subject: alice, groups: [dev], claims: { name: Alice } }
                tests:
                  - { who: dev, target: app, what: "SELECT * FROM orders", expect: allow, grant: app-dev }
                  - { who: dev, target: app, what: "DELETE FROM customers", expect: deny, rule: D1/1 }
                  - { who: dev, target: app, what: "DELETE FROM orders WHERE id = 1", expect: hold, rule: A1/1 }
                """.formatted(configuration()));

        // When
        Demo.Run passing = policy("test", table.toString());
        Files.writeString(table, Files.readString(table).replace("expect: hold", "expect: allow"));
        Demo.Run failing = policy("test", table.toString());
        Files.writeString(table, Files.readString(table).replace("expect: deny", "expect: dney"));
        Demo.Run wrong = policy("test", table.toString());

        // Then
        assertEquals("3 passed, 0 failed", passing.out().strip(), passing.all());
        assertEquals(0, passing.exit());
        assertTrue(failing.out().contains("table.yaml:7: DELETE FROM orders"), failing.all());
        assertTrue(failing.out().contains("expected verdict allow, found hold"), failing.all());
        assertEquals(1, failing.exit());
        assertTrue(wrong.error().contains("did you mean 'deny'?"), wrong.all());
        assertEquals(2, wrong.exit());
    }

    @Test
    @DisplayName("lint the demo's configuration: wide on purpose, but nothing in it is dead")
    void lint() throws IOException {
        // When
        Demo.Run warnings = policy("lint", configuration(), "--output", "json");
        Demo.Run errors = policy("lint", configuration(), "--fail-on", "error");

        // Then
        List<String> codes = new ArrayList<>();
        JSON.readTree(warnings.out())
                .forEach(finding -> codes.add(finding.path("code").asText()));
        assertEquals(1, warnings.exit(), warnings.all());
        assertEquals(0, errors.exit(), errors.all());
        assertTrue(codes.containsAll(List.of("opaque-allowed", "no-expiry", "static-credential")), codes::toString);
        assertTrue(errors.out().contains("warning [opaque-allowed] grants["), errors.out());
    }

    private String configuration() {
        return demo.directory().resolve("sallyport.yaml").toString();
    }

    private Demo.Run policy(String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of("policy"));
        all.addAll(List.of(arguments));
        return demo.sallyport("TOK", all.toArray(String[]::new));
    }
}
