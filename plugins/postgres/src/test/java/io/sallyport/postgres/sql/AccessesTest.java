package io.sallyport.postgres.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.postgres.sql.tree.Statement.Flag;
import io.sallyport.postgres.sql.tree.StatementKind;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read from texts, as accesses. */
class AccessesTest {

    @ParameterizedTest
    @DisplayName("each text has exactly these accesses")
    @CsvSource(delimiterString = "==>", quoteCharacter = '`', textBlock = """
            SELECT ssn AS x FROM customers ==> select public.customers | select public.customers.ssn output
            SELECT lower(ssn) FROM customers ==> select public.customers | select public.customers.ssn computed
            SELECT ROW(ssn) FROM customers ==> select public.customers | select public.customers.ssn computed
            SELECT (ROW(ssn)) FROM customers ==> select public.customers | select public.customers.ssn computed
            SELECT coalesce(ssn) FROM customers ==> select public.customers | select public.customers.ssn computed
            SELECT greatest(ssn) FROM customers ==> select public.customers | select public.customers.ssn computed
            SELECT least(ssn) FROM customers ==> select public.customers | select public.customers.ssn computed
            SELECT trim(ssn) FROM customers ==> select public.customers | select public.customers.ssn computed
            SELECT trim(both from ssn) FROM customers ==> select public.customers | select public.customers.ssn computed
            SELECT normalize(ssn) FROM customers ==> select public.customers | select public.customers.ssn computed
            SELECT CAST(ssn AS name) FROM customers ==> select public.customers | select public.customers.ssn computed
            SELECT ssn::name FROM customers ==> select public.customers | select public.customers.ssn computed
            SELECT ssn COLLATE "C" FROM customers ==> select public.customers | select public.customers.ssn computed
            SELECT ARRAY[ssn] FROM customers ==> select public.customers | select public.customers.ssn computed
            SELECT (ARRAY[ssn])[1] FROM customers ==> select public.customers | select public.customers.ssn computed
            SELECT CASE WHEN true THEN ssn END FROM customers ==> select public.customers | select public.customers.ssn computed
            SELECT xmlserialize(content ssn AS text) FROM customers ==> select public.customers | select public.customers.ssn computed
            SELECT xmlparse(content ssn) FROM customers ==> select public.customers | select public.customers.ssn computed
            SELECT substring(ssn from 1) FROM customers ==> select public.customers | select public.customers.ssn computed
            SELECT overlay(ssn placing '' from 1) FROM customers ==> select public.customers | select public.customers.ssn computed
            SELECT position(ssn in ssn) FROM customers ==> select public.customers | select public.customers.ssn computed
            SELECT json_scalar(ssn) FROM customers ==> select public.customers | select public.customers.ssn computed
            SELECT nullif(ssn, NULL) FROM customers ==> select public.customers | select public.customers.ssn computed
            SELECT - ssn FROM customers ==> select public.customers | select public.customers.ssn computed
            SELECT NOT ssn FROM customers ==> select public.customers | select public.customers.ssn computed
            SELECT ssn AT TIME ZONE 'UTC' FROM customers ==> select public.customers | select public.customers.ssn computed
            SELECT ssn IS NULL FROM customers ==> select public.customers | select public.customers.ssn computed
            SELECT ssn NOTNULL FROM customers ==> select public.customers | select public.customers.ssn computed
            SELECT ssn[1] FROM customers ==> select public.customers | select public.customers.ssn computed
            SELECT (ssn).x FROM customers ==> select public.customers | select public.customers.ssn computed
            SELECT COLLATION FOR (ssn) FROM customers ==> select public.customers | select public.customers.ssn computed
            SELECT xmlforest(ssn) FROM customers ==> select public.customers | select public.customers.ssn computed
            SELECT xmlconcat(ssn) FROM customers ==> select public.customers | select public.customers.ssn computed
            SELECT extract(year from ssn) FROM customers ==> select public.customers | select public.customers.ssn computed
            SELECT treat(ssn AS name) FROM customers ==> select public.customers | select public.customers.ssn computed
            SELECT json(ssn) FROM customers ==> select public.customers | select public.customers.ssn computed
            SELECT JSON_OBJECT('a': ssn) FROM customers ==> select public.customers | select public.customers.ssn computed
            SELECT JSON_ARRAY(ssn) FROM customers ==> select public.customers | select public.customers.ssn computed
            SELECT EXISTS (SELECT 1 WHERE ssn > '') FROM customers ==> select public.customers | select public.customers.ssn tested
            SELECT ssn||'' FROM customers ==> select public.customers | select public.customers.ssn computed
            SELECT y FROM (SELECT ssn y FROM customers) s ==> select public.customers | select public.customers.ssn output
            SELECT lower(y) FROM (SELECT ssn y FROM customers) s ==> select public.customers | select public.customers.ssn computed output
            WITH w AS (SELECT ssn FROM customers) SELECT * FROM w ==> select public.customers | select public.customers.ssn output
            WITH w(z) AS (SELECT ssn FROM customers) SELECT 1 FROM w WHERE z = '' ==> select public.customers | select public.customers.ssn output tested
            SELECT id FROM customers ORDER BY ssn ==> select public.customers | select public.customers.id output | select public.customers.ssn tested
            SELECT ssn FROM customers UNION ALL SELECT note FROM orders ==> select public.customers | select public.customers.ssn computed | select public.orders | select public.orders.note computed
            SELECT array_agg(ssn) FROM customers ==> select public.customers | select public.customers.ssn computed
            SELECT count(c) FROM s2.customers c ==> select s2.customers | select s2.customers.id computed
            SELECT x FROM v_cust ==> select public.v_cust | select public.customers | select public.v_cust.x output | select public.customers.ssn output
            SELECT n FROM v_len ==> select public.v_len | select public.v_cust | select public.customers | select public.v_len.n output | select public.v_cust.x computed | select public.customers.ssn computed
            DELETE FROM v_cust ==> delete public.v_cust no-where | delete public.customers no-where
            SELECT ssn FROM parent ==> select public.parent | select public.child | select public.parent.ssn output | select public.child.ssn output
            DELETE FROM child WHERE id = 1 ==> select public.child.id tested | select public.parent.id tested | delete public.child | delete public.parent
            INSERT INTO audit_log(note) SELECT ssn FROM customers ==> insert public.audit_log | insert public.audit_log.note | select public.customers | select public.customers.ssn stored
            CREATE TABLE t2 AS SELECT id FROM orders ==> select public.orders | select public.orders.id stored | create public.t2
            CREATE VIEW w AS SELECT ssn FROM customers ==> select public.customers | select public.customers.ssn stored | create public.w
            DROP VIEW v_cust ==> drop public.v_cust
            EXPLAIN DELETE FROM customers ==> explain public.customers no-where
            EXPLAIN ANALYZE DELETE FROM customers ==> delete public.customers explain-analyze no-where
            WITH delete AS (SELECT 1) SELECT * FROM delete ==> ``
            COPY (SELECT 1) TO PROGRAM 'id' ==> copy-program program:id
            SELECT nextval('seq') ==> update public.seq
            SELECT shadowed(1), lower('A'), now() ==> call function:public.shadowed
            SELECT (c).purge FROM s2.customers c ==> select s2.customers | select s2.customers.id computed | call function:public.purge
            SELECT set_config('role', 'postgres', false) ==> set-role role:postgres | set setting:role
            SELECT * FROM orders FOR UPDATE ==> select public.orders locking | select public.orders.id output | select public.orders.note output
            UPDATE t SET c = 1 WHERE id = id ==> select public.t.id tested | update public.t no-where | update public.t.c
            UPDATE t SET c = 1 WHERE id = 1 OR NOT false ==> select public.t.id tested | update public.t no-where | update public.t.c
            UPDATE t SET c = 1 WHERE EXISTS (SELECT FROM orders o WHERE o.id = t.id) ==> select public.orders | select public.orders.id tested | select public.t.id tested | update public.t | update public.t.c
            SELECT 1 FROM nowhere ==> select public.nowhere
            """)
    void accesses(String text, String expected) {
        assertEquals(
                expected.isEmpty()
                        ? List.of()
                        : Arrays.stream(expected.split("\\|"))
                                .map(String::strip)
                                .toList(),
                Fixture.accesses(text));
        assertFalse(Fixture.analyze(text).analysis().opaque());
    }

