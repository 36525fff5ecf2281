package io.sallyport.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The cases of approval that need whole clients. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("An approval, on the unpacked zip")
class ApprovalCasesIT {

    private static final Demo DEMO = Demo.shared();
    private static final Duration WAIT = Duration.ofSeconds(Integer.getInteger("sallyport.approver", 20));

    private final Path directory;
    private final GatewayProcess gateway;
    private final AdminApi bob;
    private final AdminApi carol;
    private final List<String> seen = new ArrayList<>();

    ApprovalCasesIT(@TempDir Path directory) throws IOException {
        this.directory = directory;
        this.gateway = GatewayProcess.start(DEMO, "-Xmx256m", text -> text);
        this.bob = gateway.admin("TOK_BOB");
        this.carol = gateway.admin("TOKEN_APPROVER");
    }

    @AfterAll
    void stop() throws IOException {
        gateway.close();
    }

    @Test
    @DisplayName(
            "APPR-01: who asked is refused by API, CLI and a second token, each try is recorded; another approver's yes"
                    + " counts")
    void notByOneself() throws Exception {
        // Given
        row(801);
        AdminApi second = new AdminApi(DEMO, gateway.adminUrl(), secondToken("bob"));
        try (RawPostgres client = gateway.login("app", "TOK_BOB")) {
            client.query("UPDATE orders SET note = 'own' WHERE id = 801").send();
            String approval = awaitHold();

            // When
            AdminApi.Answer api = bob.decide(approval, true).join();
            AdminApi.Answer other = second.decide(approval, true).join();
            Demo.Run cli = gateway.cli("TOK_BOB", "approvals", "approve", approval);
            String untouched = note(801);
            AdminApi.Answer carols = carol.decide(approval, true).join();
            RawPostgres.Frame done = client.until('C');

            // Then
            for (AdminApi.Answer own : List.of(api, other)) {
                assertEquals(403, own.status(), own.toString());
                assertTrue(own.body().toString().contains("you asked for this yourself"), own.toString());
            }
            assertEquals(1, cli.exit(), cli.all());
            assertTrue(cli.error().contains("you asked for this yourself"), cli.all());
            assertEquals("n", untouched);
            assertEquals("approved", carols.body().path("result").asText(), carols.toString());
            assertTrue(done.text().startsWith("UPDATE 1"), done.text());
            Demo.await(Duration.ofSeconds(5), () -> decisions(approval, "not-allowed") == 3);
        }
    }

    @Test
    @DisplayName(
            "APPR-05: a yes is for exactly what was shown, once: other values, another search path, another session and"
                    + " the same again each ask anew")
    void bound() throws Exception {
        // Given
        row(802);
        row(803);
        try (RawPostgres client = gateway.login("app", "TOK");
                RawPostgres another = gateway.login("app", "TOK")) {
            client.parse("s", "UPDATE public.orders SET note = $1 WHERE id = $2")
                    .sync()
                    .exchange();
            client.bind("", "s", "x", "802").execute("", 0).sync().send();
            String first = awaitHold();
            approve(first);
            client.exchange();
            assertEquals("x", note(802));
            DEMO.change("app", "UPDATE orders SET note = 'n' WHERE id = 802");

            // When
            List<String> asked = new ArrayList<>(List.of(first));
            asked.add(askedAnew(client.bind("", "s", "x", "803").execute("", 0).sync()));
            asked.add(askedAnew(client.bind("", "s", "x", "802").execute("", 0).sync()));
            client.query("SET search_path = pg_catalog").exchange();
            asked.add(askedAnew(client.bind("", "s", "x", "802").execute("", 0).sync()));
            another.parse("s", "UPDATE public.orders SET note = $1 WHERE id = $2")
                    .sync()
                    .exchange();
            asked.add(askedAnew(another.bind("", "s", "x", "802").execute("", 0).sync()));

            // Then
            assertEquals(5, asked.stream().distinct().count(), asked.toString());
            assertEquals("n", note(802));
            assertEquals("n", note(803));
            List<String> digests = new ArrayList<>();
            for (String approval : asked) {
                digests.add(carol.approval(approval).path("digest").asText());
            }
            assertNotEquals(digests.get(0), digests.get(1), "other values");
            assertEquals(digests.get(0), digests.get(2), "the same again");
            assertNotEquals(digests.get(0), digests.get(3), "another search path");
        }
    }

