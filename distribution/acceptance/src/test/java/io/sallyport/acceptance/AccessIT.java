package io.sallyport.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Access for a time on all three protocols: carol, whom no other grant names, asks; bob decides. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("Access for a time, on the unpacked zip")
class AccessIT {

    private static final Demo DEMO = Demo.shared();
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final String GRANTS = """
              - name: on-call
                who: { issuer: demo, groups: [dba] }
                targets: [app, web1, prod]
                access: { by: request, approvers: { issuer: demo, groups: [dba], required: 1 }, longest: 2h }
                scope:
                  - { verbs: ["*"], resources: ["**", "function:**"] }
                opaque: allow
                unmaskable: allow
                uncovered: allow
              - name: emergency
                who: { issuer: demo, groups: [dba] }
                targets: [bench]
                access: { by: break-glass, longest: 30m, ticket: true }
                scope:
                  - { verbs: ["*"], resources: ["**", "function:**"] }
                opaque: allow
                uncovered: allow
            """;

    private final Path directory;
    private final GatewayProcess gateway;
    private final Path kubeconfig;
    private final Ssh ssh;
    private final AdminApi bob;

    AccessIT(@TempDir Path directory) throws IOException {
        this.directory = directory;
        this.gateway = GatewayProcess.start(DEMO, "-Xmx256m", AccessIT::configuration);
        this.kubeconfig = kubeconfig();
        this.ssh = Ssh.of(DEMO, gateway.portOf("SSH_PORT"), "TOKEN_APPROVER", directory);
        this.bob = gateway.admin("TOK_BOB");
    }

    private static String configuration(String text) {
        return text.replace("role: auditor }", "role: auditor }\n    - { issuer: demo, groups: [dba], role: admin }")
                + GRANTS;
    }

    @BeforeAll
    void clients() {
        Ssh.needs("ssh");
        Kubectl.needed();
        Demo.needsClients();
    }

    @AfterAll
    void stop() throws IOException {
        gateway.close();
    }

    @Test
    @DisplayName(
            "is asked for and approved on the command line, opens all three protocols, and its end cuts them within a"
                    + " second")
    void revokedAccess() throws Exception {
        // Given
        Demo.Run before = gateway.psql("app", "TOKEN_APPROVER", "-c", "SELECT 1");
        assertTrue(
                before.error().contains("has to be asked for: sallyport access request --grant on-call"),
                before.error());
        String id = approved("2h");
        List<Open> open = open();

        // When
        AdminApi.Answer answer = bob.post("/api/v1/access-requests/" + id + "/revocation", "{\"reason\":\"enough\"}");

        // Then
        assertEquals(200, answer.status(), answer.toString());
        ended(open, "access was revoked: enough");
        assertTrue(
                gateway.psql("app", "TOKEN_APPROVER", "-c", "SELECT 1").error().contains("has to be asked for"));
        Demo.await(Duration.ofSeconds(5), () -> events("access-request", "access-approve", "access-revoke"));
        Demo.await(Duration.ofSeconds(5), () -> records("session-opened", "/access", id) == open.size());
    }

    @Test
    @DisplayName(
            "ends with its grant: a revoked grant cuts its sessions on all three protocols within a second, until that"
                    + " is lifted")
    void revokedGrant() throws Exception {
        // Given
        String id = approved("2h");
        List<Open> open = open();

        // When
        AdminApi.Answer answer = bob.post("/api/v1/revocations", "{\"grant\":\"on-call\",\"reason\":\"under review\"}");

        // Then
        assertEquals(201, answer.status(), answer.toString());
        ended(open, "access was revoked: under review");
        Demo.Run refused = gateway.psql("app", "TOKEN_APPROVER", "-c", "SELECT 1");
        assertTrue(refused.error().contains("access was revoked: under review"), refused.error());
        Demo.Run lift = gateway.cli("TOK_BOB", "revocations", "lift", "--grant", "on-call", "--reason", "reviewed");
        assertEquals(0, lift.exit(), lift.all());
        Demo.Run again = gateway.psql("app", "TOKEN_APPROVER", "-c", "SELECT 1");
        assertEquals("1", again.out().strip(), again.error());
        bob.post("/api/v1/access-requests/" + id + "/revocation", "{}");
    }

