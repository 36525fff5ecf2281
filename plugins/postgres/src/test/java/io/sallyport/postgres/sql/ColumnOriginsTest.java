package io.sallyport.postgres.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sallyport.postgres.sql.catalog.ColumnOrigins;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Which columns a field of an answer stands for. */
class ColumnOriginsTest {

    private static List<String> origins(int oid, int number) {
        return ColumnOrigins.of(Fixture.CATALOG, oid, number).stream()
                .map(origin -> origin.relation() + "." + origin.column())
                .toList();
    }

    @Test
    @DisplayName("a view's column stands for the columns behind it, through several views")
    void views() {
        assertEquals(List.of("public.v_cust.x", "public.customers.ssn"), origins(8, 2));
        assertEquals(List.of("public.v_len.n", "public.v_cust.x", "public.customers.ssn"), origins(9, 2));
    }

    @Test
    @DisplayName("a partition's column stands for its parent's")
    void partitions() {
        assertEquals(List.of("public.child.ssn", "public.parent.ssn"), origins(12, 2));
    }

    @Test
    @DisplayName("of an unknown column nothing is known")
    void unknown() {
        assertEquals(List.of(), origins(99, 1));
        assertEquals(List.of(), origins(1, 99));
    }
}
