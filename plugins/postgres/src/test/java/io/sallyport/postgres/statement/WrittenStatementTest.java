package io.sallyport.postgres.statement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.api.action.SqlStatement;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
