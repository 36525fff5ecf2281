package io.sallyport.postgres;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MaskingTest {

    private static final String MASK = "[a\tmask]";

    private Gateway gateway;
    private RawClient client;

    @BeforeEach
    void start() throws IOException, SQLException {
        TestServer.get().execute("app", "TRUNCATE audit_log");
        gateway = Gateway.start();
        gateway.sessions.masking = TestMasking.SSN;
        client = gateway.client();
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        gateway.close();
    }

    @Test
    @DisplayName("PG-23 Rows without a RowDescription in front of them are masked")
    void withoutDescribe() throws IOException {
        // Given
        client.parse("s1", "SELECT ssn FROM customers ORDER BY id")
                .describe('S', "s1")
                .sync()
                .talk(1);

        // When
        String described = client.bind("", "s1").execute("", 0).sync().talk(1);
        String never = client.parse("", "SELECT ssn FROM customers ORDER BY id")
                .bind("", "")
                .execute("", 0)
                .sync()
                .talk(1);

        // Then
        String rows = "D[" + MASK + "] D[" + MASK + "] C(SELECT 2) Z(I)";
        assertEquals("2 " + rows, described);
        assertEquals("1 2 " + rows, never);
    }

    @Test
    @DisplayName("PG-25 Every batch of a portal with a row limit is masked")
    void batches() throws IOException {
        // Given
        client.query("BEGIN").talk(1);

        // When
        String answer = client.parse("", "SELECT ssn FROM customers ORDER BY id")
                        .bind("p1", "")
                        .execute("p1", 1)
                        .sync()
                        .talk(1)
                + " | " + client.execute("p1", 1).sync().talk(1)
                + " | " + client.execute("p1", 0).sync().talk(1);

        // Then
        assertEquals("1 2 D[" + MASK + "] s Z(T) | D[" + MASK + "] s Z(T) | C(SELECT 0) Z(T)", answer);
    }

    @Test
    @DisplayName("A cursor that takes a portal's name is masked as what it is")
    void cursorUnderPortalName() throws IOException {
        // Given
        client.query("BEGIN").talk(1);
        client.parse("", "SELECT id FROM customers ORDER BY id")
                .bind("p1", "")
                .execute("p1", 1)
                .sync()
                .talk(1);
        client.query("CLOSE p1; DECLARE p1 CURSOR FOR SELECT ssn FROM customers ORDER BY id")
                .talk(1);

        // When
        String answer = client.execute("p1", 1).sync().talk(1);

        // Then
        assertEquals("D[" + MASK + "] s Z(T)", answer);
    }

    @Test
    @DisplayName("PG-55 A column is masked through aliases, sub-queries, views and cursors, in simple queries")
    void aliases() throws IOException {
        // When
        String answer = client.query("SELECT ssn AS x FROM customers WHERE id = 1")
                .query("SELECT y FROM (SELECT ssn y FROM customers WHERE id = 1) s")
                .query("SELECT x FROM v_cust WHERE id = 1")
                .query("BEGIN; DECLARE k CURSOR FOR SELECT ssn z FROM customers WHERE id = 1; FETCH ALL FROM k; COMMIT")
                .talk(4);

        // Then
        assertFalse(answer.contains("123-45"), answer);
        assertEquals(4, answer.split("D\\[\\[a\tmask\\]\\]", -1).length - 1);
    }

    @Test
    @DisplayName("PG-26 Binary results stay decodable: a masked value that is not text becomes null")
    void binary() throws SQLException {
        // Given
        gateway.sessions.masking =
                new TestMasking(Set.of("public.customers.ssn", "public.customers.id", "public.customers.balance"));

        // When
        List<Object> values = new ArrayList<>();
        String sql =
                "SELECT id, balance, ssn, email, 7::int8, now(), 1.5::numeric FROM customers WHERE email LIKE 'alice%'";
        try (Connection connection = DriverManager.getConnection(gateway.url("&prepareThreshold=-1"));
                PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet rows = statement.executeQuery()) {
            rows.next();
            for (int i = 1; i <= 7; i++) {
                values.add(String.valueOf(rows.getObject(i)));
            }
        }

        // Then
        assertEquals(List.of("null", "null", MASK, "*****@example.com", "7"), values.subList(0, 5));
        assertTrue(!values.get(5).equals("null") && values.get(6).equals("1.5"), values.toString());
    }

    @Test
    @DisplayName("PG-58 Null stays null, empty stays empty, and a row without a finding is the target's own bytes")
    void nothingElse() throws IOException {
        // When
        List<RawClient.Message> masked = client.query(
                        "SELECT NULL::text, '', 'alice', 1 UNION ALL SELECT 'x', NULL, NULL, 2")
                .exchange(1);
        List<RawClient.Message> same =
                client.query("SELECT NULL::text, '', 'bob', 1").exchange(1);
        gateway.sessions.masking = null;
        List<RawClient.Message> direct =
                client.query("SELECT NULL::text, '', 'bob', 1").exchange(1);

        // Then
        assertEquals("D[null, , *****, 1]", masked.get(1).toString());
        assertEquals("D[x, null, null, 2]", masked.get(2).toString());
        for (int i = 0; i < direct.size(); i++) {
            assertArrayEquals(direct.get(i).body(), same.get(i).body());
        }
    }

    @Test
    @DisplayName("PG-39 COPY TO STDOUT is masked in text and CSV with valid escaping, simple and extended")
    void copy() throws IOException {
        // When
        String table = client.query("COPY customers TO STDOUT").talk(1);
        String csv = client.query(
                        "COPY (SELECT email, ssn, E'tab\\there', balance FROM customers WHERE id = 2) TO STDOUT CSV HEADER")
                .talk(1);
        String extended = client.parse("", "COPY customers (ssn, id) TO STDOUT")
                .bind("", "")
                .execute("", 0)
                .sync()
                .talk(1);
        String binary = client.query("COPY customers TO STDOUT (FORMAT binary)").talk(1);

        // Then
        assertEquals(
                "H d(1\t*****@example.com\t[a\\tmask]\t10) d(2\tbob@example.com\t[a\\tmask]\t20) c C(COPY 2) Z(I)",
                table);
        assertEquals(
                "H d(email,ssn,?column?,balance) d(bob@example.com,\"[a\tmask]\",tab\there,20) c C(COPY 1) Z(I)", csv);
        assertEquals("1 2 H d([a\\tmask]\t1) d([a\\tmask]\t2) c C(COPY 2) Z(I)", extended);
        assertEquals("E(42501) Z(I)", binary);
    }

    @Test
    @DisplayName(
            "A partition's column is masked by the rule on its parent, and a parent's by the rule on its partition")
    void partitions() throws IOException, SQLException {
        // Given
        TestServer.get()
                .execute(
                        "app",
                        "CREATE TABLE people(id int, ssn text) PARTITION BY RANGE (id);"
                                + "CREATE TABLE people_1 PARTITION OF people FOR VALUES FROM (0) TO (9);"
                                + "INSERT INTO people VALUES (1, 'secret')");
        try (Gateway later = Gateway.start();
                RawClient reader = later.client()) {
            later.sessions.masking = new TestMasking(Set.of("public.people.ssn"));

            // When
            String child =
                    reader.query("SELECT ssn, tableoid > 0, ctid FROM people_1").talk(1);
            later.sessions.masking = new TestMasking(Set.of("public.people_1.ssn"));
            String parent = reader.query("SELECT ssn FROM people").talk(1);

            // Then
            assertEquals("T D[" + MASK + ", t, (0,1)] C(SELECT 1) Z(I)", child);
            assertEquals("T D[" + MASK + "] C(SELECT 1) Z(I)", parent);
        } finally {
            TestServer.get().execute("app", "DROP TABLE people");
        }
    }

    @Test
    @DisplayName("Errors that could quote a masked value say only what kind of error it is")
    void errors() throws IOException {
        // When
        RawClient.Message cast = client.query("SELECT ssn::int FROM customers").exchange(1).stream()
                .filter(message -> message.type() == 'E')
                .findFirst()
                .orElseThrow();
        RawClient.Message unique = client.query("INSERT INTO customers SELECT 77, 'bob@example.com', '987-65-4321', 0")
                .exchange(1)
                .get(0);

        // Then
        assertEquals("invalid input syntax for its type", cast.field('M'));
        assertEquals("duplicate key value violates a unique constraint", unique.field('M'));
        assertEquals("", unique.field('D'));
        assertEquals("customers_email_key", unique.field('n'));
    }

    @Test
    @DisplayName("PG-32 Notifications reach an idle client in order, masked and recorded")
    void notifications() throws IOException, SQLException {
        // Given
        client.query("LISTEN ch").talk(1);

        // When
        for (int i = 0; i < 20; i++) {
            TestServer.get().execute("app", "NOTIFY ch, 'alice " + i + "'");
        }
        List<String> heard = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            RawClient.Message message = client.read();
            heard.add(message.type()
                    + new String(
                            message.body(), 4, message.body().length - 4, java.nio.charset.StandardCharsets.UTF_8));
        }

        // Then
        for (int i = 0; i < 20; i++) {
            assertEquals("Ach\0***** " + i + "\0", heard.get(i));
        }
        assertTrue(gateway.sessions.last().notes.contains("notification on ch: ***** 19"));
        assertNull(client.read(100));
    }
}