    @ParameterizedTest
    @DisplayName("PG-46 spellings of one table are one table")
    @ValueSource(
            strings = {
                "DELETE FROM customers",
                "DELETE FROM \"customers\"",
                "delete from PUBLIC.Customers c",
                "DELETE FROM ONLY \"public\".\"customers\"",
                "DELETE FROM customers *",
                "DELETE FROM app.public.customers",
                "DELETE/**/FROM/**/customers",
                "DELETE FROM U&\"\\0063ustomers\""
            })
    void spellings(String text) {
        assertEquals(List.of("delete public.customers no-where"), Fixture.accesses(text));
    }

    @Test
    @DisplayName("PG-46 another table is another table")
    void otherSpelling() {
        assertEquals(List.of("delete public.Customers no-where"), Fixture.accesses("DELETE FROM \"Customers\""));
    }

    @ParameterizedTest
    @DisplayName("PG-18 empty texts hold no statement")
    @ValueSource(strings = {"", ";", "  -- ping", "/* ping */"})
    void empty(String text) {
        // When
        StatementAnalysis read = Fixture.analyze(text);

        // Then
        assertTrue(read.isEmpty());
        assertFalse(read.analysis().opaque());
        assertEquals(List.of(), read.analysis().accesses());
    }

    @Test
    @DisplayName("PG-47 behind a change of the path a bare name is unresolved")
    void changedPath() {
        // When
        StatementAnalysis read = Fixture.analyze("SET search_path = s2; DELETE FROM customers");

        // Then
        assertTrue(read.barrier());
        assertTrue(read.analysis().accesses().stream()
                .anyMatch(access -> !access.resource().resolved()
                        && access.resource().lastSegment().equals("customers")));
    }

