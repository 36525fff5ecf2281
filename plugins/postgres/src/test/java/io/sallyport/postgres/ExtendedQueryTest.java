package io.sallyport.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.api.action.SqlStatement;
import io.sallyport.api.guardrail.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ExtendedQueryTest {

    private Gateway gateway;
    private RawClient client;

    @BeforeEach
    void start() throws IOException, SQLException {
        TestServer.get().execute("app", "TRUNCATE audit_log, t; UPDATE orders SET note = 'n'");
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
    @DisplayName("PG-19 A refused Parse: one error, everything skipped until Sync")
    void refusedParse() throws IOException {
        // When
        String refused = client.parse("", "DELETE FROM customers")
                .bind("", "")
                .describe('P', "")
                .execute("", 0)
                .sync()
                .talk(1);
        String next = client.parse("", "SELECT 7")
                .bind("", "")
                .describe('P', "")
                .execute("", 0)
                .sync()
                .talk(1);

        // Then
        assertEquals("E(42501) Z(I)", refused);
        assertEquals("1 2 T D[7] C(SELECT 1) Z(I)", next);
    }

    @Test
    @DisplayName("PG-20 A refusal in a pipeline rolls back the earlier work of the same Sync")
    void pipeline() throws IOException, SQLException {
        // When
        String answer = client.parse("", "INSERT INTO t VALUES (10)")
                .bind("", "")
                .execute("", 0)
                .parse("", "DELETE FROM customers")
                .bind("", "")
                .execute("", 0)
                .parse("", "INSERT INTO t VALUES (11)")
                .bind("", "")
                .execute("", 0)
                .sync()
                .talk(1);

        // Then
        assertEquals("1 2 C(INSERT 0 1) E(42501) Z(I)", answer);
        assertEquals("0", TestServer.get().text("app", "SELECT count(*) FROM t"));
    }

    @Test
    @DisplayName("PG-21 Flush without Sync delivers the answers")
    void flush() throws IOException {
        // When
        client.parse("s1", "SELECT id FROM customers ORDER BY id")
                .describe('S', "s1")
                .bare('H')
                .send();
        String first = client.read() + " " + client.read() + " " + client.read();
        client.bind("", "s1").execute("", 0).bare('H').send();
        String second = client.read() + " " + client.read() + " " + client.read() + " " + client.read();
        String last = client.sync().talk(1);

        // Then
        assertEquals("1 t T", first);
        assertEquals("2 D[1] D[2] C(SELECT 2)", second);
        assertEquals("Z(I)", last);
    }

    @Test
    @DisplayName("PG-22 ParameterDescription with zero parameters, NoData for commands")
    void describe() throws IOException {
        // When
        String answer = client.parse("a", "SELECT 1")
                .describe('S', "a")
                .parse("b", "SET work_mem=DEFAULT")
                .describe('S', "b")
                .sync()
                .talk(1);

        // Then
        assertEquals("1 t T 1 t n Z(I)", answer);
    }

    @Test
    @DisplayName("Each Bind is an action with its values, a Parse is a preparation")
    void values() throws IOException {
        // Given
        client.parse("u", "UPDATE orders SET note='x' WHERE id=$1::int").sync().talk(1);

        // When
        client.bind("", "u", "1").execute("", 0).sync().talk(1);
        client.bind("", "u", "2").execute("", 0).sync().talk(1);

        // Then
        List<FakeSessions.FakeExchange> exchanges = gateway.sessions.last().exchanges;
        assertEquals(3, exchanges.size());
        assertTrue(exchanges.get(0).preparing);
        byte[] second =
                ((SqlStatement) exchanges.get(2).action).parameters().get(0).value();
        assertNotNull(second);
        assertEquals("2", new String(second, java.nio.charset.StandardCharsets.UTF_8));
        assertEquals(
                "UPDATE 1",
                exchanges.get(2).outcome == null ? "" : exchanges.get(2).outcome.code());
    }

    @Test
    @DisplayName("PG-25 A portal with a row limit is suspended and resumed")
    void suspended() throws IOException {
        // Given
        client.query("BEGIN").talk(1);

        // When
        String answer = client.parse("", "SELECT id FROM customers ORDER BY id")
                        .bind("p1", "")
                        .execute("p1", 1)
                        .sync()
                        .talk(1)
                + " | " + client.execute("p1", 1).sync().talk(1)
                + " | " + client.execute("p1", 0).sync().talk(1);

        // Then
        assertEquals("1 2 D[1] s Z(T) | D[2] s Z(T) | C(SELECT 0) Z(T)", answer);
    }

    @Test
    @DisplayName("PG-27 65,535 parameters pass, and a lying count is a protocol error")
    void manyParameters() throws IOException, SQLException {
        // Given
        StringBuilder sql = new StringBuilder("SELECT count(*) FROM (VALUES (?)");
        sql.append(",(?)".repeat(65_534)).append(") v");

        // When
        String counted;
        try (Connection connection = DriverManager.getConnection(gateway.url(""));
                PreparedStatement statement = connection.prepareStatement(sql.toString())) {
            for (int i = 1; i <= 65_535; i++) {
                statement.setInt(i, i);
            }
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                counted = rows.getString(1);
            }
        }
        client.parse("x", "SELECT 1").sync().talk(1);
        client.raw('B', 0, 0, 0, 24, 0, 'x', 0, 0, 0, 0xff, 0xff, 0, 0, 0, 1, '1', 0, 0, 0, 1, '2', 0, 0, 0);
        String lie = client.talk(1);

        // Then
        assertEquals("65535", counted);
        assertEquals("E(08P01) #", lie);
    }

    @Test
    @DisplayName("A statement whose replacement was skipped by the target is still judged as what it is")
    void skippedReplacement() throws IOException {
        // Given
        client.parse("a", "UPDATE orders SET note='y' WHERE id=1").sync().talk(1);

        // When
        client.parse("", "no such syntax")
                .close('S', "a")
                .parse("a", "SELECT 1")
                .sync()
                .bind("", "a")
                .execute("", 0)
                .sync();
        String answer = client.talk(2);

        // Then
        assertEquals("E(42601) Z(I) 2 C(UPDATE 1) Z(I)", answer);
        List<FakeSessions.FakeExchange> exchanges = gateway.sessions.last().exchanges;
        assertEquals(
                "UPDATE orders SET note='y' WHERE id=1",
                exchanges.get(exchanges.size() - 1).action.text());
    }

    @Test
    @DisplayName("A name that only PREPARE has made cannot be bound")
    void preparedBehindTheBack() throws IOException {
        // Given
        client.query("PREPARE hidden AS SELECT 1").talk(1);

        // When
        String answer = client.bind("", "hidden").execute("", 0).sync().talk(1);

        // Then
        assertEquals("E(26000) Z(I)", answer);
    }

    @Test
    @DisplayName("PG-31 A fast-path call is an action that names its function")
    void functionCall() throws IOException, SQLException {
        // Given
        int oid = Integer.parseInt(TestServer.get().text("app", "SELECT 'purge'::regproc::oid"));
        gateway.sessions.judge = action -> action.accesses().toString().contains("function:public.purge")
                ? new Verdict.Deny("scope", "not granted")
                : Verdict.Allow.PLAIN;

        // When
        String answer = client.functionCall(oid).talk(1);

        // Then
        assertEquals("E(42501) Z(I)", answer);
        assertEquals("2", TestServer.get().text("app", "SELECT count(*) FROM customers"));
    }

    @Test
    @DisplayName("PG-31 The arguments of a fast-path call are the values of its action")
    void functionArguments() throws IOException, SQLException {
        // Given
        int oid = Integer.parseInt(TestServer.get().text("app", "SELECT 'pg_catalog.int4larger'::regproc::oid"));

        // When
        String answer = client.functionCall(oid, "7", "11").talk(1);

        // Then
        assertEquals("V Z(I)", answer);
        SqlStatement call = (SqlStatement) gateway.sessions.last().exchanges.get(0).action;
        assertEquals(
                List.of("7", "11"),
                call.parameters().stream()
                        .map(value -> new String(Objects.requireNonNull(value.value()), StandardCharsets.UTF_8))
                        .toList());
    }

    @Test
    @DisplayName("Outcomes that are recorded late delay the success and keep the order")
    void slowOutcomes() throws IOException {
        // Given
        gateway.sessions.slowOutcomes = true;

        // When
        String answer = client.parse("", "SELECT 1")
                .bind("", "")
                .execute("", 0)
                .bind("", "")
                .execute("", 0)
                .sync()
                .query("SELECT 2; SELECT 3")
                .talk(2);

        // Then
        assertEquals("1 2 D[1] C(SELECT 1) 2 D[1] C(SELECT 1) Z(I) T D[2] C(SELECT 1) T D[3] C(SELECT 1) Z(I)", answer);
    }

    @Test
    @DisplayName("An unknown frontend message ends the session and nothing behind it reaches the target")
    void unknownMessage() throws IOException, SQLException {
        // When
        String answer = client.raw('~', 0, 0, 0, 4).query("TRUNCATE orders").talk(1);

        // Then
        assertEquals("E(08P01) #", answer);
        assertEquals("6", TestServer.get().text("app", "SELECT count(*) FROM orders"));
        assertNull(gateway.sessions.last().exchanges.isEmpty() ? null : "an action was submitted");
    }
}