    @Test
    @DisplayName(
            "APPR-06 (Postgres): psql reads the approval's id at once and waits; a driver that gives up after 3 s has its"
                    + " request withdrawn")
    void postgresWaits() throws Exception {
        // Given
        Demo.needsClients();
        row(804);
        row(805);
        Client psql = start(
                "psql",
                Map.of("PGPASSWORD", DEMO.variable("TOK")),
                "psql",
                "host=127.0.0.1 port=" + gateway.port() + " dbname=app user=x sslmode=verify-full sslrootcert="
                        + DEMO.variable("CA_FILE"),
                "-XAt",
                "-c",
                "UPDATE orders SET note = 'waited' WHERE id = 804");
        String approval = awaitHold();
        Demo.await(Duration.ofSeconds(2), () -> psql.text().contains(approval));

        // When
        Properties impatient = new Properties();
        impatient.setProperty("socketTimeout", "3");
        SQLException gaveUp;
        String withdrawn;
        try (Connection driver = gateway.connect("app", "TOK", impatient);
                Statement statement = driver.createStatement()) {
            gaveUp = assertThrows(
                    SQLException.class, () -> statement.execute("UPDATE orders SET note = 'impatient' WHERE id = 805"));
            withdrawn = awaitState("withdrawn", "id = 805");
        }
        await(psql, WAIT);
        approve(approval);

        // Then
        assertTrue(psql.process().waitFor(5, TimeUnit.SECONDS), psql.text());
        assertTrue(psql.text().contains("NOTICE") && psql.text().contains("UPDATE 1"), psql.text());
        assertEquals("waited", note(804));
        assertEquals("n", note(805));
        assertFalse(withdrawn.isEmpty(), gaveUp.toString());
    }

    @Test
    @DisplayName("APPR-06 (SSH): a command that waits answers its client's keepalives and then runs")
    void sshWaits() throws Exception {
        // Given
        Ssh.needs("ssh");
        Ssh ssh = Ssh.of(DEMO, gateway.portOf("SSH_PORT"), "TOK", directory);
        Client client = start(
                "ssh",
                ssh.environment(),
                "ssh",
                "-F",
                ssh.config().toString(),
                "-o",
                "ServerAliveInterval=1",
                "-o",
                "ServerAliveCountMax=3",
                "web1",
                "sudo -n true; echo code $?");
        String approval = awaitHold();
        Demo.await(Duration.ofSeconds(2), () -> client.text().contains(approval));

        // When
        await(client, WAIT);
        approve(approval);

        // Then
        assertTrue(client.process().waitFor(10, TimeUnit.SECONDS), client.text());
        assertTrue(client.text().contains("code "), client.text());
        assertEquals(0, client.process().exitValue(), client.text());
    }

    @Test
    @DisplayName(
            "APPR-02 (SSH, Kubernetes): a client that is killed while it waits withdraws its request within seconds, and"
                    + " nothing runs")
    void clientsLeave() throws Exception {
        // Given
        Ssh.needs("ssh");
        Kubectl.needed();
        Ssh ssh = Ssh.of(DEMO, gateway.portOf("SSH_PORT"), "TOK", directory);
        for (String kind : List.of("ssh", "kubectl")) {
            Client client = kind.equals("ssh")
                    ? start(kind, ssh.environment(), "ssh", "-F", ssh.config().toString(), "web1", "sudo touch left")
                    : exec("touch", "/tmp/left");
            String approval = awaitHold();

            // When
            client.process().destroyForcibly().waitFor();

            // Then
            Demo.await(Duration.ofSeconds(5), () -> state(approval).equals("withdrawn"));
            AdminApi.Answer late = carol.decide(approval, true).join();
            assertEquals(409, late.status(), late.toString());
            assertEquals("withdrawn", late.body().path("state").asText(), late.toString());
        }
    }

    @Test
    @DisplayName("APPR-06 (Kubernetes): kubectl exec waits in place and then runs")
    void kubectlWaits() throws Exception {
        // Given
        Kubectl.needed();
        Client client = exec("echo", "waited");
        String approval = awaitHold();

        // When
        await(client, WAIT);
        approve(approval);

        // Then
        assertTrue(client.process().waitFor(10, TimeUnit.SECONDS), client.text());
        assertTrue(client.text().contains("waited"), client.text());
    }

    /** A client that goes on, and what it has said so far. */
    private record Client(Process process, Path out) {

