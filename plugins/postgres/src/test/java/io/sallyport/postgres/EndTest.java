package io.sallyport.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.api.Limits;
import io.sallyport.api.session.Outcome;
import io.sallyport.api.session.Sessions;
import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class EndTest {

    private Gateway gateway;
    private RawClient client;

    @BeforeEach
    void start() throws IOException {
        gateway = Gateway.start();
        client = gateway.client();
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        gateway.close();
    }

    private static String running(String query) throws SQLException {
        return TestServer.get()
                .text(
                        "postgres",
                        "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query = '" + query + "'");
    }

    @Test
    @DisplayName("PG-28 Lying lengths end the connection with 08P01")
    void lengths() throws IOException {
        for (int[] lie : List.of(new int[] {'Q', 0, 0, 0, 3}, new int[] {'Q', 0x7f, 0xff, 0xff, 0xff}, new int[] {
            'Q', 0xff, 0xff, 0xff, 0xff
        })) {
            try (RawClient liar = gateway.client()) {
                // When
                String answer = liar.query("SELECT 1").raw(lie).talk(2);

                // Then
                assertTrue(answer.endsWith("E(08P01) #"), answer);
            }
        }
    }

    @Test
    @DisplayName("PG-28 A statement of many megabytes passes within the limit")
    void longStatement() throws IOException {
        // When
        String answer =
                client.query("SELECT length('" + "x".repeat(15 << 20) + "')").talk(1);

        // Then
        assertEquals("T D[15728640] C(SELECT 1) Z(I)", answer);
    }

    @Test
    @DisplayName("PG-28 A message above the limit is refused when it has come to its end, and the session goes on")
    void tooLong() throws IOException {
        // Given
        Limits narrow = new Limits(1024, 150_000, 1L << 20, Duration.ofSeconds(5), 200);
        String much = "x".repeat(200_000);
        try (Gateway other = Gateway.to(TestServer.get().address(), narrow, null);
                RawClient writer = other.client()) {
            // When
            String simple = writer.query("BEGIN")
                    .query("SELECT length('" + much + "')")
                    .query("ROLLBACK")
                    .talk(3);
            String extended = writer.parse("s", "SELECT length($1)")
                    .bind("", "s", much)
                    .execute("", 0)
                    .sync()
                    .bind("", "s", "four")
                    .execute("", 0)
                    .sync()
                    .talk(2);

            // Then
            assertEquals("C(BEGIN) Z(T) E(54000) Z(E) C(ROLLBACK) Z(I)", simple);
            assertEquals("1 E(54000) Z(I) 2 D[4] C(SELECT 1) Z(I)", extended);
            assertTrue(other.sessions.last().notes.get(0).contains("max-statement"), "the record names the limit");
        }
    }

    @Test
    @DisplayName("PG-35 An administrator's terminate reaches the client, and the record says how the session ended")
    void terminated() throws IOException, SQLException {
        // Given
        client.query("SELECT pg_sleep(61)").send();
        Await.until("the statement runs", () -> running("SELECT pg_sleep(61)").equals("1"));

        // When
        TestServer.get()
                .text(
                        "postgres",
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query = 'SELECT pg_sleep(61)'");
        String answer = client.talk(1);

        // Then
        assertEquals("T E(57P01) #", answer);
        Await.until("the session is closed", () -> gateway.sessions.last().closing != null);
        Outcome outcome = gateway.sessions.last().exchanges.get(0).outcome;
        assertNotNull(outcome);
        assertEquals(Outcome.Status.UNKNOWN, outcome.status());
    }

    @Test
    @DisplayName("PG-36 The query of a client that vanishes is cancelled at the target")
    void vanished() throws IOException {
        // Given
        client.query("SELECT pg_sleep(62)").send();
        Await.until("the statement runs", () -> running("SELECT pg_sleep(62)").equals("1"));

        // When
        client.socket.setSoLinger(true, 0);
        client.close();

        // Then
        Await.within(Duration.ofSeconds(5), "it is cancelled", () -> running("SELECT pg_sleep(62)")
                .equals("0"));
        Await.until("closed", () -> gateway.sessions.last().closing != null);
    }

    @Test
    @DisplayName("A session that the core ends is told so with 57P01")
    void revoked() throws IOException {
        // When
        gateway.sessions.last().end(new Sessions.Ending(Sessions.EndCause.REVOKED, "revoked by an operator"));
        RawClient.Message last = client.read();

        // Then
        assertEquals("57P01", last.field('C'));
        assertEquals(
                "sallyport: revoked by an operator (session "
                        + gateway.sessions.last().id() + ")",
                last.field('M'));
        assertEquals('#', client.read().type());
        Await.until("closed", () -> gateway.sessions.last().closing != null);
    }

    @Test
    @DisplayName("PG-30 Draining ends idle sessions with 57P01 and lets a running statement end")
    void drain() throws Exception {
        // Given
        RawClient busy = gateway.client();
        busy.query("SELECT pg_sleep(0.5)").send();

        // When
        Thread draining = new Thread(() -> gateway.drain(Duration.ofSeconds(5)));
        draining.start();
        String idle = client.talk(1);
        String worked = busy.talk(2);
        draining.join();

        // Then
        assertEquals("E(57P01) #", idle);
        assertEquals("T D[] C(SELECT 1) Z(I) E(57P01) #", worked);
        busy.close();
        gateway = Gateway.start();
    }

    @Test
    @DisplayName("Random bytes after login never reach the target as anything that was not judged")
    void randomBytes() throws IOException {
        // Given
        Random random = new Random(7);
        gateway.sessions.judge = action -> new io.sallyport.api.guardrail.Verdict.Deny("all", "nothing runs");

        // When
        for (int round = 0; round < 20; round++) {
            try (RawClient wild = gateway.client()) {
                byte[] bytes = new byte[1 + random.nextInt(4_000)];
                random.nextBytes(bytes);
                wild.socket.getOutputStream().write(bytes);
                wild.bare('X').send();
                wild.socket.shutdownOutput();
                InputStream in = wild.socket.getInputStream();
                while (in.read() >= 0) {
                    // Reads to the end.
                }
            }
        }

        // Then
        Await.until(
                "all sessions are closed",
                () -> gateway.sessions.opened.stream().skip(1).allMatch(session -> session.closing != null));
        assertEquals(21, gateway.sessions.opened.size());
    }

    @Test
    @DisplayName("A large result reaches a slow reader whole")
    void slowReader() throws IOException {
        // Given
        client.query("SELECT repeat('x', 100000) FROM generate_series(1, 2000)").send();

        // When
        long bytes = 0;
        RawClient.Message message;
        do {
            message = client.read();
            bytes += message.body().length;
        } while (message.type() != 'Z');

        // Then
        assertTrue(bytes > 200_000_000, "bytes: " + bytes);
        Outcome outcome = gateway.sessions.last().exchanges.get(0).outcome;
        assertNotNull(outcome);
        assertEquals(2000, outcome.rows());
    }
}
