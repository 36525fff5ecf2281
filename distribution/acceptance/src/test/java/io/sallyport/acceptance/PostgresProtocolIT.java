package io.sallyport.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.acceptance.RawPostgres.Frame;
import java.net.Socket;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The Postgres protocol through the gateway")
@SuppressWarnings("NullAway.Init")
final class PostgresProtocolIT {

    private final Demo demo = Demo.shared();
    private RawPostgres client;

    @BeforeEach
    void login() throws Exception {
        client = RawPostgres.login(demo, "app", "TOK");
    }

    @AfterEach
    void leave() throws Exception {
        client.close();
    }

    private String audit(String note) throws SQLException {
        return demo.truth("app", "SELECT count(*) FROM audit_log WHERE note = '" + note + "'");
    }

    private String customers() throws SQLException {
        return demo.truth("app", "SELECT count(*) FROM customers");
    }

    @Test
    @DisplayName("PG-01: SSLRequest gets exactly one byte, then silence")
    void oneByte() throws Exception {
        // Given
        try (Socket socket = RawPostgres.plain(demo)) {
            socket.setSoTimeout(700);
            // When
            socket.getOutputStream().write(new byte[] {0, 0, 0, 8, 4, (byte) 0xd2, 0x16, 0x2f});
            int first = socket.getInputStream().read();
            // Then
            assertEquals('S', first);
            org.junit.jupiter.api.Assertions.assertThrows(
                    java.net.SocketTimeoutException.class,
                    () -> socket.getInputStream().read());
        }
    }

    @Test
    @DisplayName("PG-02: GSSENCRequest is declined with N and the same connection goes on")
    void gss() throws Exception {
        // Given
        try (Socket socket = RawPostgres.plain(demo)) {
            // When
            socket.getOutputStream().write(new byte[] {0, 0, 0, 8, 4, (byte) 0xd2, 0x16, 0x30});
            int declined = socket.getInputStream().read();
            socket.getOutputStream().write(new byte[] {0, 0, 0, 8, 4, (byte) 0xd2, 0x16, 0x2f});
            int accepted = socket.getInputStream().read();
            // Then
            assertEquals("NS", "" + (char) declined + (char) accepted);
        }
    }

    @Test
    @DisplayName("PG-03: bytes before the TLS handshake are never read as if they came inside")
    void stuffing() throws Exception {
        // Given
        try (Socket socket = RawPostgres.plain(demo)) {
            byte[] request = {0, 0, 0, 8, 4, (byte) 0xd2, 0x16, 0x2f};
            byte[] evil =
                    "\0\0\0\37\0\3\0\0user\0mallory\0database\0".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
            byte[] both = new byte[request.length + evil.length];
            System.arraycopy(request, 0, both, 0, request.length);
            System.arraycopy(evil, 0, both, request.length, evil.length);
            // When
            socket.getOutputStream().write(both);
            boolean handshake;
            try {
                socket.getInputStream().read();
                RawPostgres.secure(demo, socket);
                handshake = true;
            } catch (java.io.IOException e) {
                handshake = false;
            }
            // Then
            assertTrue(!handshake, "the connection is dropped");
        }
    }

    @Test
    @DisplayName("PG-15: one denied statement in a Query stops the whole message")
    void wholeMessage() throws Exception {
        // When
        List<Frame> frames = client.query(
                        "INSERT INTO audit_log(note) VALUES ('pg15'); DELETE FROM customers; SELECT 1")
                .exchange();
        // Then
        assertEquals("E ZI", RawPostgres.types(frames));
        assertEquals(List.of("42501"), RawPostgres.codes(frames));
        assertEquals("0", audit("pg15"));
        assertEquals("2", customers());
    }

    @Test
    @DisplayName("PG-16: a refusal inside a transaction leaves the session in the failed state")
    void failedTransaction() throws Exception {
        // When
        List<Frame> frames = client.query("BEGIN")
                .query("INSERT INTO audit_log(note) VALUES ('pg16')")
                .query("DELETE FROM customers")
                .query("SELECT 1")
                .query("COMMIT")
                .exchange();
        // Then
        assertEquals("C ZT C ZT E ZE E ZE C ZI", RawPostgres.types(frames));
        assertEquals(List.of("42501", "25P02"), RawPostgres.codes(frames));
        assertTrue(frames.get(frames.size() - 2).text().startsWith("ROLLBACK"));
        assertEquals("0", audit("pg16"));
    }

