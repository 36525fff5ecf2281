package io.sallyport.postgres.statement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.api.action.Access;
import io.sallyport.api.action.SqlStatement;
import io.sallyport.postgres.sql.vocabulary.PostgresVocabulary;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WrittenStatementTest {

    @DisplayName("what a person writes is what a client would ask for, of all columns since nobody knows them")
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT id FROM customers       | [select public.customers]   ",
                "select * from sales.orders     | [select sales.orders]",
                "DELETE FROM orders             | [delete public.orders [no-where]]",
                "SELECT now(), lower('X')       | []",
                "CALL public.purge()            | [call function:public.purge]",
                "TABLE pg_class                 | [select pg_catalog.pg_class]",
                "SELECT pg_terminate_backend(1) | [call function:pg_catalog.pg_terminate_backend]",
                "DROP TABLE customers           | [drop public.customers]",
                "SET work_mem = '1MB'           | [set setting:work_mem]",
            })
    void reads(String text, String accesses) {
        // When
        SqlStatement statement = WrittenStatement.read(text);

        // Then
        assertEquals(accesses, statement.accesses().toString());
        assertFalse(statement.opaque());
    }

    @DisplayName("what is never done to a kind of resource is not what some statement does")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "WITH x AS (DELETE FROM a RETURNING *) INSERT INTO b SELECT * FROM x, nextval('s')",
                "MERGE INTO a USING b ON a.id = b.id WHEN MATCHED THEN UPDATE SET x = 1 WHEN NOT MATCHED THEN INSERT DEFAULT VALUES",
                "COPY a TO STDOUT",
                "COPY (SELECT f.g(1)) TO PROGRAM 'cat'",
                "COPY a FROM '/etc/passwd'",
                "TRUNCATE a, b CASCADE",
                "CALL f.g(); SELECT 1 OPERATOR(s.+) 2",
                "SET ROLE admin; SET work_mem = 1; RESET ALL; SHOW ALL; SET SESSION AUTHORIZATION x",
                "SELECT set_config('role', 'admin', false), pg_notify('c', ''), lo_get(1), pg_read_file('x')",
                "LISTEN c; NOTIFY c; UNLISTEN *",
                "SELECT lo_export(1, '/tmp/x'), dblink('x', 'y'), pg_advisory_lock(1), setval('s', 1)",
                "SELECT * FROM a FOR UPDATE; LOCK TABLE a; ALTER SEQUENCE s RESTART; CREATE TABLE t AS SELECT * FROM a",
                "DO $$ SELECT $$; EXECUTE p; DECLARE c CURSOR FOR SELECT * FROM a; FETCH c",
            })
    void occurs(String text) {
        // When
        SqlStatement statement = WrittenStatement.read(text);

        // Then
        for (Access access : statement.accesses()) {
            assertTrue(
                    PostgresVocabulary.occurs(access.verb(), access.resource().kind()), access::toString);
        }
    }

    @Test
    @DisplayName("a function that nobody knows is in no schema, so that no scope covers it")
    void unknownFunction() {
        // When
        SqlStatement statement = WrittenStatement.read("SELECT purge()");

        // Then
        assertFalse(statement.accesses().get(0).resource().resolved());
    }

    @Test
    @DisplayName("what the data path cannot read is opaque here too")
    void opaque() {
        // When
        SqlStatement statement = WrittenStatement.read("DO $$ BEGIN DELETE FROM orders; END $$");

        // Then
        assertTrue(statement.opaque());
    }
}
