package io.sallyport.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.api.credential.Credential;
import io.sallyport.api.session.Session;
import io.sallyport.api.session.Sessions;
import io.sallyport.journal.read.JournalReader;
import io.sallyport.journal.record.JournalRecord;
import io.sallyport.journal.record.RecordJson;
import io.sallyport.journal.record.RecordType;
import io.sallyport.launch.StartException;
import io.sallyport.launch.reload.ReloadReport;
import io.sallyport.policy.Explanation.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A reload")
class ReloadTest {

    private static final String HEAD = """
            store: { url: "jdbc:sqlite:./store.db" }
            journal: { directory: ./journal, signing-key: ./journal.key, segment-size: 1MiB }
            issuers: [ { name: demo, issuer: "ISSUER", jwks: "ISSUER/keys", audiences: [sallyport], groups: groups } ]
            connectors: [ { name: talk, type: talking } ]
            targets:
              - name: app
                connector: talk
                address: "talk://127.0.0.1:1/main"
                credential: { user: own, password: "${file:secret}" }
            """;
    private static final String GRANT = """
            guardrails: [ { name: judge, type: stated, config: { effect: deny, verbs: [drop], commands: true } } ]
            grants:
              - name: work
                who: { issuer: demo, groups: [dev] }
                targets: [app]
                scope: [ { verbs: [read, drop], resources: ["public.**"] } ]
                guardrails: [judge]
            """;

    private final Path directory;
    private final TokenIssuer issuer = new TokenIssuer();
    private final CompletableFuture<Sessions.Ending> ended = new CompletableFuture<>();
    private RunningGateway gateway;

    @SuppressWarnings("NullAway.Init")
    ReloadTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @BeforeEach
    void start() throws Exception {
        Files.writeString(directory.resolve("secret"), "first");
        gateway = new RunningGateway(write(GRANT));
    }

    @AfterEach
    void stop() {
        gateway.close();
        issuer.close();
    }

    @Test
    @DisplayName("lets a session go on under the new scope and guardrails, and forgets what was decided before")
    void goesOn() throws Exception {
        // Given
        Session session = open();
        assertEquals(Outcome.ALLOW, gateway.ask(session, "read public.orders").verdict());
        assertEquals(Outcome.DENY, gateway.ask(session, "drop public.orders").verdict());
        write(GRANT.replace("[read, drop]", "[drop]").replace("verbs: [drop], commands", "verbs: [write], commands"));

        // When
        ReloadReport report = gateway.reload();

        // Then
        assertEquals(List.of("grants", "guardrails"), report.changed());
        assertEquals("scope", gateway.ask(session, "read public.orders").rule());
        assertEquals(Outcome.ALLOW, gateway.ask(session, "drop public.orders").verdict());
    }

    @Test
    @DisplayName("ends a session whose grant is gone or names others within a second")
    void ends() throws Exception {
        // Given
        Session session = open();
        write(GRANT.replace("[dev]", "[ops]"));

        // When
        gateway.reload();

        // Then
        Sessions.Ending ending = ended.get(1, TimeUnit.SECONDS);
        assertEquals(Sessions.EndCause.REVOKED, ending.cause());
        assertTrue(ending.reason().contains("grant work"), ending.reason());
        assertEquals("session", gateway.ask(session, "read public.orders").rule());
    }

    @Test
    @DisplayName("of a file with a mistake changes nothing")
    void mistake() throws Exception {
        // Given
        Session session = open();
        write(GRANT.replace("[read, drop]", "[drop]").replace("guardrails: [judge]", "guardrails: [jugde]"));

        // When
        StartException refusal = assertThrows(StartException.class, gateway::reload);

        // Then
        assertTrue(refusal.getMessage().contains("did you mean 'judge'"), refusal.getMessage());
        assertEquals(Outcome.ALLOW, gateway.ask(session, "read public.orders").verdict());
    }

    @Test
    @DisplayName("of a file that changes what needs a restart changes nothing and names it")
    void fixed() throws Exception {
        // Given
        Session session = open();
        write("limits: { connections: 7 }\n" + GRANT.replace("[read, drop]", "[drop]"));

        // When
        StartException refusal = assertThrows(StartException.class, gateway::reload);

        // Then
        assertTrue(refusal.getMessage().startsWith("a reload cannot change limits"), refusal.getMessage());
        assertEquals(Outcome.ALLOW, gateway.ask(session, "read public.orders").verdict());
    }

    @Test
    @DisplayName("is in the journal with the file's digest and what it changed, and one that changes nothing is not")
    void recorded() throws Exception {
        // Given
        Path file = write("# later\n" + GRANT.replace("[read, drop]", "[drop]"));

        // When
        gateway.reload();
        gateway.reload();

        // Then
        List<String> records = JournalReader.open(directory.resolve("journal")).poll(1000).stream()
                .filter(record -> record.type() == RecordType.CONFIGURATION)
                .map(ReloadTest::json)
                .toList();
        String digest =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        assertEquals(2, records.size());
        assertTrue(records.get(1).contains(digest), records.get(1));
        assertTrue(records.get(1).contains("grants"), records.get(1));
        assertTrue(records.get(1).contains("signal"), records.get(1));
    }

    @Test
    @DisplayName("is not needed for a secret: the next session has what its file says then")
    void rotation() throws Exception {
        // Given
        Session first = open();
        Files.writeString(directory.resolve("secret"), "second\n");

        // When
        Session second = open();

        // Then
        assertEquals("first", password(first));
        assertEquals("second", password(second));
    }

    private static String password(Session session) {
        return Objects.requireNonNull(session.credential().part(Credential.Part.PASSWORD))
                .reveal();
    }

    private static String json(JournalRecord record) {
        return RecordJson.line(record);
    }

    private Session open() {
        String token = issuer.token(issuer.claims("alice", List.of("dev"), Map.of()));
        return gateway.open(token, "app", ended::complete);
    }

    private Path write(String rest) throws IOException {
        return Files.writeString(directory.resolve("sallyport.yaml"), HEAD.replace("ISSUER", issuer.url()) + rest);
    }
}