    @Test
    @DisplayName("PG-17: ROLLBACK TO SAVEPOINT recovers from a refusal")
    void savepoint() throws Exception {
        // When
        List<Frame> frames = client.query("BEGIN")
                .query("SAVEPOINT s")
                .query("DELETE FROM customers")
                .query("ROLLBACK TO s")
                .query("INSERT INTO audit_log(note) VALUES ('pg17')")
                .query("COMMIT")
                .exchange();
        // Then
        assertEquals("C ZT C ZT E ZE C ZT C ZT C ZI", RawPostgres.types(frames));
        assertEquals("1", audit("pg17"));
        assertEquals("2", customers());
    }

    @Test
    @DisplayName("PG-18: empty and comment-only queries are answered as such")
    void emptyQueries() throws Exception {
        // When
        List<Frame> frames = client.query("")
                .query(";")
                .query("  -- ping")
                .query("/* ping */")
                .exchange();
        // Then
        assertEquals("I ZI I ZI I ZI I ZI", RawPostgres.types(frames));
    }

    @Test
    @DisplayName("PG-19: a refused Parse gives one error, and everything is skipped until Sync")
    void refusedParse() throws Exception {
        // When
        List<Frame> refused = client.parse("", "DELETE FROM customers")
                .bind("", "")
                .describePortal("")
                .execute("", 0)
                .sync()
                .exchange();
        List<Frame> next = client.parse("", "SELECT 7")
                .bind("", "")
                .describePortal("")
                .execute("", 0)
                .sync()
                .exchange();
        // Then
        assertEquals("E ZI", RawPostgres.types(refused));
        assertEquals("1 2 T D C ZI", RawPostgres.types(next));
        assertEquals(List.of(List.of("7")), RawPostgres.rows(next));
    }

    @Test
    @DisplayName("PG-20: a refusal in the middle of a pipeline rolls back the earlier work of the same Sync")
    void pipeline() throws Exception {
        // Given
        String before = demo.truth("app", "SELECT count(*) FROM t");
        // When
        List<Frame> frames = client.parse("", "INSERT INTO t VALUES (10)")
                .bind("", "")
                .execute("", 0)
                .parse("", "DELETE FROM customers")
                .bind("", "")
                .execute("", 0)
                .parse("", "INSERT INTO t VALUES (11)")
                .bind("", "")
                .execute("", 0)
                .sync()
                .exchange();
        // Then
        assertEquals("1 2 C E ZI", RawPostgres.types(frames));
        assertEquals(before, demo.truth("app", "SELECT count(*) FROM t"));
    }

    @Test
    @DisplayName("PG-21: Flush without Sync delivers the answers, masked")
    void flushDelivers() throws Exception {
        // When
        client.parse("s1", "SELECT id, ssn FROM customers ORDER BY id")
                .describeStatement("s1")
                .flush()
                .send();
        List<Frame> described = client.frames(3);
        client.bind("", "s1").execute("", 0).flush().send();
        List<Frame> rows = client.frames(4);
        List<Frame> end = client.sync().exchange();
        // Then
        assertEquals("1 t T", RawPostgres.types(described));
        assertEquals("2 D D C", RawPostgres.types(rows));
        assertTrue(
                !RawPostgres.rows(rows).toString().contains("123-45"),
                RawPostgres.rows(rows).toString());
        assertEquals("ZI", RawPostgres.types(end));
    }

    @Test
    @DisplayName("PG-22: ParameterDescription without parameters, NoData for commands")
    void describes() throws Exception {
        // When
        List<Frame> frames = client.parse("a", "SELECT 1")
                .describeStatement("a")
                .parse("b", "SET work_mem=DEFAULT")
                .describeStatement("b")
                .sync()
                .exchange();
        // Then
        assertEquals("1 t T 1 t n ZI", RawPostgres.types(frames));
    }

