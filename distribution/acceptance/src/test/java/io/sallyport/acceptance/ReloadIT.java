package io.sallyport.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A reload of the running gateway")
class ReloadIT {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private static GatewayProcess gateway;
    private static String original;

    private final Demo demo = Demo.shared();

    @BeforeAll
    static void start() throws IOException {
        gateway = GatewayProcess.start(
                Demo.shared(),
                "",
                text -> text.replace("groups: [dba],   role: approver", "groups: [dba],   role: admin"));
        original = Files.readString(gateway.configuration());
    }

    @AfterAll
    static void stop() throws IOException {
        gateway.close();
    }

    @BeforeEach
    void asItWas() throws Exception {
        int generation = generations();
        if (!Files.readString(gateway.configuration()).equals(original)) {
            Files.writeString(gateway.configuration(), original);
            hangUp();
            Demo.await(Duration.ofSeconds(10), () -> generations() > generation);
        }
    }

    @Test
    @DisplayName("by SIGHUP puts new rules in force for a session that was open, prepared statements too")
    void newRules() throws Exception {
        try (Connection session = connect();
                var prepared = session.prepareStatement("SELECT note FROM public.audit_log")) {
            // Given
            for (int i = 0; i < 8; i++) {
                prepared.executeQuery().close();
            }

            // When
            reload(text -> text.replace(
                    "{ verbs: [drop, truncate], reason:",
                    "{ verbs: [select], resources: [public.audit_log], reason: \"closed today\" }\n"
                            + "        - { verbs: [drop, truncate], reason:"));

            // Then
            SQLException refusal = assertThrows(SQLException.class, prepared::executeQuery);
            assertTrue(String.valueOf(refusal.getMessage()).contains("closed today [D2/1]"), refusal.getMessage());
            assertEquals("1", Demo.all(session, "SELECT 1"));
        }
    }

    @Test
    @DisplayName("ends the sessions of a grant that names others now, within a second")
    void cutsSessions() throws Exception {
        try (Connection session = connect()) {
            // Given
            assertEquals("1", Demo.all(session, "SELECT 1"));

            // When
            reload(text -> text.replace(
                    "- name: app-dev\n    who: { issuer: demo, groups: [dev] }",
                    "- name: app-dev\n    who: { issuer: demo, groups: [nobody] }"));

            // Then
            Demo.await(SECOND, () -> fails(session));
        }
    }

    @Test
    @DisplayName("ends a command on a host within a second too")
    void cutsCommands(@TempDir Path directory) throws Exception {
        // Given
        Ssh.needs("ssh");
        Ssh ssh = Ssh.of(demo, gateway.portOf("SSH_PORT"), "TOK", directory);
        Path out = directory.resolve("out");
        ProcessBuilder builder =
                new ProcessBuilder("ssh", "-F", ssh.config().toString(), "web1", "echo through; sleep 60");
        builder.environment().putAll(ssh.environment());
        Process command = builder.redirectOutput(out.toFile())
                .redirectError(directory.resolve("error").toFile())
                .start();
        try {
            Demo.await(Duration.ofSeconds(20), () -> text(out).contains("through"));

            // When
            reload(text -> text.replace(
                    "- name: web1-dev\n    who: { issuer: demo, groups: [dev] }",
                    "- name: web1-dev\n    who: { issuer: demo, groups: [nobody] }"));

            // Then
            Demo.await(SECOND, () -> !command.isAlive());
        } finally {
            command.destroyForcibly().waitFor();
        }
    }

    private static String text(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    @DisplayName("with a mistake, or with a change that needs a restart, changes nothing and says why")
    void refused() throws Exception {
        // Given
        int before = generations();

        // When
        Files.writeString(gateway.configuration(), original.replace("guardrails: [D1, D2", "guardrails: [D1, D9"));
        Demo.Run mistake = admin("reload");
        Files.writeString(gateway.configuration(), original.replace("node: demo", "node: other"));
        Demo.Run fixed = admin("reload");
        Files.writeString(gateway.configuration(), original);

        // Then
        assertTrue(mistake.error().contains("unknown guardrail 'D9'"), mistake.all());
        assertTrue(fixed.error().contains("a reload cannot change node"), fixed.all());
        assertEquals(List.of(1, 1), List.of(mistake.exit(), fixed.exit()));
        assertEquals(before, generations());
    }

    @Test
    @DisplayName("by the admin API tells the generation and the file's digest, which the journal has with the operator")
    void recorded() throws Exception {
        // When
        Files.writeString(gateway.configuration(), original + "# one more line\n" + "  # and a grant's end\n");
        Files.writeString(
                gateway.configuration(),
                Files.readString(gateway.configuration()).replaceFirst("timeout: 15m", "timeout: 14m"));
        Demo.Run run = admin("reload");

        // Then
        assertEquals(0, run.exit(), run.all());
        String digest = Demo.run(
                        java.util.Map.of(),
                        List.of("sha256sum", gateway.configuration().toString()))
                .out()
                .substring(0, 64);
        assertTrue(run.out().contains("changed: guardrails") && run.out().contains(digest), run.out());
        assertTrue(configurations().contains(digest), configurations());
        assertTrue(configurations().contains("admin"), configurations());
    }

    @Test
    @DisplayName("takes a role from an operator with the next request")
    void operators() throws Exception {
        // Given
        Demo.Run before = gateway.cli("TOKEN_AUDITOR", "policy", "reload", "--show");

        // When
        reload(text -> text.replace("groups: [audit], role: auditor", "groups: [nobody], role: auditor"));

        // Then
        Demo.Run after = gateway.cli("TOKEN_AUDITOR", "policy", "reload", "--show");
        assertEquals(0, before.exit(), before.all());
        assertEquals(1, after.exit(), after.all());
        assertTrue(after.error().contains("this needs one of the roles"), after.all());
    }

    @Test
    @DisplayName("is not needed for a secret: the next session has what the file says then")
    void rotation() throws Exception {
        // Given
        Path password = gateway.directory().resolve("app.password");
        String good = Files.readString(password);
        try (Connection before = connect()) {
            // When
            Files.writeString(password, "rotated-away");
            SQLException refusal = assertThrows(SQLException.class, this::connect);
            String still = Demo.all(before, "SELECT 1");
            Files.writeString(password, good);

            // Then
            assertEquals("1", still);
            assertTrue(String.valueOf(refusal.getMessage()).contains("app"), refusal.getMessage());
            connect().close();
        }
    }

    private static boolean fails(Connection session) {
        try {
            Demo.all(session, "SELECT 1");
            return false;
        } catch (SQLException e) {
            return true;
        }
    }

    private void reload(UnaryOperator<String> change) throws Exception {
        int before = generations();
        String text = change.apply(original);
        assertTrue(!text.equals(original), "nothing was changed");
        Files.writeString(gateway.configuration(), text);
        hangUp();
        Demo.await(Duration.ofSeconds(10), () -> generations() > before);
    }

    private static void hangUp() throws IOException {
        Demo.run(java.util.Map.of(), List.of("kill", "-HUP", Long.toString(gateway.pid())));
    }

    /** How many configurations came into force, as the log tells. */
    private static int generations() {
        return gateway.log().split(" is in force", -1).length;
    }

    private Connection connect() throws SQLException {
        return demo.connect(gateway.port(), "app", "TOK", new Properties());
    }

    private static Demo.Run admin(String command) throws IOException {
        return gateway.cli("TOKEN_APPROVER", "policy", command);
    }

    private static String configurations() throws IOException {
        return gateway.records().stream()
                .filter(record -> record.path("type").asText().equals("configuration"))
                .toList()
                .toString();
    }
}
