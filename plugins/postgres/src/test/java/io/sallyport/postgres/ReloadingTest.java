package io.sallyport.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A result of a relation that came to be behind the gateway's back")
class ReloadingTest {

    private static final String LATE =
            "DROP TABLE IF EXISTS late; CREATE TABLE late(id int, ssn text); INSERT INTO late VALUES (1, '123-45-6789')";
    private static final String SECOND = "catalog queries on a second connection";

    private Gateway gateway;
    private RawClient client;

    @BeforeEach
    void start() throws IOException, SQLException {
        TestServer.get().execute("app", "DROP TABLE IF EXISTS late");
        gateway = Gateway.start();
        gateway.sessions.masking = new TestMasking(Set.of("public.late.ssn"));
        client = gateway.client();
        TestServer.get().execute("app", LATE + "; GRANT ALL ON late TO " + TestServer.ACCOUNT);
    }

    @AfterEach
    void stop() throws IOException, SQLException {
        TestServer.get().execute("app", "ALTER ROLE " + TestServer.ACCOUNT + " LOGIN");
        client.close();
        gateway.close();
    }

    @Test
    @DisplayName("waits until the catalog is read on a second connection, and is masked")
    void masked() throws IOException {
        // When
        String answer = client.query("BEGIN")
                .query("SELECT id, ssn FROM late")
                .query("SELECT ssn FROM late")
                .query("COMMIT")
                .talk(4);

        // Then
        assertEquals(
                "C(BEGIN) Z(T) T D[1, [a\tmask]] C(SELECT 1) Z(T) T D[[a\tmask]] C(SELECT 1) Z(T) C(COMMIT) Z(I)",
                answer);
        assertEquals(
                1, gateway.sessions.last().own.stream().filter(SECOND::equals).count());
    }

    @Test
    @DisplayName("waits in the extended protocol and in COPY too")
    void extendedAndCopy() throws IOException {
        // When
        String extended = client.query("BEGIN")
                .parse("", "SELECT ssn FROM late")
                .bind("", "")
                .execute("", 0)
                .sync()
                .talk(2);
        client.query("COMMIT").talk(1);
        String copied = client.query("COPY late TO STDOUT").talk(1);

        // Then
        assertEquals("C(BEGIN) Z(T) 1 2 D[[a\tmask]] C(SELECT 1) Z(T)", extended);
        assertEquals("H d(1\t[a\\tmask]) c C(COPY 1) Z(I)", copied);
        assertTrue(gateway.sessions.last().own.contains(SECOND), "the first answer had to wait");
    }

    @Test
    @DisplayName("is looked for once by a statement in a transaction, also if there is no such relation")
    void unknownInTransaction() throws IOException {
        // Given
        client.query("BEGIN").talk(1);
        client.query("SELECT pg_sleep(0.3)").talk(1);

        // When
        String simple = client.query("SELECT * FROM no_such_relation").talk(1);
        client.query("ROLLBACK").talk(1);
        client.query("BEGIN").talk(1);
        client.query("SELECT pg_sleep(0.3)").talk(1);
        String prepared =
                client.parse("", "SELECT * FROM no_such_relation").sync().talk(1);

        // Then
        assertEquals("E(42P01) Z(E)", simple);
        assertEquals("E(42P01) Z(E)", prepared);
        assertTrue(
                gateway.sessions.last().own.stream()
                                .filter("catalog and settings queries"::equals)
                                .count()
                        <= 5,
                "the catalog was read once for each");
    }

    @Test
    @DisplayName("is found by a statement of a transaction before it is sent, and no second connection is needed")
    void foundInTransaction() throws IOException {
        // Given
        client.query("BEGIN").talk(1);
        client.query("SELECT pg_sleep(0.3)").talk(1);

        // When
        String answer = client.query("SELECT ssn FROM late").talk(1);

        // Then
        assertEquals("T D[[a\tmask]] C(SELECT 1) Z(T)", answer);
        assertFalse(gateway.sessions.last().own.contains(SECOND), "the session's own connection told");
    }

    @Test
    @DisplayName("is never seen if the catalog cannot be read: the session ends and its transaction with it")
    void denied() throws IOException, SQLException {
        // Given
        TestServer.get().execute("app", "ALTER ROLE " + TestServer.ACCOUNT + " NOLOGIN");

        // When
        String answer = client.query("BEGIN").query("SELECT ssn FROM late").talk(2);

        // Then
        assertFalse(answer.contains("123-45-6789"), answer);
        assertEquals("C(BEGIN) Z(T) E(08P01) #", answer);
    }
}