    @Test
    @DisplayName("PG-23: rows without any RowDescription are masked")
    void executeWithoutDescribe() throws Exception {
        // When
        List<Frame> frames = client.parse("s2", "SELECT ssn FROM customers ORDER BY id")
                .bind("", "s2")
                .execute("", 0)
                .sync()
                .exchange();
        // Then
        assertEquals("1 2 D D C ZI", RawPostgres.types(frames));
        assertTrue(!RawPostgres.rows(frames).toString().contains("123-45-6789"));
    }

    @Test
    @DisplayName("PG-25: row-limited portals are suspended, resumed, and masked in every batch")
    void portals() throws Exception {
        // Given
        client.query("BEGIN").exchange();
        // When
        List<Frame> first = client.parse("", "SELECT ssn FROM customers ORDER BY id")
                .bind("p1", "")
                .execute("p1", 1)
                .sync()
                .exchange();
        List<Frame> second = client.execute("p1", 1).sync().exchange();
        List<Frame> third = client.execute("p1", 0).sync().exchange();
        // Then
        assertEquals("1 2 D s ZT", RawPostgres.types(first));
        assertEquals("D s ZT", RawPostgres.types(second));
        assertEquals("C ZT", RawPostgres.types(third));
        assertTrue(!(RawPostgres.rows(first).toString() + RawPostgres.rows(second)).contains("6789"));
    }

    @Test
    @DisplayName("PG-28: lying lengths close the connection and hurt nobody")
    void lyingLengths() throws Exception {
        for (byte[] lie : List.of(
                new byte[] {'Q', 0, 0, 0, 3},
                new byte[] {'Q', 0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff},
                new byte[] {'Q', (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff})) {
            // Given
            try (RawPostgres liar = RawPostgres.login(demo, "app", "TOK")) {
                // When
                liar.add(lie).send();
                // Then
                assertTrue(liar.closedByServer());
            }
        }
        assertEquals("T D C ZI", RawPostgres.types(client.query("SELECT 1").exchange()));
    }

    @Test
    @DisplayName("PG-29: an unknown message ends the connection; nothing behind it is read")
    void unknownMessage() throws Exception {
        // When
        client.add(new byte[] {0x7e, 0, 0, 0, 4})
                .query("INSERT INTO audit_log(note) VALUES ('pg29')")
                .send();
        // Then
        assertTrue(client.closedByServer());
        assertEquals("0", audit("pg29"));
    }

    @Test
    @DisplayName("PG-31: FunctionCall is judged like a call")
    void fastPath() throws Exception {
        // Given
        int purge = Integer.parseInt(demo.truth("app", "SELECT 'purge'::regproc::oid::int"));
        // When
        List<Frame> frames = client.function(purge).exchange();
        // Then
        assertEquals("2", customers());
        assertEquals("E ZI", RawPostgres.types(frames));
    }

    @Test
    @DisplayName("PG-34: notices come in their place")
    void notices() throws Exception {
        // When
        List<Frame> frames = client.query(
                        "SET client_min_messages=notice; CREATE TABLE IF NOT EXISTS t(id int); SELECT 1")
                .exchange();
        // Then
        String types =
                frames.stream().map(frame -> String.valueOf(frame.type())).reduce("", String::concat);
        assertTrue(types.endsWith("CNCTDCZ"), types);
    }

    @Test
    @DisplayName("PG-38: COPY in the extended protocol with an early Sync and a Flush has one ReadyForQuery")
    void copyWithEarlySync() throws Exception {
        // Given
        byte[] ignored = {'S', 0, 0, 0, 4};
        client.parse("", "COPY t FROM STDIN")
                .bind("", "")
                .execute("", 0)
                .add(ignored)
                .send();
        client.until('G');
        // When
        List<Frame> frames = client.copyData("5\n").flush().copyDone().sync().exchange();
        List<Frame> later = client.quiet(500);
        // Then
        assertEquals("C ZI", RawPostgres.types(frames));
        assertEquals("", RawPostgres.types(later));
        demo.change("app", "DELETE FROM t WHERE id = 5");
    }
}
