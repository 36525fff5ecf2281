package io.sallyport.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CopyTest {

    private Gateway gateway;
    private RawClient client;

    @BeforeEach
    void start() throws IOException, SQLException {
        TestServer.get().execute("app", "TRUNCATE t");
        gateway = Gateway.start();
        client = gateway.client();
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        gateway.close();
    }

    @Test
    @DisplayName("PG-37 COPY FROM STDIN with rows cut anywhere, sent without waiting, and an empty one")
    void copyIn() throws IOException, SQLException {
        // When
        String answer = client.query("COPY t FROM STDIN")
                .copyData("1")
                .copyData("2\n3")
                .copyData("\n")
                .bare('c')
                .talk(1);
        String empty = client.query("COPY t FROM STDIN").bare('c').talk(1);

        // Then
        assertEquals("G C(COPY 2) Z(I)", answer);
        assertEquals("G C(COPY 0) Z(I)", empty);
        assertEquals("{3,12}", TestServer.get().text("app", "SELECT array_agg(id ORDER BY id) FROM t"));
    }

    @Test
    @DisplayName("PG-37 Two million rows come through whole")
    void large() throws IOException, SQLException {
        // Given
        client.query("COPY t FROM STDIN");
        StringBuilder rows = new StringBuilder();
        for (int i = 1; i <= 2_000_000; i++) {
            rows.append(i).append('\n');
            if (rows.length() > 8_000 + i % 977) {
                client.copyData(rows.toString());
                rows.setLength(0);
            }
        }
        client.copyData(rows.toString());

        // When
        String answer = client.bare('c').talk(1);

        // Then
        assertEquals("G C(COPY 2000000) Z(I)", answer);
        assertEquals("2000001000000", TestServer.get().text("app", "SELECT sum(id) FROM t"));
    }

    @Test
    @DisplayName("PG-38 COPY in the extended protocol with an early Sync and a Flush: one ReadyForQuery")
    void extended() throws IOException {
        // When
        String answer = client.parse("", "COPY t FROM STDIN")
                .bind("", "")
                .execute("", 0)
                .sync()
                .copyData("5\n")
                .bare('H')
                .bare('c')
                .sync()
                .talk(1);
        RawClient.Message more = client.read(300);

        // Then
        assertEquals("1 2 G C(COPY 1) Z(I)", answer);
        assertNull(more);
    }

    @Test
    @DisplayName("A COPY that fails in the middle leaves both sides in step")
    void failing() throws IOException {
        // When
        String simple = client.query("COPY t FROM STDIN")
                .copyData("no number\n")
                .bare('c')
                .query("SELECT 1")
                .talk(2);
        String extended = client.parse("", "COPY t FROM STDIN")
                        .bind("", "")
                        .execute("", 0)
                        .copyData("no number\n")
                        .bare('c')
                        .sync()
                        .talk(1)
                + " " + client.query("SELECT 2").talk(1);

        // Then
        assertEquals("G E(22P02) Z(I) T D[1] C(SELECT 1) Z(I)", simple);
        assertEquals("1 2 G E(22P02) Z(I) T D[2] C(SELECT 1) Z(I)", extended);
    }

    @Test
    @DisplayName("A COPY that cannot begin leaves both sides in step")
    void notBeginning() throws IOException {
        // When
        String simple = client.query("COPY nowhere FROM STDIN")
                .copyData("1\n")
                .bare('c')
                .query("SELECT 1")
                .talk(2);
        String extended = client.parse("", "COPY t FROM STDIN (FORMAT csv, HEADER what)")
                        .bind("", "")
                        .execute("", 0)
                        .copyData("1\n")
                        .bare('c')
                        .sync()
                        .talk(1)
                + " " + client.query("SELECT 2").talk(1);

        // Then
        assertEquals("E(42P01) Z(I) T D[1] C(SELECT 1) Z(I)", simple);
        assertEquals("1 2 E(22023) Z(I) T D[2] C(SELECT 1) Z(I)", extended.replace("E(42601)", "E(22023)"));
    }

    @Test
    @DisplayName("COPY TO STDOUT without masks passes as it is")
    void copyOut() throws IOException {
        // When
        String answer = client.query("COPY (SELECT id, ssn FROM customers ORDER BY id) TO STDOUT")
                .talk(1);

        // Then
        assertEquals("H d(1\t123-45-6789) d(2\t987-65-4321) c C(COPY 2) Z(I)", answer);
    }
}