    @Test
    @DisplayName("is over when its time is, and so are its sessions on all three protocols")
    void over() throws Exception {
        // Given
        approved("1m");
        Instant approved = Instant.now();
        List<Open> open = open();

        // When
        Demo.await(Duration.ofSeconds(70), () -> open.stream()
                .allMatch(one -> !one.process().isAlive()));
        Duration lasted = Duration.between(approved, Instant.now());

        // Then
        assertTrue(lasted.compareTo(Duration.ofSeconds(61)) < 0, "it lasted " + lasted);
        assertTrue(lasted.compareTo(Duration.ofSeconds(57)) > 0, "it lasted " + lasted);
        assertTrue(
                gateway.psql("app", "TOKEN_APPROVER", "-c", "SELECT 1").error().contains("has to be asked for"));
    }

    @Test
    @DisplayName(
            "is one for gateways that share a store: approved on one, it opens another, and revoked on the one it ends there")
    void twoGateways() throws Exception {
        // Given
        try (LoggedPostgres store = LoggedPostgres.start();
                GatewayProcess one = sharing(store, "one");
                GatewayProcess other = sharing(store, "other")) {
            AdminApi carol = one.admin("TOKEN_APPROVER");
            AdminApi decider = one.admin("TOK_BOB");
            String id = carol.post(
                            "/api/v1/access-requests",
                            "{\"grant\":\"on-call\",\"seconds\":3600,\"reason\":\"a page at night\"}")
                    .body()
                    .path("id")
                    .asText();
            AdminApi.Answer yes = decider.post("/api/v1/access-requests/" + id + "/decision", "{\"approve\":true}");
            assertEquals("approved", yes.body().path("result").asText(), yes.toString());
            Demo.await(
                    Duration.ofSeconds(5), () -> psql(other, "SELECT 1").out().equals("1\n"));
            try (RawPostgres session = other.login("app", "TOKEN_APPROVER")) {
                assertEquals(
                        List.of(List.of("1")),
                        RawPostgres.rows(session.query("SELECT 1").exchange()));

                // When
                long begun = System.nanoTime();
                AdminApi.Answer end =
                        decider.post("/api/v1/access-requests/" + id + "/revocation", "{\"reason\":\"enough\"}");
                List<RawPostgres.Frame> last = session.exchangeUntilClosed(Duration.ofSeconds(5));
                Duration took = Duration.ofNanos(System.nanoTime() - begun);

                // Then
                assertEquals(200, end.status(), end.toString());
                assertEquals(List.of("57P01"), RawPostgres.codes(last));
                assertTrue(took.compareTo(Duration.ofSeconds(2)) < 0, "it took " + took);
                System.out.println("on another gateway a revocation took " + took);
                assertTrue(psql(other, "SELECT 1").error().contains("has to be asked for"));
            }
        }
    }

    private static GatewayProcess sharing(LoggedPostgres store, String node) throws IOException {
        return GatewayProcess.start(DEMO, "-Xmx256m", text -> configuration(text)
                .replace("node: demo", "node: " + node)
                .replace(
                        "\"jdbc:sqlite:./store.db\"",
                        "\"jdbc:postgresql://127.0.0.1:" + store.port() + "/postgres\", user: postgres"));
    }

