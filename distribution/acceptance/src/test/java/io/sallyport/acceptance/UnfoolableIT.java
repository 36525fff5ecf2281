package io.sallyport.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.acceptance.RawPostgres.Frame;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Statements that try to pass as something else")
@SuppressWarnings("NullAway.Init")
final class UnfoolableIT {

    private static final Demo demo = Demo.shared();

    private RawPostgres client;

    @BeforeAll
    static void otherSchema() throws Exception {
        demo.change(
                "app",
                "CREATE SCHEMA IF NOT EXISTS s2; CREATE TABLE IF NOT EXISTS s2.customers(id int, ssn text);"
                        + " GRANT USAGE ON SCHEMA s2 TO PUBLIC; GRANT ALL ON s2.customers TO PUBLIC;"
                        + " CREATE OR REPLACE VIEW public.v_all AS SELECT * FROM customers;"
                        + " GRANT ALL ON public.v_all TO PUBLIC");
    }

    @BeforeEach
    void login() throws Exception {
        client = RawPostgres.login(demo, "app", "TOK");
    }

    @AfterEach
    void leave() throws Exception {
        client.close();
        assertEquals("2", demo.truth("app", "SELECT count(*) FROM public.customers"), "customers are untouched");
    }

    private List<String> codes(String... statements) throws Exception {
        for (String statement : statements) {
            client.query(statement);
        }
        return RawPostgres.codes(client.exchange());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE FROM customers",
                "DELETE FROM \"customers\"",
                "delete from PUBLIC.Customers c",
                "DELETE FROM ONLY \"public\".\"customers\"",
                "DELETE FROM customers *",
                "DELETE FROM app.public.customers",
                "DELETE/**/FROM/**/customers",
                "DELETE FROM U&\"\\0063ustomers\"",
                "DELETE FROM v_cust",
                "DELETE FROM v_all WHERE id = 1",
                "UPDATE v_all SET balance = 0 WHERE id = 1",
                "INSERT INTO customers VALUES (9)",
                "INSERT INTO v_all(id) VALUES (9)",
                "MERGE INTO customers USING (SELECT 1) s ON true WHEN MATCHED THEN DELETE",
                "TRUNCATE customers",
                "TRUNCATE t, customers",
            })
    @DisplayName("PG-46: every spelling of a protected table is refused, through views too")
    void spellings(String sql) throws Exception {
        // When / Then
        assertEquals(List.of("42501"), codes(sql));
    }

    @Test
    @DisplayName("PG-46: another table of a similar name is the target's own error")
    void anotherTable() throws Exception {
        // When / Then
        assertEquals(List.of("42P01"), codes("DELETE FROM \"Customers\""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "WITH d AS (DELETE FROM customers RETURNING *) SELECT count(*) FROM d",
                "COPY (DELETE FROM customers RETURNING *) TO STDOUT",
                "EXPLAIN ANALYZE DELETE FROM customers",
                "EXPLAIN (ANALYZE true, VERBOSE) DELETE FROM customers",
                "PREPARE x AS DELETE FROM customers; EXECUTE x",
                "SELECT 1; SELECT 2; DELETE FROM customers",
                "UPDATE audit_log SET note = E'O\\'Brien'; DELETE FROM customers",
                "SELECT $a$ it's $a$; DELETE FROM customers",
                "WITH x AS (SELECT $$a)b$$) DELETE FROM customers",
                "/* a /* b */ */ DELETE FROM customers",
                "SELECT 1 -- x\n; DELETE FROM customers",
                "DO $$ BEGIN DELETE FROM customers; END $$",
                "DO $$ BEGIN EXECUTE 'DEL'||'ETE FROM customers'; END $$",
                "SELECT * FROM query_to_xml('DELETE FROM customers', true, false, '')",
                "CREATE RULE r AS ON INSERT TO t DO ALSO DELETE FROM customers",
                "COPY (SELECT 1) TO PROGRAM 'id'",
                "COPY t FROM '/etc/passwd'",
                "COPY customers FROM STDIN",
                "SELECT pg_read_file('/etc/passwd')",
                "SELECT lo_export(1,'/tmp/x')",
                "SELECT pg_ls_dir('/')",
                "SET ROLE postgres",
                "SET SESSION AUTHORIZATION postgres",
                "SELECT set_config('role','postgres',false)",
                "RESET ROLE",
                "SET SESSION AUTHORIZATION DEFAULT",
                "SET SESSION ROLE postgres; SELECT 1",
                "SET default_transaction_read_only=off",
                "ALTER ROLE CURRENT_USER SUPERUSER",
                "SELECT rolpassword FROM pg_authid",
                "SELECT * FROM pg_stats",
                "SELECT query FROM pg_stat_activity",
                "SELECT pg_terminate_backend(pid) FROM pg_locks",
                "DECLARE c CURSOR WITH HOLD FOR WITH d AS (DELETE FROM customers RETURNING 1) SELECT * FROM d",
                "CREATE TABLE x AS WITH d AS (DELETE FROM customers RETURNING 1) SELECT * FROM d",
                "INSERT INTO t SELECT 1 FROM customers; DELETE FROM customers",
                "LOCK TABLE pg_authid",
                "VACUUM customers; DELETE FROM customers",
            })
    @DisplayName("PG-40, PG-42 to PG-44, PG-48 to PG-50: hidden effects are refused")
    void hidden(String sql) throws Exception {
        // When
        List<Frame> frames = client.query(sql).query("SELECT 1").exchange();
        // Then
        assertEquals(List.of("42501"), RawPostgres.codes(frames), sql);
        assertEquals(
                List.of(List.of("1")), RawPostgres.rows(frames), "the session is still usable and nothing else ran");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT $a$ ; DELETE FROM customers; $b$ $a$",
                "SELECT E'it\\'s; DELETE FROM customers'",
                "/* a /* b */ DELETE FROM customers */ SELECT 1",
                "EXPLAIN SELECT 1",
                "WITH delete AS (SELECT 1) SELECT * FROM delete",
                "select has_table_privilege('orders','delete') as delete from pg_tables limit 1",
                "select note as truncate from orders",
                "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY; DECLARE c CURSOR FOR SELECT * FROM orders; FETCH 2 FROM c;"
                        + " COMMIT AND CHAIN; COMMIT",
                "LISTEN x",
                "NOTIFY x",
                "DISCARD ALL",
                "VACUUM t",
                "SELECT extract(epoch from now()), substring('abc' from 2), trim(both 'x' from 'xax'), overlay('abc' placing"
                        + " 'x' from 2), position('a' in 'ba')",
                "SELECT 1 IS DISTINCT FROM 2",
                "SHOW search_path",
                "SET work_mem = '8MB'",
                "SET TimeZone = 'Asia/Tokyo'",
            })
    @DisplayName("PG-42 to PG-45, PG-51: what only looks dangerous, or cannot be read by common parsers, passes")
    void harmless(String sql) throws Exception {
        // When / Then
        assertEquals(List.of(), codes(sql));
    }

    @Test
    @DisplayName("PG-51: a LOCK outside of a transaction is the target's own 25P01, and passes inside of one")
    void lock() throws Exception {
        // When / Then
        assertEquals(List.of("25P01"), codes("LOCK TABLE orders IN ACCESS SHARE MODE"));
        assertEquals(List.of(), codes("BEGIN", "LOCK TABLE orders IN ACCESS SHARE MODE", "COMMIT"));
    }

    @Test
    @DisplayName("PG-47: names follow the search path wherever it is changed")
    void searchPath() throws Exception {
        // When / Then
        assertEquals(List.of(), codes("SET search_path = s2, public", "SELECT note FROM orders LIMIT 1"));
        assertEquals(List.of("42501"), codes("DELETE FROM public.customers"));
        assertEquals(List.of("42501"), codes("RESET search_path", "DELETE FROM customers"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BEGIN|SET search_path = s2|ROLLBACK|DELETE FROM customers",
                "BEGIN|SET LOCAL search_path = s2|COMMIT|DELETE FROM customers",
                "BEGIN|SAVEPOINT a|SET search_path = s2|ROLLBACK TO a|DELETE FROM customers",
                "SET search_path = s2|SET search_path = public|DELETE FROM customers",
                "SELECT set_config('search_path','s2',false)|SELECT set_config('search_path','public',false)|DELETE FROM customers",
                "SET search_path = s2|RESET ALL|DELETE FROM customers",
                "SET search_path = s2|DISCARD ALL|DELETE FROM customers",
                "SET SCHEMA 's2'|SET SCHEMA 'public'|DELETE FROM customers",
                "PREPARE d AS DELETE FROM customers|EXECUTE d",
                "SET search_path = s2|PREPARE d AS DELETE FROM customers WHERE id = 1|SET search_path = public|EXECUTE d",
            })
    @DisplayName("PG-47: a path that is undone, in one write and pipelined, does not hide the protected table")
    void undonePath(String statements) throws Exception {
        // When
        List<String> codes = codes(statements.split("\\|"));
        // Then
        assertTrue(codes.contains("42501"), codes.toString());
    }

    @Test
    @DisplayName("PG-47: a prepared statement means what it means when it runs")
    void preparedUnderAnotherPath() throws Exception {
        // Given
        client.query("SET search_path = pg_catalog")
                .query("PREPARE d AS SELECT 1")
                .exchange();
        demo.change(
                "app", "CREATE TABLE IF NOT EXISTS public.only_here(id int); GRANT ALL ON public.only_here TO PUBLIC");
        // When
        List<String> prepared = codes("SET search_path = s2", "PREPARE e AS DELETE FROM customers");
        List<String> executed = codes("SET search_path = public", "EXECUTE e", "EXECUTE d");
        // Then
        assertEquals(List.of("42501"), prepared, "s2 is out of scope");
        assertTrue(executed.contains("42501") || executed.contains("26000"), executed.toString());
    }

    @Test
    @DisplayName("PG-33: with standard_conforming_strings off a backslash escapes a quote, and the gateway knows")
    void standardConformingStrings() throws Exception {
        // Given
        client.query("SET standard_conforming_strings=off").exchange();
        // When
        List<Frame> harmless =
                client.query("SELECT 'a\\'; DELETE FROM customers; --'").exchange();
        List<Frame> hidden =
                client.query("SELECT 'a\\''; DELETE FROM customers; --'").exchange();
        List<Frame> pipelined = client.query("SET standard_conforming_strings=on")
                .query("SELECT 'a\\'; DELETE FROM customers; --'")
                .exchange();
        // Then
        assertEquals("T D C ZI", RawPostgres.types(harmless));
        assertTrue(RawPostgres.codes(hidden).contains("42501")
                || RawPostgres.codes(hidden).contains("42601"));
        assertTrue(RawPostgres.codes(pipelined).contains("42501"), RawPostgres.types(pipelined));
    }

    @Test
    @DisplayName("PG-52: bytes that are no text are refused with 22021, simple and prepared")
    void malformed() throws Exception {
        // Given
        byte[] sql = {'S', 'E', 'L', 'E', 'C', 'T', ' ', '\'', (byte) 0xff, '\''};
        // When
        List<Frame> simple = client.rawQuery(sql).exchange();
        List<Frame> prepared =
                client.rawParse("", sql).bind("", "").execute("", 0).sync().exchange();
        // Then
        assertEquals("E ZI", RawPostgres.types(simple));
        assertEquals("E ZI", RawPostgres.types(prepared));
        assertEquals(List.of("22021"), RawPostgres.codes(simple));
        assertEquals(List.of("22021"), RawPostgres.codes(prepared));
        assertEquals(List.of(), codes("SELECT 1"));
    }

    @Test
    @DisplayName("PG-41: an account that only reads does not come to write by words about transactions")
    void readOnlyLane() throws Exception {
        // Given
        String account = RawPostgres.rows(client.query("SELECT current_user").exchange())
                .get(0)
                .get(0);
        demo.change("app", "ALTER ROLE " + account + " IN DATABASE app SET default_transaction_read_only = on");
        try (RawPostgres reader = RawPostgres.login(demo, "app", "TOK")) {
            // When
            List<Frame> refused = reader.query("/**/BEGIN READ WRITE; INSERT INTO t VALUES (1); COMMIT")
                    .query("SET default_transaction_read_only=off")
                    .query("INSERT INTO t VALUES (2)")
                    .query("SET TRANSACTION READ WRITE; INSERT INTO t VALUES (3)")
                    .query("SELECT set_config('transaction_read_only','off',false)")
                    .query("BEGIN TRANSACTION ISOLATION LEVEL SERIALIZABLE, READ WRITE")
                    .exchange();
            List<Frame> plain = reader.query("BEGIN")
                    .query("SET work_mem='8MB'")
                    .query("SELECT 1")
                    .query("COMMIT")
                    .exchange();

            // Then
            assertEquals(List.of("42501", "42501", "25006", "42501", "42501", "42501"), RawPostgres.codes(refused));
            assertEquals(List.of(), RawPostgres.codes(plain));
            assertEquals("0", demo.truth("app", "SELECT count(*) FROM t WHERE id IN (1, 2, 3)"));
        } finally {
            demo.change("app", "ALTER ROLE " + account + " IN DATABASE app RESET default_transaction_read_only");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "role, postgres, 42501",
        "session_replication_role, replica, 42501",
        "default_transaction_read_only, off, 42501",
        "options, -c session_preload_libraries=auto_explain, 42501",
        "options, -c app.tenant=other, 42501",
        "options, -c nosuch=1, 42704",
        "client_encoding, SJIS, 0A000",
    })
    @DisplayName(
            "PG-07, PG-50: what SET could not do a startup packet cannot do either; an unknown setting is the target's own error")
    void startup(String name, String value, String code) {
        // When
        IOException refused = assertThrows(IOException.class, () -> RawPostgres.login(demo, "app", "TOK", name, value));
        // Then
        assertTrue(String.valueOf(refused.getMessage()).contains("C=" + code), refused.getMessage());
    }

    @Test
    @DisplayName("PG-07: settings that SET could change are taken at startup")
    void startupTaken() throws Exception {
        // Given
        try (RawPostgres other = RawPostgres.login(
                demo,
                "app",
                "TOK",
                "options",
                "-c statement_timeout=5000 -c search_path=public",
                "DateStyle",
                "German")) {
            // When
            List<Frame> frames = other.query("SHOW statement_timeout")
                    .query("SHOW search_path")
                    .query("SHOW datestyle")
                    .exchange();
            // Then
            assertEquals(List.of(List.of("5s"), List.of("public"), List.of("German, DMY")), RawPostgres.rows(frames));
        }
    }

    @Test
    @DisplayName("PG-50: the current user stays the injected account")
    void account() throws Exception {
        // Given
        List<Frame> before = client.query("SELECT current_user").exchange();
        // When
        codes("SET ROLE postgres", "DISCARD ALL");
        // Then
        assertEquals(
                RawPostgres.rows(before),
                RawPostgres.rows(client.query("SELECT current_user").exchange()));
    }
}