    @ParameterizedTest
    @DisplayName("PG-53 passwords are not in the text that is recorded")
    @ValueSource(
            strings = {
                "ALTER ROLE app_user PASSWORD 'S3cret!x'",
                "CREATE USER dup WITH ENCRYPTED PASSWORD E'S3cret!y' LOGIN",
                "CREATE USER MAPPING FOR alice SERVER s OPTIONS (user 'u', password 'S3cret!z')",
                "ALTER USER MAPPING FOR alice SERVER s OPTIONS (SET password 'S3cret!z')",
                "CREATE SUBSCRIPTION s CONNECTION 'host=h password=S3cret!' PUBLICATION p",
                "SELECT dblink_exec('host=h password=S3cret!', 'SELECT 1')",
                "ALTER ROLE app_user PASSWORD $$S3cret!$$ nonsense (",
            })
    void secrets(String text) {
        assertFalse(Fixture.analyze(text).redactedText().contains("S3cret"));
    }

    @ParameterizedTest
    @DisplayName("PG-42 PG-43 PG-44 quotes and comments hide nothing")
    @ValueSource(
            strings = {
                "UPDATE audit_log SET note = E'O\\'Brien'; DELETE FROM customers",
                "SELECT $a$ it's $a$; DELETE FROM customers",
                "WITH x AS (SELECT $$a)b$$) DELETE FROM customers",
                "/* a /* b */ */ DELETE FROM customers"
            })
    void hidden(String text) {
        assertTrue(Fixture.accesses(text).stream().anyMatch(access -> access.startsWith("delete public.customers")));
    }