    private static Demo.Run psql(GatewayProcess gateway, String sql) {
        try {
            return gateway.psql("app", "TOKEN_APPROVER", "-c", sql);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    @DisplayName("with break-glass is in force at once, with a reason and a ticket, and is told loudly")
    void breakGlass() throws Exception {
        // Given
        Demo.Run before = gateway.psql("bench", "TOKEN_APPROVER", "-c", "SELECT 1");
        assertTrue(before.error().contains("--grant emergency"), before.error());
        List<String> ask =
                List.of("access", "request", "--grant", "emergency", "--for", "30m", "--reason", "the site is down");

        // When
        Demo.Run noTicket = gateway.cli("TOKEN_APPROVER", ask.toArray(String[]::new));
        List<String> withTicket = new ArrayList<>(ask);
        withTicket.addAll(List.of("--ticket", "INC-7"));
        Demo.Run open = gateway.cli("TOKEN_APPROVER", withTicket.toArray(String[]::new));
        Demo.Run used = gateway.psql("bench", "TOKEN_APPROVER", "-c", "SELECT 1");

        // Then
        assertEquals(1, noTicket.exit(), noTicket.all());
        assertEquals(0, open.exit(), open.all());
        assertTrue(open.out().contains("nobody approved this, and it is recorded"), open.all());
        assertEquals("1", used.out().strip(), used.error());
        assertTrue(gateway.log().contains("BREAK GLASS: carol"), gateway.log());
        Demo.await(Duration.ofSeconds(5), () -> records("break-glass", "/ticket", "INC-7") == 1);
        Demo.await(Duration.ofSeconds(5), () -> records("session-opened", "/break-glass", "true") == 1);
    }

    /** Asks as carol and approves as bob, both on the command line. */
    private String approved(String time) throws IOException {
        Demo.Run asked = gateway.cli(
                "TOKEN_APPROVER",
                "access",
                "request",
                "--grant",
                "on-call",
                "--for",
                time,
                "--reason",
                "a page at night",
                "--output",
                "json");
        assertEquals(0, asked.exit(), asked.all());
        String id = GatewayProcess.parse(asked.out()).path("id").asText();
        Demo.Run own = gateway.cli("TOKEN_APPROVER", "access", "approve", id);
        assertTrue(own.error().contains("you asked for this yourself"), own.all());
        Demo.Run approved = gateway.cli("TOK_BOB", "access", "approve", id, "--comment", "go");
        assertEquals(0, approved.exit(), approved.all());
        return id;
    }

    /** A client that would go on for minutes. */
    private record Open(String name, Process process, Path out) {}

    /** psql in a statement, ssh in a command, kubectl in a watch: each has shown that it is through. */
    private List<Open> open() throws IOException {
        List<Open> open = List.of(
                start(
                        "psql",
                        Map.of("PGPASSWORD", DEMO.variable("TOKEN_APPROVER")),
                        "psql",
                        "host=127.0.0.1 port=" + gateway.port() + " dbname=app user=x sslmode=verify-full sslrootcert="
                                + DEMO.variable("CA_FILE"),
                        "-XAt",
                        "-c",
                        "SELECT 'through'",
                        "-c",
                        "SELECT pg_sleep(300)"),
                start(
                        "ssh",
                        ssh.environment(),
                        "ssh",
                        "-F",
                        ssh.config().toString(),
                        "web1",
                        "echo through; sleep 300"),
                start(
                        "kubectl",
                        Map.of("KUBECONFIG", kubeconfig.toString(), "HOME", directory.toString()),
                        Kubectl.binary().toString(),
                        "--context",
                        "carol",
                        "get",
                        "pods",
                        "-n",
                        "web",
                        "--watch"));
        for (Open one : open) {
            Demo.await(Duration.ofSeconds(20), () -> {
                assertTrue(one.process().isAlive(), () -> one.name() + ": " + text(one.out()));
                return text(one.out()).contains(one.name().equals("kubectl") ? "site" : "through");
            });
        }
        return open;
    }

    private Open start(String name, Map<String, String> environment, String... command) throws IOException {
        Path out = Files.createTempFile(directory, name, ".out");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .redirectInput(ProcessBuilder.Redirect.PIPE);
        builder.environment().putAll(environment);
        return new Open(name, builder.start(), out);
    }

    /** All of them end within a second from now; those that can show a reason show this one. */
    private static void ended(List<Open> open, String reason) throws InterruptedException {
        long deadline = System.nanoTime() + SECOND.toNanos();
        for (Open one : open) {
            long left = deadline - System.nanoTime();
            assertTrue(
                    one.process().waitFor(Math.max(left, 1), TimeUnit.NANOSECONDS),
                    one.name() + " goes on: " + text(one.out()));
        }
        for (Open one : open) {
            if (!one.name().equals("kubectl")) {
                assertTrue(text(one.out()).contains(reason), one.name() + ": " + text(one.out()));
            }
        }
    }

    private boolean events(String... wanted) {
        return List.of(wanted).stream().allMatch(event -> records("admin", "/event", event) > 0);
    }

    private long records(String type, String pointer, String value) {
        try {
            return gateway.records().stream()
                    .filter(record -> record.path("type").asText().equals(type))
                    .map(record -> record.path("payload").at(pointer))
                    .map(JsonNode::asText)
                    .filter(value::equals)
                    .count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The demo's kubeconfig with this gateway's port and carol. */
    private Path kubeconfig() throws IOException {
        String text = Files.readString(Path.of(DEMO.variable("KUBECONFIG")))
                .replace(":" + DEMO.variable("K8S_PORT") + "/", ":" + gateway.portOf("K8S_PORT") + "/")
                .replace("ca.crt", DEMO.variable("CA_FILE"))
                .replace(
                        "contexts:\n",
                        "  - { name: carol, user: { token: \"" + DEMO.variable("TOKEN_APPROVER") + "\" } }\n"
                                + "contexts:\n"
                                + "  - { name: carol, context: { cluster: prod, user: carol, namespace: web } }\n");
        return Files.writeString(directory.resolve("kubeconfig"), text);
    }
}
