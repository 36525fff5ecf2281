package io.sallyport.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Actions that wait for people: who leaves, who decides twice, and what waiting costs. */
class HoldIT {

    private static final Demo DEMO = Demo.shared();
    private static final int HOLDS = Integer.getInteger("sallyport.holds", 1_000);
    private static final int WARM = 50;
    private static final String MANY = """
              - name: many
                connector: pg
                address: postgres://127.0.0.1:%d/postgres
                tls: { mode: disable }
                credential: { user: postgres, password: "${file:./app.password}" }

            guardrails:
              - name: A2
                type: approval
                config:
                  rules: [ { verbs: [insert], resources: [public.audit_log] } ]
                  approvers: { issuer: demo, groups: [dba], required: 2 }
            """;
    private static final String GRANT = """
              - name: many
                who: { issuer: demo, groups: [dev] }
                targets: [many]
                scope: [ { verbs: ["*"], resources: ["**"] } ]
                guardrails: [A1]
            """;

    private static final Deque<AutoCloseable> STARTED = new ArrayDeque<>();

    private static LoggedPostgres target;
    private static GatewayProcess epoll;
    private static GatewayProcess nio;

    @BeforeAll
    static void start() throws Exception {
        target = LoggedPostgres.start();
        STARTED.push(target);
        target.change("CREATE TABLE orders(id int PRIMARY KEY, note text)");
        epoll = gateway("epoll");
        STARTED.push(epoll);
        nio = gateway("nio");
        STARTED.push(nio);
    }

    private static GatewayProcess gateway(String transport) throws IOException {
        return GatewayProcess.start(
                DEMO,
                "-Xmx256m -Dsallyport.transport=" + transport,
                text -> text.replace("\nguardrails:\n", MANY.formatted(target.port()))
                                .replace("D3, A1, M1", "D3, A1, A2, M1")
                        + GRANT);
    }

    @AfterAll
    static void stop() throws Exception {
        while (!STARTED.isEmpty()) {
            STARTED.pop().close();
        }
    }

    @ParameterizedTest(name = "APPR-02 (Postgres), PG-36 (while waiting): {0}, {1}, {2} bytes behind")
    @CsvSource({
        "epoll, FIN, 0", "epoll, RST, 0", "epoll, FIN, 200000", "epoll, RST, 200000",
        "nio, FIN, 0", "nio, RST, 0", "nio, FIN, 200000", "nio, RST, 200000",
    })
    void clientLeaves(String transport, String way, int behind) throws Exception {
        // Given
        GatewayProcess gateway = transport.equals("epoll") ? epoll : nio;
        AdminApi bob = gateway.admin("TOK_BOB");
        String note = transport + way + behind;
        DEMO.change("app", "DELETE FROM orders WHERE id = 500");
        DEMO.change("app", "INSERT INTO orders VALUES (500, 'untouched')");
        RawPostgres client = gateway.login("app", "TOK");
        client.query("UPDATE orders SET note = '" + note + "' WHERE id = 500").send();
        String approval = awaitHold(bob, note);
        if (behind > 0) {
            client.query("SELECT '" + "x".repeat(behind) + "'").send();
        }
        client.until('N');

        // When
        if (way.equals("FIN")) {
            client.vanish();
        } else {
            client.reset();
        }

        // Then
        Demo.await(Duration.ofSeconds(2), () -> state(bob, approval).equals("withdrawn"));
        AdminApi.Answer late = bob.decide(approval, true).join();
        assertEquals(409, late.status(), late.body().toString());
        assertEquals(
                "withdrawn", late.body().path("state").asText(), late.body().toString());
        Demo.await(Duration.ofSeconds(10), () -> closed(gateway, note));
        assertEquals("untouched", DEMO.truth("app", "SELECT note FROM orders WHERE id = 500"));
        assertEquals(
                "0",
                DEMO.truth(
                        "app",
                        "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%" + note + "%'"
                                + " AND pid <> pg_backend_pid()"));
    }

    @Test
    @DisplayName("APPR-03 (Postgres): of 20 approvals at one moment one counts, and the statement runs once")
    void parallelApprovals() throws Exception {
        // Given
        DEMO.change("app", "DELETE FROM orders WHERE id BETWEEN 700001 AND 709999");
        DEMO.change("app", "INSERT INTO orders VALUES (700001, 'n')");
        AdminApi bob = epoll.admin("TOK_BOB");
        AdminApi carol = epoll.admin("TOKEN_APPROVER");
        try (RawPostgres client = epoll.login("app", "TOK")) {
            client.query("UPDATE orders SET id = id + 100 WHERE id >= 700001").send();
            String approval = awaitHold(bob, "700001");

            // When
            List<AdminApi.Answer> answers = parallel(20, i -> (i % 2 == 0 ? bob : carol).decide(approval, true));
            RawPostgres.Frame done = client.until('C');

            // Then
            assertTrue(done.text().startsWith("UPDATE 1"), done.text());
            assertEquals(1, count(answers, "approved"), answers.toString());
            assertEquals(19, count(answers, "already-decided"), answers.toString());
            assertEquals("700101", DEMO.truth("app", "SELECT id FROM orders WHERE id >= 700001 AND id < 710000"));
        }
    }