        String text() {
            try {
                return Files.readString(out);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private Client start(String name, Map<String, String> environment, String... command) throws IOException {
        Path out = Files.createTempFile(directory, name, ".out");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .redirectInput(ProcessBuilder.Redirect.PIPE);
        builder.environment().putAll(environment);
        return new Client(builder.start(), out);
    }

    /** A command in the demo's pod {@code web-1} of the namespace where exec waits for people. */
    private Client exec(String... command) throws IOException {
        Path kubeconfig = directory.resolve("kubeconfig");
        Files.writeString(
                kubeconfig,
                Files.readString(Path.of(DEMO.variable("KUBECONFIG")))
                        .replace(":" + DEMO.variable("K8S_PORT") + "/", ":" + gateway.portOf("K8S_PORT") + "/")
                        .replace("ca.crt", DEMO.variable("CA_FILE")));
        List<String> whole = new ArrayList<>(List.of(Kubectl.binary().toString(), "exec", "-n", "stage", pod(), "--"));
        whole.addAll(List.of(command));
        return start(
                "kubectl",
                Map.of(
                        "KUBECONFIG",
                        kubeconfig.toString(),
                        "HOME",
                        directory.toString(),
                        "KUBECTL_REMOTE_COMMAND_WEBSOCKETS",
                        "true"),
                whole.toArray(String[]::new));
    }

    private String pod() throws IOException {
        Demo.Run pods = Kubectl.run(
                directory.resolve("kubeconfig").toString(),
                directory,
                List.of("get", "pods", "-n", "stage", "-o", "jsonpath={.items[0].metadata.name}"));
        assertFalse(pods.out().isBlank(), pods.toString());
        return pods.out();
    }

    /** Time passes and the client still waits. */
    private static void await(Client client, Duration time) throws InterruptedException {
        assertFalse(client.process().waitFor(time.toMillis(), TimeUnit.MILLISECONDS), client::text);
    }

    /** Sends, and tells under which new approval it waits; it is rejected then. */
    private String askedAnew(RawPostgres client) throws IOException {
        client.send();
        String approval = awaitHold();
        assertEquals(200, carol.decide(approval, false).join().status());
        assertEquals(List.of("42501"), RawPostgres.codes(client.exchange()));
        return approval;
    }

    private void approve(String approval) {
        AdminApi.Answer answer = carol.decide(approval, true).join();
        assertEquals("approved", answer.body().path("result").asText(), answer.toString());
    }

    /** The approval that waits and was not there before. */
    private String awaitHold() {
        String[] found = new String[1];
        Demo.await(Duration.ofSeconds(15), () -> {
            for (JsonNode approval : approvals("pending")) {
                String id = approval.path("id").asText();
                if (!seen.contains(id)) {
                    found[0] = id;
                }
            }
            return found[0] != null;
        });
        seen.add(found[0]);
        return found[0];
    }

    private String awaitState(String state, String text) {
        String[] found = {""};
        Demo.await(Duration.ofSeconds(5), () -> {
            for (JsonNode approval : approvals(state)) {
                String id = approval.path("id").asText();
                if (whole(id).toString().contains(text)) {
                    found[0] = id;
                }
            }
            return !found[0].isEmpty();
        });
        seen.add(found[0]);
        return found[0];
    }

    private List<JsonNode> approvals(String states) {
        try {
            return carol.approvals(states);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonNode whole(String approval) {
        try {
            return carol.approval(approval);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String state(String approval) {
        return whole(approval).path("state").asText();
    }

    /** How many decisions about an approval the journal has with this outcome. */
    private long decisions(String approval, String outcome) {
        try {
            return gateway.records().stream()
                    .filter(record -> record.path("type").asText().equals("admin"))
                    .map(record -> record.path("payload"))
                    .filter(payload -> payload.path("approval").asText().equals(approval))
                    .filter(payload -> payload.path("decision").asText().equals(outcome))
                    .count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Another token of the same person. */
    private static String secondToken(String name) throws IOException {
        Demo.Run run = Demo.run(
                Map.of(),
                List.of(
                        Demo.home().resolve("bin/sallyport").toString(),
                        "demo",
                        "token",
                        name,
                        "--dir",
                        DEMO.directory().toString()));
        assertEquals(0, run.exit(), run.all());
        return run.out().strip();
    }

    private static void row(int id) throws SQLException {
        DEMO.change("app", "DELETE FROM orders WHERE id = " + id);
        DEMO.change("app", "INSERT INTO orders VALUES (" + id + ", 'n')");
    }

    private static String note(int id) throws SQLException {
        return DEMO.truth("app", "SELECT note FROM orders WHERE id = " + id);
    }
}
