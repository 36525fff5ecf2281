package io.sallyport.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.api.guardrail.Verdict;
import io.sallyport.api.session.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimpleQueryTest {

    private Gateway gateway;
    private RawClient client;

    @BeforeEach
    void start() throws IOException, SQLException {
        TestServer.get().execute("app", "TRUNCATE audit_log, t");
        gateway = Gateway.start();
        gateway.sessions.judge = action -> action.text().contains("DELETE FROM customers")
                ? new Verdict.Deny("D1", "customers are not deleted")
                : Verdict.Allow.PLAIN;
        client = gateway.client();
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        gateway.close();
    }

    @Test
    @DisplayName("An allowed query is answered as by the target itself")
    void allowed() throws IOException {
        // When
        String answer = client.query("SELECT 7 AS x").talk(1);

        // Then
        assertEquals("T D[7] C(SELECT 1) Z(I)", answer);
        FakeSessions.FakeExchange exchange = gateway.sessions.last().exchanges.get(0);
        assertEquals("SELECT 7 AS x", exchange.action.text());
        Outcome outcome = exchange.outcome;
        assertTrue(outcome != null && outcome.code().equals("SELECT 1") && outcome.rows() == 1);
    }

    @Test
    @DisplayName("PG-15 One denied statement stops the whole message")
    void deniedInside() throws IOException, SQLException {
        // When
        String answer = client.query("INSERT INTO audit_log(note) VALUES ('x'); DELETE FROM customers; SELECT 1")
                .talk(1);

        // Then
        assertEquals("E(42501) Z(I)", answer);
        assertEquals("0", TestServer.get().text("app", "SELECT count(*) FROM audit_log"));
        assertEquals("2", TestServer.get().text("app", "SELECT count(*) FROM customers"));
    }

    @Test
    @DisplayName("A refusal names reason, rule, session and action")
    void refusalText() throws IOException {
        // When
        RawClient.Message error =
                client.query("DELETE FROM customers").exchange(1).get(0);

        // Then
        assertEquals(
                "sallyport: customers are not deleted [D1] (session "
                        + gateway.sessions.last().id() + ", action 1)",
                error.field('M'));
        assertEquals("ERROR", error.field('S'));
    }

    @Test
    @DisplayName("PG-16 A refusal inside a transaction leaves the session in the failed state")
    void failedTransaction() throws IOException, SQLException {
        // When
        String answer = client.query("BEGIN").talk(1) + " | "
                + client.query("INSERT INTO audit_log(note) VALUES ('a')").talk(1) + " | "
                + client.query("DELETE FROM customers").talk(1) + " | "
                + client.query("SELECT 1").talk(1) + " | "
                + client.query("COMMIT").talk(1);

        // Then
        assertEquals("C(BEGIN) Z(T) | C(INSERT 0 1) Z(T) | E(42501) Z(E) | E(25P02) Z(E) | C(ROLLBACK) Z(I)", answer);
        assertEquals("0", TestServer.get().text("app", "SELECT count(*) FROM audit_log"));
    }

    @Test
    @DisplayName("PG-17 ROLLBACK TO SAVEPOINT recovers from a refusal")
    void savepoint() throws IOException, SQLException {
        // When
        String answer = client.query("BEGIN")
                .query("SAVEPOINT s")
                .query("DELETE FROM customers")
                .query("ROLLBACK TO s")
                .query("INSERT INTO audit_log(note) VALUES ('kept')")
                .query("COMMIT")
                .talk(6);

        // Then
        assertEquals(
                "C(BEGIN) Z(T) C(SAVEPOINT) Z(T) E(42501) Z(E) C(ROLLBACK) Z(T) C(INSERT 0 1) Z(T) C(COMMIT) Z(I)",
                answer);
        assertEquals("kept", TestServer.get().text("app", "SELECT note FROM audit_log"));
        assertEquals("2", TestServer.get().text("app", "SELECT count(*) FROM customers"));
    }

    @Test
    @DisplayName("PG-18 Empty and comment-only queries are answered as such")
    void empty() throws IOException {
        // When
        String answer = client.query("")
                .query(";")
                .query("  -- ping")
                .query("/* ping */")
                .talk(4);

        // Then
        assertEquals("I Z(I) I Z(I) I Z(I) I Z(I)", answer);
    }

    @Test
    @DisplayName("PG-34 NOTICE passes, in order, and is no error")
    void notice() throws IOException {
        // When
        String answer = client.query("SET client_min_messages=notice; CREATE TABLE IF NOT EXISTS t(id int); SELECT 1")
                .talk(1);

        // Then
        assertEquals("C(SET) N(42P07) C(CREATE TABLE) T D[1] C(SELECT 1) Z(I)", answer);
    }

    @Test
    @DisplayName("PG-52 A text with bytes that mean nothing in its encoding is refused, and the transaction is over")
    void malformed() throws IOException {
        // Given
        byte[] text = {'S', 'E', 'L', 'E', 'C', 'T', ' ', '\'', (byte) 0xff, '\''};

        // When
        String simple = client.query("BEGIN")
                .rawQuery(text)
                .query("SELECT 1")
                .query("ROLLBACK")
                .talk(4);
        String prepared = client.rawParse("", text)
                .bind("", "")
                .execute("", 0)
                .sync()
                .query("SELECT 2")
                .talk(2);

        // Then
        assertEquals("C(BEGIN) Z(T) E(22021) Z(E) E(25P02) Z(E) C(ROLLBACK) Z(I)", simple);
        assertEquals("E(22021) Z(I) T D[2] C(SELECT 1) Z(I)", prepared);
    }

    @Test
    @DisplayName("PG-52 A replacement character that its writer wrote is a character")
    void replacementCharacter() throws IOException {
        // When
        String answer = client.query("SELECT '\uFFFD'").talk(1);

        // Then
        assertEquals("T D[\uFFFD] C(SELECT 1) Z(I)", answer);
    }

    @Test
    @DisplayName("PG-52 Bytes above 127 in a single-byte encoding come back as they were sent")
    void singleByte() throws IOException {
        // Given
        byte[] text = {'S', 'E', 'L', 'E', 'C', 'T', ' ', '\'', 'M', (byte) 0xfc, 'h', '\''};
        try (RawClient latin = gateway.client("client_encoding=LATIN1")) {
            // When
            byte[] row = latin.rawQuery(text).exchange(1).get(1).body();

            // Then
            assertEquals((byte) 0xfc, row[row.length - 2]);
            assertEquals(
                    "SELECT 'M\u00fch'",
                    gateway.sessions.last().exchanges.get(0).action.text());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SET client_encoding TO 'SJIS'",
                "SET client_encoding = big5",
                "SET NAMES 'GBK'",
                "SELECT set_config('client_encoding', 'UHC', false)",
                "SELECT pg_catalog.set_config('CLIENT_ENCODING', 'gb18030', true)",
                "PREPARE p AS SELECT set_config('client_encoding', 'JOHAB', false)",
                "SELECT 1; SET client_encoding TO 'SHIFT_JIS_2004'",
            })
    @DisplayName(
            "PG-52 An encoding in which an ASCII byte may be half of a character cannot be set, and the session goes on")
    void unreadableEncoding(String sql) throws IOException {
        // When
        String simple = client.query(sql).query("SHOW client_encoding").talk(2);
        String prepared =
                client.parse("", sql).bind("", "").execute("", 0).sync().talk(1);

        // Then
        assertEquals("E(0A000) Z(I) T D[UTF8] C(SHOW) Z(I)", simple);
        assertEquals("E(0A000) Z(I)", prepared);
    }

    @Test
    @DisplayName("PG-52 Masks work beside bytes of a single-byte encoding, and a database without one keeps its bytes")
    void maskedInOtherEncodings() throws IOException, SQLException {
        // Given
        byte[] beside = "SELECT 'M\u00fchre', ssn FROM customers ORDER BY id".getBytes(StandardCharsets.ISO_8859_1);
        byte[] raw = {'S', 'E', 'L', 'E', 'C', 'T', ' ', '\'', (byte) 0x80, (byte) 0xff, '\''};
        TestServer.get().execute("postgres", "DROP DATABASE IF EXISTS bytes");
        TestServer.get()
                .execute(
                        "postgres",
                        "CREATE DATABASE bytes TEMPLATE template0 ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C'");
        gateway.sessions.masking = TestMasking.SSN;
        try (RawClient latin = gateway.client("client_encoding=LATIN1");
                RawClient bytes = RawClient.loggedIn(gateway.address(), "app/bytes", "client_encoding=SQL_ASCII")) {
            // When
            byte[] masked = latin.rawQuery(beside).exchange(1).get(1).body();
            byte[] kept = bytes.rawQuery(raw).exchange(1).get(1).body();

            // Then
            assertEquals(
                    "\0\u0002\0\0\0\u0005M\u00fchre\0\0\0\u0008[a\tmask]",
                    new String(masked, StandardCharsets.ISO_8859_1));
            assertEquals("\0\u0001\0\0\0\u0002\u0080\u00ff", new String(kept, StandardCharsets.ISO_8859_1));
        }
    }

    @Test
    @DisplayName("PG-52 An encoding that is set in a way nobody could foresee ends the session")
    void hiddenEncoding() throws IOException {
        // When
        String answer = client.query("SELECT set_config('client_encoding', 'S' || 'JIS', false)")
                .query("SELECT 1")
                .talk(2);

        // Then
        assertTrue(answer.endsWith("E(08P01) #"), answer);
    }

    @Test
    @DisplayName("PG-33 ParameterStatus reaches the client before ReadyForQuery")
    void parameterStatus() throws IOException {
        // When
        String answer = client.query("SET TimeZone='Asia/Tokyo'").talk(1);

        // Then
        assertEquals("C(SET) S Z(I)", answer);
    }
}
