package io.sallyport.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the gateway stands on fails: its store, its plugins, its target. */
class FaultsIT {

    private static final Demo DEMO = Demo.shared();
    private static final String TARGET = """
              - name: frail
                connector: pg
                address: postgres://127.0.0.1:%d/postgres
                tls: { mode: disable }
                credential: { user: frail, password: "${file:./app.password}" }

            guardrails:
            """;
    private static final String GRANT = """
              - name: frail
                who: { issuer: demo, groups: [dev] }
                targets: [frail]
                scope: [ { verbs: ["*"], resources: ["**"] } ]
                opaque: allow
                uncovered: allow
            """;

    private static final Deque<AutoCloseable> STARTED = new ArrayDeque<>();

    private static LoggedPostgres frail;
    private static GatewayProcess gateway;

    @BeforeAll
    static void start() throws Exception {
        frail = LoggedPostgres.start();
        STARTED.push(frail);
        frail.change("CREATE ROLE frail LOGIN");
        gateway = GatewayProcess.start(
                DEMO, "-Xmx256m", text -> text.replace("\nguardrails:\n", TARGET.formatted(frail.port())) + GRANT);
        STARTED.push(gateway);
    }

    @AfterAll
    static void stop() throws Exception {
        while (!STARTED.isEmpty()) {
            STARTED.pop().close();
        }
    }

    @Test
    @DisplayName("A store that is down: holds and new sessions are denied, running sessions go on, nothing unjudged")
    void storeDown() throws Exception {
        // Given
        DEMO.change("app", "DELETE FROM orders WHERE id = 600");
        try (LoggedPostgres store = LoggedPostgres.start();
                GatewayProcess onStore = GatewayProcess.start(
                        DEMO,
                        "-Xmx256m",
                        text -> text.replace(
                                "\"jdbc:sqlite:./store.db\"",
                                "\"jdbc:postgresql://127.0.0.1:" + store.port() + "/postgres\", user: postgres"));
                RawPostgres running = onStore.login("app", "TOK")) {
            // When
            store.halt();

            // Then
            List<RawPostgres.Frame> held =
                    running.query("INSERT INTO orders VALUES (600, 'store')").exchange();
            assertEquals(List.of("42501"), RawPostgres.codes(held));
            assertEquals("", DEMO.truth("app", "SELECT id FROM orders WHERE id = 600"));
            Demo.await(Duration.ofSeconds(10), () -> refusal(onStore, "app").contains("store"));
            assertEquals(
                    List.of(List.of("1")),
                    RawPostgres.rows(running.query("SELECT 1").exchange()));

            store.resume();
            Demo.await(Duration.ofSeconds(30), () -> refusal(onStore, "app").isEmpty());
        }
    }

    @Test
    @DisplayName("A plugin that was changed stops the start, and the error names the command that admits it")
    void changedPlugin(@TempDir Path plugins) throws Exception {
        // Given
        Path jar = copyPlugins(plugins, "masking");
        Files.write(jar, new byte[] {0}, StandardOpenOption.APPEND);

        // When
        Demo.Run run = serve(plugins);

        // Then
        assertEquals(2, run.exit(), run.all());
        assertTrue(run.all().contains("sallyport plugins trust"), run.all());
        assertTrue(run.all().contains(String.valueOf(jar.getFileName())), run.all());
    }

    @Test
    @DisplayName("A plugin for another version of the API stops the start, even if it is trusted")
    void otherVersion(@TempDir Path plugins) throws Exception {
        // Given
        Path jar = copyPlugins(plugins, "masking");
        demand(jar, ">=9.0.0 & <10.0.0");
        Demo.Run trusted = Demo.run(
                Map.of(), List.of(Demo.home().resolve("bin/sallyport").toString(), "plugins", "trust", jar.toString()));

        // When
        Demo.Run run = serve(plugins);

        // Then
        assertEquals(0, trusted.exit(), trusted.all());
        assertEquals(2, run.exit(), run.all());
        assertTrue(run.all().contains("9.0.0"), run.all());
        assertTrue(run.all().contains(String.valueOf(jar.getFileName())), run.all());
    }

    @Test
    @DisplayName("PG-35: a terminated backend's 57P01 reaches the client, and the record is closed with the cause")
    void terminated() throws Exception {
        // Given
        try (RawPostgres client = gateway.login("frail", "TOK")) {
            client.query("SELECT 'pg-35-terminated', pg_sleep(60)").send();
            Demo.await(Duration.ofSeconds(10), () -> running("pg-35-terminated"));

            // When
            frail.truth("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'frail'");

            // Then
            List<RawPostgres.Frame> frames = client.quiet(10_000);
            assertEquals(List.of("57P01"), RawPostgres.codes(frames));
            assertTrue(client.closedByServer());
            assertClosed("pg-35-terminated");
        }
    }

