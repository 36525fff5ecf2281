package io.sallyport.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.acceptance.Demo.Run;
import io.sallyport.acceptance.RawPostgres.Frame;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Masked values")
@SuppressWarnings("NullAway.Init")
final class MaskingIT {

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

    private static void nothingInClear(List<Frame> frames) {
        String all = frames.stream().map(Frame::text).reduce("", String::concat);
        for (String secret : List.of("123-45-6789", "987-65-4321", "6789", "4321", "alice@example.com")) {
            assertFalse(all.contains(secret), () -> secret + " in " + all);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT ssn AS x FROM customers",
                "SELECT y FROM (SELECT ssn y FROM customers) s",
                "WITH w AS (SELECT ssn FROM customers) SELECT * FROM w",
                "TABLE customers",
                "SELECT * FROM customers",
                "SELECT c.* FROM customers c",
                "SELECT x FROM v_cust",
                "SELECT ssn FROM customers c JOIN orders o USING (id)",
                "BEGIN; DECLARE k CURSOR FOR SELECT ssn z FROM customers; FETCH ALL FROM k; COMMIT",
                "COPY customers TO STDOUT",
                "COPY customers(ssn, id) TO STDOUT CSV HEADER",
                "COPY (SELECT ssn, email FROM customers) TO STDOUT",
                "COPY (SELECT ssn FROM customers) TO STDOUT (FORMAT binary)",
                "SELECT lower(ssn) FROM customers",
                "SELECT ssn||'' FROM customers",
                "SELECT concat('<',ssn,'>') FROM customers",
                "SELECT substr(ssn,1,11) FROM customers",
                "SELECT reverse(ssn) FROM customers",
                "SELECT coalesce(ssn,'') AS email FROM customers",
                "SELECT row_to_json(c) FROM customers c",
                "SELECT to_jsonb(c) FROM customers c",
                "SELECT json_agg(c) FROM customers c",
                "SELECT string_agg(ssn,',') FROM customers",
                "SELECT array_agg(ssn) FROM customers",
                "SELECT c FROM customers c",
                "SELECT customers FROM customers",
                "SELECT (c).ssn FROM customers c",
                "SELECT ssn FROM customers UNION SELECT 'x'",
                "SELECT max(ssn) FROM customers",
                "SELECT ssn::varchar(20) FROM customers",
                "SELECT CASE WHEN true THEN ssn END FROM customers",
                "SELECT encode(ssn::bytea, 'hex') FROM customers",
                "SELECT (SELECT ssn FROM customers LIMIT 1)",
                "SELECT (SELECT ssn FROM customers LIMIT 1) || ''",
                "SELECT * FROM (VALUES ((SELECT ssn FROM customers WHERE id = 1))) v(x)",
                "SELECT xmlelement(name a, ssn) FROM customers",
                "SELECT query_to_xml('select ssn from customers', true, false, '')",
                "SELECT table_to_xml('customers', true, false, '')",
                "INSERT INTO audit_log(note) SELECT ssn FROM customers",
                "CREATE TABLE leak AS SELECT ssn FROM customers",
                "CREATE VIEW leak AS SELECT ssn FROM customers",
                "CREATE TEMP TABLE leak AS SELECT * FROM customers",
                "SELECT ssn INTO leak FROM customers",
                "UPDATE audit_log SET note = ssn FROM customers",
                "SELECT ssn::int FROM customers",
                "SELECT id FROM customers WHERE ssn::int = 1",
                "SELECT 1/(CASE WHEN ssn LIKE '1%' THEN 0 ELSE 1 END) FROM customers",
                "SELECT id FROM customers WHERE ssn LIKE '123%'",
                "SELECT id FROM customers ORDER BY ssn",
                "SELECT count(*) FROM customers GROUP BY ssn",
                "UPDATE audit_log SET note='r2' FROM customers RETURNING customers.ssn AS q",
                "PREPARE m AS SELECT ssn FROM customers; EXECUTE m",
                "SELECT most_common_vals FROM pg_stats WHERE tablename = 'customers'",
                "SELECT lag(ssn) OVER () FROM customers",
                "SELECT ssn FROM customers FOR UPDATE",
                "SELECT (ROW(ssn)).* FROM customers",
                "SELECT unnest(ARRAY[ssn]) FROM customers",
                "SELECT f.* FROM customers c, LATERAL (SELECT c.ssn) f",
                "SELECT t.x FROM v_cust t",
                "SELECT DISTINCT ssn FROM customers",
                "EXPLAIN (ANALYZE, VERBOSE) SELECT ssn FROM customers WHERE ssn = '123-45-6789'",
            })
    @DisplayName(
            "PG-39, PG-55 to PG-57: never leave in clear, whatever the form; masked, or refused before the first byte")
    void neverInClear(String sql) throws Exception {
        // When
        List<Frame> frames = client.query(sql).exchange();
        // Then
        nothingInClear(frames);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT ssn AS x FROM customers ORDER BY id",
                "SELECT y FROM (SELECT ssn y FROM customers) s",
                "WITH w AS (SELECT ssn FROM customers) SELECT * FROM w",
                "SELECT x FROM v_cust",
                "COPY (SELECT ssn FROM customers) TO STDOUT",
            })
    @DisplayName("PG-55: are masked, not refused, where they come out as they are")
    void masked(String sql) throws Exception {
        // When
        List<Frame> frames = client.query(sql).exchange();
        // Then
        assertEquals(List.of(), RawPostgres.codes(frames));
        assertEquals(
                2,
                frames.stream()
                        .filter(frame -> frame.type() == 'D' || frame.type() == 'd')
                        .count());
        nothingInClear(frames);
    }

    @Test
    @DisplayName("PG-26: keep the type that the client expects, in binary too")
    void binary() throws Exception {
        // Given
        Properties always = new Properties();
        always.setProperty("prepareThreshold", "-1");
        always.setProperty("binaryTransfer", "true");
        try (Connection connection = demo.connect("app", "TOK", always);
                PreparedStatement statement =
                        connection.prepareStatement("SELECT id, balance, ssn, email FROM customers ORDER BY id");
                ResultSet rows = statement.executeQuery()) {
            // When
            rows.next();
            // Then
            assertEquals(1, rows.getInt(1));
            assertEquals(10, rows.getBigDecimal(2).intValueExact());
            assertFalse(String.valueOf(rows.getString(3)).contains("6789"));
            assertFalse(String.valueOf(rows.getString(4)).contains("alice@example.com"));
        }
    }

    @Test
    @DisplayName("PG-25: fetched in portions are masked in every batch")
    void portions() throws Exception {
        // Given
        try (Connection connection = demo.connect("app", "TOK")) {
            connection.setAutoCommit(false);
            try (PreparedStatement statement = connection.prepareStatement("SELECT ssn FROM customers ORDER BY id")) {
                statement.setFetchSize(1);
                StringBuilder seen = new StringBuilder();
                // When
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        seen.append(rows.getString(1)).append(' ');
                    }
                }
                // Then
                assertEquals(2, seen.toString().trim().split(" ").length, seen.toString());
                assertFalse(seen.toString().contains("6789"), seen.toString());
            }
        }
    }

    @Test
    @DisplayName("PG-58: masking changes nothing else: NULL, the empty text, lengths and order")
    void nothingElse() throws Exception {
        // When
        List<Frame> frames = client.query("SELECT NULL::text, '', 'a@b.co', 1 UNION ALL SELECT 'x', NULL, NULL, 2")
                .exchange();
        // Then
        List<List<String>> rows = RawPostgres.rows(frames);
        assertEquals("NULL", rows.get(0).get(0));
        assertEquals("", rows.get(0).get(1));
        assertFalse(rows.get(0).get(2).equals("a@b.co"), rows.toString());
        assertEquals(List.of("x", "NULL", "NULL", "2"), rows.get(1));
    }

    @Test
    @DisplayName("MASK-01, MASK-02: identifiers, timestamps and order numbers are left alone")
    void falsePositives() throws Exception {
        // Given
        String sql = "SELECT '110bcd25-a55d-453a-8046-1297901ea002'::uuid, '110bcd25-a55d-453a-8046-1297901ea002',"
                + " 4010232137 AS page_id, 'order 1234567881'";
        // When
        List<Frame> frames = client.query(sql).exchange();
        // Then
        assertEquals(
                List.of(List.of(
                        "110bcd25-a55d-453a-8046-1297901ea002",
                        "110bcd25-a55d-453a-8046-1297901ea002",
                        "4010232137",
                        "order 1234567881")),
                RawPostgres.rows(frames));
    }

    @Test
    @DisplayName("MASK-04, MASK-05: IBANs and card numbers as people write them are hidden")
    void findings() throws Exception {
        // Given
        String sql =
                "SELECT 'GB82 WEST 1234 5698 7654 32', 'gb82west12345698765432', 'IBAN:IT60-X054-2811-1010-0000-0123-456',"
                        + " '4111 1111 1111 1111', '4111-1111-1111-1111', E'4111\\t1111\\t1111\\t1111',"
                        + " E'4111\\u00a01111\\u00a01111\\u00a01111', '378282246310005', '30569309025904', '6304000000000000'";
        // When
        List<String> row = RawPostgres.rows(client.query(sql).exchange()).get(0);
        // Then
        for (String value : row) {
            assertFalse(
                    value.contains("4111")
                            || value.contains("5698")
                            || value.contains("1010")
                            || value.contains("8282")
                            || value.contains("6930")
                            || value.startsWith("6304"),
                    row.toString());
        }
    }

    @Test
    @DisplayName("MASK-07: JSON stays valid")
    void json() throws Exception {
        // When
        List<Frame> frames = client.query(
                        "SELECT jsonb_build_object('ssn','123-45-6789','n',5,'t','say \"123-45-6789\"')")
                .exchange();
        // Then
        String value = RawPostgres.rows(frames).get(0).get(0);
        var tree = new com.fasterxml.jackson.databind.ObjectMapper().readTree(value);
        assertEquals(5, tree.get("n").asInt());
        assertFalse(value.contains("6789"), value);
        assertTrue(tree.get("t").asText().startsWith("say \""), value);
    }

    @Test
    @DisplayName("MASK-08: names that only look like the rule are left alone")
    void lookAlikes() throws Exception {
        // When
        List<Frame> frames = client.query("SELECT 'ssn' AS label, 1 AS ssn, note AS ssn_note FROM orders WHERE id = 3")
                .exchange();
        // Then
        assertEquals(List.of("ssn", "1", "n"), RawPostgres.rows(frames).get(0));
    }

    @Test
    @DisplayName("leave whole rows and system columns of other tables alone")
    void wholeRows() throws Exception {
        // When
        List<Frame> frames = client.query("SELECT o, tableoid = 'orders'::regclass, ctid FROM orders o WHERE id = 3")
                .exchange();
        // Then
        assertEquals("(3,n)", RawPostgres.rows(frames).get(0).get(0));
    }

    @Test
    @DisplayName("do not leave in an error that quotes the row")
    void errors() throws Exception {
        // When
        List<Frame> frames = client.query("SELECT ssn, 1/(id-1) FROM customers").exchange();
        // Then
        nothingInClear(frames);
    }

    @Test
    @DisplayName("PG-39: \\copy and pg_dump of the table are masked, and reload")
    void copies() throws Exception {
        // When
        Run copy = demo.psql("app", "TOKEN_CI", "-c", "\\copy customers to stdout");
        // Then
        assertEquals(0, copy.exit(), copy.all());
        assertEquals(2, copy.out().lines().count(), copy.out());
        assertFalse(copy.out().contains("6789"), copy.out());
    }
}
