package io.sallyport.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.api.guardrail.Verdict;
import io.sallyport.netty.Transport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HoldTest {

    private static final String UPDATE = "UPDATE orders SET note='x' WHERE id=1";

    private Gateway gateway;
    private RawClient client;

    @BeforeEach
    void start() throws IOException, SQLException {
        TestServer.get().execute("app", "UPDATE orders SET note='n'");
        open();
    }

    private void open() throws IOException {
        gateway = Gateway.start();
        gateway.sessions.judge =
                action -> action.text().startsWith("UPDATE orders") ? FakeSessions.HOLD : Verdict.Allow.PLAIN;
        client = gateway.client();
    }

    @AfterEach
    void stop() throws IOException {
        System.clearProperty(Transport.PROPERTY);
        client.close();
        gateway.close();
    }

    private FakeSessions.FakeExchange newest() {
        var exchanges = gateway.sessions.last().exchanges;
        return exchanges.get(exchanges.size() - 1);
    }

    private static String note() throws SQLException {
        return TestServer.get().text("app", "SELECT note FROM orders WHERE id=1");
    }

    @Test
    @DisplayName("The client is told at once, and the statement runs when it is approved")
    void approved() throws IOException, SQLException {
        // Given
        client.query(UPDATE).query("SELECT 5").send();
        RawClient.Message notice = client.read();
        String before = note();

        // When
        newest().decide(Verdict.Allow.PLAIN);
        String answer = client.talk(2);

        // Then
        assertTrue(notice.field('M').contains("ap-1: a person must agree; https://gw/approvals/ap-1"));
        assertEquals("n", before);
        assertEquals("C(UPDATE 1) Z(I) T D[5] C(SELECT 1) Z(I)", answer);
        assertEquals("x", note());
    }

    @Test
    @DisplayName("A rejected statement is refused, and what waits behind it goes on")
    void rejected() throws IOException, SQLException {
        // Given
        client.query(UPDATE).query("SELECT 5").send();
        client.read();

        // When
        newest().decide(new Verdict.Deny("A1", "rejected by carol"));
        String answer = client.talk(2);

        // Then
        assertEquals("E(42501) Z(I) T D[5] C(SELECT 1) Z(I)", answer);
        assertEquals("n", note());
    }

    @Test
    @DisplayName("PG-24 Every Bind of one Parse is held on its own")
    void everyBind() throws IOException, SQLException {
        // Given
        client.parse("u", "UPDATE orders SET note='x' WHERE id=$1::int").sync().talk(1);
        client.bind("", "u", "1").execute("", 0).sync().send();
        RawClient.Message first = client.read();
        newest().decide(Verdict.Allow.PLAIN);
        String firstAnswer = client.talk(1);

        // When
        client.bind("", "u", "2").execute("", 0).sync().send();
        RawClient.Message second = client.read();
        newest().decide(new Verdict.Deny("A1", "rejected"));
        String secondAnswer = client.talk(1);

        // Then
        assertEquals("N(00000)", first.toString());
        assertEquals("2 C(UPDATE 1) Z(I)", firstAnswer);
        assertEquals("N(00000)", second.toString());
        assertEquals("E(42501) Z(I)", secondAnswer);
        assertEquals("n", TestServer.get().text("app", "SELECT note FROM orders WHERE id=2"));
    }

    @Test
    @DisplayName("PG-14 Cancel while a statement waits: 57014 at once, and a late approval runs nothing")
    void cancelled() throws IOException, SQLException {
        // Given
        client.query("BEGIN").talk(1);
        client.query(UPDATE).send();
        client.read();

        // When
        cancel(client);
        String answer = client.talk(1);
        newest().decide(Verdict.Allow.PLAIN);
        String after = client.query("ROLLBACK").talk(1);

        // Then
        assertEquals("E(57014) Z(E)", answer);
        assertEquals("C(ROLLBACK) Z(I)", after);
        assertNotNull(newest());
        assertEquals("n", note());
    }

    private void cancel(RawClient whose) throws IOException {
        InetSocketAddress address = gateway.address();
        try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
            java.io.DataOutputStream out = new java.io.DataOutputStream(socket.getOutputStream());
            out.writeInt(12 + whose.key.length);
            out.writeInt(80877102);
            out.writeInt(whose.process);
            out.write(whose.key);
            out.flush();
            assertEquals(-1, socket.getInputStream().read());
        }
    }

    @Test
    @DisplayName("PG-13 A cancel request in clear ends what runs with 57014 and leaves the session open")
    void cancelRunning() throws IOException {
        // Given
        client.query("SELECT pg_sleep(60)").send();
        Await.until(
                "the statement runs",
                () -> "1"
                        .equals(
                                TestServer.get()
                                        .text(
                                                "postgres",
                                                "SELECT count(*) FROM pg_stat_activity WHERE query = 'SELECT pg_sleep(60)' AND state = 'active'")));

        // When
        cancel(client);
        String answer = client.talk(1);
        String after = client.query("SELECT 1").talk(1);

        // Then
        assertEquals("T E(57014) Z(I)", answer);
        assertEquals("T D[1] C(SELECT 1) Z(I)", after);
    }

    @ParameterizedTest(name = "{0}, {1}")
    @CsvSource({"epoll,fin", "epoll,rst", "nio,fin", "nio,rst"})
    @DisplayName(
            "PG-36 A client that leaves while its statement waits is noticed within two seconds, and nothing is sent")
    void leaves(String transport, String how) throws IOException, SQLException {
        // Given
        client.close();
        gateway.close();
        System.setProperty(Transport.PROPERTY, transport);
        open();
        client.query(UPDATE).send();
        client.read();

        // When
        if (how.equals("rst")) {
            client.socket.setSoLinger(true, 0);
        }
        client.close();

        // Then
        Await.within(Duration.ofSeconds(2), "the session is closed", () -> gateway.sessions.last().closing != null);
        newest().decide(Verdict.Allow.PLAIN);
        assertNotNull(newest().cancelled);
        assertEquals("n", note());
    }

    @Test
    @DisplayName("More than the allowed bytes behind a held statement deny it")
    void tooMuchBehind() throws IOException, SQLException {
        // Given
        client.query(UPDATE).send();
        client.read();

        // When
        client.query("SELECT '" + "x".repeat(2 << 20) + "'").send();
        String held = client.read() + " " + client.read();
        RawClient.Message next = client.read();

        // Then
        assertEquals("E(54000) Z(I)", held);
        assertEquals('T', next.type());
        assertEquals("n", note());
    }

    @Test
    @DisplayName("Nothing overtakes a held Bind in a pipeline")
    void order() throws IOException {
        // Given
        client.parse("", UPDATE)
                .bind("", "")
                .execute("", 0)
                .parse("", "SELECT note FROM orders WHERE id=1")
                .bind("", "")
                .execute("", 0)
                .sync()
                .send();
        String told = client.read() + " " + client.read(200);

        // When
        newest().decide(Verdict.Allow.PLAIN);
        String answer = client.talk(1);

        // Then
        assertEquals("N(00000) null", told);
        assertEquals("1 2 C(UPDATE 1) 1 2 D[x] C(SELECT 1) Z(I)", answer);
        assertNull(gateway.sessions.last().closing);
    }
}