    @ParameterizedTest
    @DisplayName("PG-42 PG-43 PG-44 quotes and comments show nothing that is not there")
    @ValueSource(
            strings = {
                "SELECT E'it\\'s; DELETE FROM customers'",
                "SELECT $a$ ; DELETE FROM customers; $b$ $a$",
                "/* a /* b */ DELETE FROM customers */ SELECT 1"
            })
    void shown(String text) {
        assertEquals(List.of(), Fixture.accesses(text));
        assertEquals(1, Fixture.analyze(text).parts().size());
    }

    @ParameterizedTest
    @DisplayName("PG-48 blocks are opaque, procedures are calls")
    @ValueSource(strings = {"DO $$ BEGIN DELETE FROM customers; END $$", "DO LANGUAGE plpgsql $$ BEGIN NULL; END $$"})
    void blocks(String text) {
        assertTrue(Fixture.analyze(text).analysis().opaque());
        assertEquals(List.of("do session:block"), Fixture.accesses(text));
    }

    @Test
    @DisplayName("PREPARE and EXECUTE in one message are one statement")
    void prepared() {
        // When
        StatementAnalysis read = Fixture.analyze("PREPARE p AS DELETE FROM t; EXECUTE p");

        // Then
        assertFalse(read.analysis().opaque());
        assertFalse(read.dependsOnSession());
    }

    @Test
    @DisplayName("EXECUTE of what the session prepared does what was prepared")
    void preparedBefore() {
        // Given
        StatementAnalysis prepared = Fixture.analyze("SELECT ssn FROM customers");
        SqlContext context = new SqlContext(
                true, List.of("pg_catalog", "public"), Fixture.CATALOG, name -> name.equals("p") ? prepared : null);

        // When
        StatementAnalysis read = new SqlAnalyzer().analyze("EXECUTE p", context);

        // Then
        assertTrue(read.dependsOnSession());
        assertTrue(read.analysis().accesses().containsAll(prepared.analysis().accesses()));
        assertTrue(new SqlAnalyzer().analyze("EXECUTE q", context).analysis().opaque());
    }

    @Test
    @DisplayName("COPY tells what is copied and how")
    void copy() {
        // When
        StatementAnalysis read = Fixture.analyze("COPY (SELECT ssn FROM customers) TO STDOUT (FORMAT csv, NULL 'x')");

        // Then
        StatementAnalysis.Part part = read.parts().get(0);
        assertEquals(StatementKind.COPY_OUT, part.kind());
        assertNotNull(part.copy());
        assertEquals(
                "SELECT ssn FROM customers",
                read.text().substring(part.copy().queryStart(), part.copy().queryEnd()));
        assertEquals("csv", part.copy().options().format());
        assertEquals("x", part.copy().options().nullText());
    }

    @Test
    @DisplayName("a call that is not listed is a barrier, since it may change settings")
    void calls() {
        assertTrue(Fixture.analyze("SELECT purge()").parts().get(0).flags().contains(Flag.BARRIER));
        assertFalse(Fixture.analyze("SELECT now()").barrier());
    }

    @ParameterizedTest
    @DisplayName("texts that nest too deeply are opaque, whatever nests")
    @ValueSource(strings = {"(", "NOT (", "SELECT (", "SELECT CASE WHEN (", "SELECT f(", "SELECT * FROM ("})
    void deep(String opening) {
        assertTrue(Fixture.analyze(opening.repeat(100_000)).analysis().opaque());
    }

    @Test
    @DisplayName("only a plain literal with a backslash reads differently under the two settings")
    void bothReadings() {
        assertTrue(SqlAnalyzer.needsBothReadings("SELECT 'a\\'; DELETE FROM t; --'"));
        assertFalse(SqlAnalyzer.needsBothReadings("SELECT E'a\\'b', $$\\$$, \"\\\""));
    }
}