    @Test
    @DisplayName("APPR-03 (Postgres): ten clicks of one person are one of two approvals")
    void twoPeople() throws Exception {
        // Given
        DEMO.change("app", "DELETE FROM audit_log WHERE note = 'two-people'");
        AdminApi bob = epoll.admin("TOK_BOB");
        AdminApi carol = epoll.admin("TOKEN_APPROVER");
        try (RawPostgres client = epoll.login("app", "TOK")) {
            client.query("INSERT INTO audit_log(note) VALUES ('two-people')").send();
            String approval = awaitHold(bob, "two-people");

            // When
            List<AdminApi.Answer> first = parallel(10, i -> bob.decide(approval, true));
            String between = DEMO.truth("app", "SELECT count(*) FROM audit_log WHERE note = 'two-people'");
            String waiting = state(bob, approval);
            AdminApi.Answer second = carol.decide(approval, true).join();
            client.until('C');

            // Then
            assertEquals(0, count(first, "approved"), first.toString());
            assertEquals("0", between);
            assertEquals("pending", waiting);
            assertEquals("approved", second.body().path("result").asText(), second.toString());
            assertEquals("1", DEMO.truth("app", "SELECT count(*) FROM audit_log WHERE note = 'two-people'"));
        }
    }

    @Test
    @DisplayName("A thousand holds add no thread, and all are withdrawn when their clients leave")
    void manyHolds() throws Exception {
        // Given
        List<RawPostgres> clients = new ArrayList<>();
        AdminApi bob = epoll.admin("TOK_BOB");
        hold(clients, WARM);
        Demo.await(Duration.ofMinutes(1), () -> waiting(bob) == WARM);
        int before = epoll.threads();

        // When
        hold(clients, HOLDS - WARM);
        Demo.await(Duration.ofMinutes(2), () -> waiting(bob) == HOLDS);
        int during = epoll.threads();

        // Then
        System.out.printf("%d holds: %d threads with %d holds, %d with all%n", HOLDS, before, WARM, during);
        assertTrue(during <= before, before + " threads became " + during);
        for (RawPostgres client : clients) {
            client.vanish();
        }
        Demo.await(Duration.ofSeconds(30), () -> waiting(bob) == 0);
        assertEquals("0", target.truth("SELECT count(*) FROM orders"));
    }

    private static void hold(List<RawPostgres> clients, int more) throws IOException {
        for (int i = 0; i < more; i++) {
            RawPostgres client = epoll.login("many", "TOK");
            client.query("INSERT INTO orders VALUES (" + clients.size() + ", 'held')")
                    .send();
            clients.add(client);
        }
    }

    private static int waiting(AdminApi who) {
        try {
            return (int) who.approvals("pending").stream()
                    .filter(approval -> approval.path("target").asText().equals("many"))
                    .count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String awaitHold(AdminApi who, String text) {
        String[] found = new String[1];
        Demo.await(Duration.ofSeconds(15), () -> {
            try {
                for (JsonNode approval : who.approvals("pending")) {
                    String id = approval.path("id").asText();
                    if (who.approval(id).toString().contains(text)) {
                        found[0] = id;
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return found[0] != null;
        });
        return found[0];
    }

    private static String state(AdminApi who, String approval) {
        try {
            return who.approval(approval).path("state").asText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the record has the statement, that it waited and when, and the end of its session. */
    private static boolean closed(GatewayProcess gateway, String note) {
        try {
            List<JsonNode> records = gateway.records();
            return records.stream()
                    .filter(record -> record.path("type").asText().equals("action")
                            && record.path("payload").path("text").asText().contains("'" + note + "'"))
                    .map(record -> record.path("session").asText())
                    .anyMatch(session -> has(records, session, "hold")
                            && has(records, session, "session-closed")
                            && !has(records, session, "released"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean has(List<JsonNode> records, String session, String type) {
        return records.stream()
                .anyMatch(record -> record.path("session").asText().equals(session)
                        && record.path("type").asText().equals(type));
    }

    private static List<AdminApi.Answer> parallel(
            int count, java.util.function.IntFunction<CompletableFuture<AdminApi.Answer>> call) {
        List<CompletableFuture<AdminApi.Answer>> calls = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            calls.add(call.apply(i));
        }
        return calls.stream().map(CompletableFuture::join).toList();
    }

    private static long count(List<AdminApi.Answer> answers, String result) {
        return answers.stream()
                .filter(answer -> answer.body().path("result").asText().equals(result))
                .count();
    }
}