    @Test
    @DisplayName(
            "PG-35: a target that dies in the middle of a result is an error of class 08, and the record is closed")
    void killedInResult() throws Exception {
        // Given
        String sql = "SELECT 'pg-35-killed', repeat('x', 1000) FROM generate_series(1, 1000)"
                + " UNION ALL SELECT 'never', pg_sleep(60)::text";
        try (Connection connection = gateway.connect("frail", "TOK", new Properties())) {
            CompletableFuture<String> result = CompletableFuture.supplyAsync(() -> state(connection, sql));
            Demo.await(Duration.ofSeconds(10), () -> running("pg-35-killed"));
            String backend = frail.truth("SELECT pid FROM pg_stat_activity WHERE usename = 'frail'");

            // When
            Demo.run(Map.of(), List.of("kill", "-9", backend));

            // Then
            assertEquals("08006", result.get(10, TimeUnit.SECONDS));
            assertClosed("pg-35-killed");
        } finally {
            Demo.await(Duration.ofSeconds(30), () -> refusal(gateway, "frail").isEmpty());
        }
    }

    private static String state(Connection connection, String sql) {
        try {
            return Demo.all(connection, sql);
        } catch (SQLException e) {
            return String.valueOf(e.getSQLState());
        }
    }

    @Test
    @DisplayName("PG-36: the query of a client that vanished is cancelled at the target within seconds")
    void vanished() throws Exception {
        // Given
        RawPostgres client = gateway.login("frail", "TOK");
        client.query("SELECT 'pg-36', pg_sleep(600)").send();
        Demo.await(Duration.ofSeconds(10), () -> running("pg-36"));

        // When
        client.vanish();

        // Then
        Demo.await(Duration.ofSeconds(5), () -> !running("pg-36"));
        assertClosed("pg-36");
    }

    private static boolean running(String mark) {
        try {
            return !frail.truth("SELECT pid FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%" + mark
                            + "%' AND pid <> pg_backend_pid()")
                    .isEmpty();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** Why a session cannot be opened; empty if it can. */
    private static String refusal(GatewayProcess gateway, String target) {
        try (RawPostgres client = gateway.login(target, "TOK")) {
            client.query("SELECT 1").exchange();
            return "";
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static void assertClosed(String mark) {
        Demo.await(Duration.ofSeconds(10), () -> {
            try {
                List<JsonNode> records = gateway.records();
                return records.stream()
                        .filter(record -> record.path("type").asText().startsWith("action")
                                && record.toString().contains(mark))
                        .map(record -> record.path("session").asText())
                        .anyMatch(session -> ended(records, session));
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
    }

    private static boolean ended(List<JsonNode> records, String session) {
        boolean outcome = false;
        for (JsonNode record : records) {
            if (record.path("session").asText().equals(session)) {
                JsonNode payload = record.path("payload");
                outcome |= record.path("type").asText().equals("outcome")
                        && !payload.path("status").asText().equals("succeeded");
                if (record.path("type").asText().equals("session-closed")) {
                    return outcome
                            && !payload.path("reason").asText().isEmpty()
                            && !payload.path("error").asText().isEmpty();
                }
            }
        }
        return false;
    }

    private static Path copyPlugins(Path to, String changed) throws IOException {
        Path found = null;
        try (Stream<Path> files = Files.list(Demo.home().resolve("plugins"))) {
            for (Path file : files.toList()) {
                Path copy = to.resolve(String.valueOf(file.getFileName()));
                Files.copy(file, copy);
                if (copy.toString().contains(changed)) {
                    found = copy;
                }
            }
        }
        if (found == null) {
            throw new IOException("no plugin " + changed);
        }
        return found;
    }

    private static void demand(Path jar, String range) throws IOException {
        Path changed = Files.createTempFile("plugin-", ".jar");
        try (JarFile in = new JarFile(jar.toFile())) {
            Manifest manifest = new Manifest(in.getManifest());
            manifest.getMainAttributes().putValue("Plugin-Requires", range);
            try (OutputStream file = Files.newOutputStream(changed);
                    JarOutputStream out = new JarOutputStream(file, manifest)) {
                for (var entry : in.stream().toList()) {
                    if (!entry.getName().equals(JarFile.MANIFEST_NAME)) {
                        out.putNextEntry(new ZipEntry(entry.getName()));
                        try (InputStream bytes = in.getInputStream(entry)) {
                            bytes.transferTo(out);
                        }
                        out.closeEntry();
                    }
                }
            }
        }
        Files.move(changed, jar, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    private static Demo.Run serve(Path plugins) throws IOException {
        try (GatewayProcess other = GatewayProcess.configure(DEMO, "-Xmx256m", text -> text)) {
            return Demo.run(
                    Map.of(),
                    List.of(
                            Demo.home().resolve("bin/sallyport").toString(),
                            "serve",
                            other.configuration().toString(),
                            "--plugins",
                            plugins.toString()));
        }
    }
}
