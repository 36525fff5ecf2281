package io.sallyport.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.api.config.HostPort;
import io.sallyport.postgres.PostgresTarget.Mode;
import io.sallyport.postgres.PostgresTarget.TargetTls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A target that does not behave as most do")
class OddTargetTest {

    private static final int CANCEL = 80877102;

    @Test
    @DisplayName("PG-10 that sends no BackendKeyData is logged in to, and a cancel request is noted as impossible")
    void noCancelKey() throws IOException {
        try (TargetProxy proxy = TargetProxy.without('K');
                Gateway gateway = Gateway.to(proxy.address(), Gateway.LIMITS, null);
                RawClient client = gateway.client()) {
            // Given
            client.query("SELECT pg_sleep(1)").send();
            Await.until(
                    "the action is judged",
                    () -> !gateway.sessions.last().exchanges.isEmpty());

            // When
            try (Socket socket =
                    new Socket(gateway.address().getAddress(), gateway.address().getPort())) {
                socket.getOutputStream()
                        .write(ByteBuffer.allocate(16)
                                .putInt(16)
                                .putInt(CANCEL)
                                .putInt(client.process)
                                .put(client.key)
                                .array());
                socket.getInputStream().read();
            }
            String answer = client.talk(1);

            // Then
            assertTrue(client.process > 0, "the client has a key of the gateway's own");
            assertEquals("T D[] C(SELECT 1) Z(I)", answer);
            assertTrue(
                    gateway.sessions.last().notes.contains("cancel request: the target cannot cancel"),
                    gateway.sessions.last().notes.toString());
        }
    }

    @Test
    @DisplayName("PG-29 that sends a message of an unknown type is believed no further: the session ends")
    void unknownMessage() throws IOException {
        try (TargetProxy proxy = TargetProxy.renaming('n', '~');
                Gateway gateway = Gateway.to(proxy.address(), Gateway.LIMITS, null);
                RawClient client = gateway.client()) {
            // When
            String answer = client.parse("", "SET work_mem = '8MB'")
                    .describe('S', "")
                    .sync()
                    .query("SELECT 1")
                    .talk(2);

            // Then
            assertEquals("1 t E(08P01) #", answer);
            Await.until("the record is closed", () -> gateway.sessions.last().closing != null);
            assertEquals(
                    "protocol-violation",
                    Objects.requireNonNull(gateway.sessions.last().closing).cause());
        }
    }

    @Test
    @DisplayName("PG-29 that answers SSLRequest with more than its one byte is not spoken to")
    void answersTooMuch() throws Exception {
        try (ServerSocket stub = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Integer> seen = new CompletableFuture<>();
            Thread thread = new Thread(() -> {
                try (Socket socket = stub.accept()) {
                    socket.getInputStream().readNBytes(8);
                    socket.getOutputStream().write(new byte[] {'S', 'R', 0, 0, 0, 8, 0, 0, 0, 0});
                    seen.complete(socket.getInputStream().readAllBytes().length);
                } catch (IOException e) {
                    seen.complete(0);
                }
            });
            thread.start();
            try (Gateway gateway = Gateway.to(
                            new HostPort("127.0.0.1", stub.getLocalPort()),
                            Gateway.LIMITS,
                            null,
                            new TargetTls(Mode.VERIFY_FULL, null));
                    RawClient client = new RawClient(gateway.address())) {
                // When
                String answer = client.startup(196608, "app")
                        .password(FakeSessions.TOKEN)
                        .talk(1);

                // Then
                assertEquals("R R E(08001) #", answer);
                assertEquals(0, seen.get(), "nothing was sent behind SSLRequest");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7})
    @DisplayName("MASK-06, PG-58 whose answers come in crumbs has its values masked as if they came whole")
    void crumbs(int bytes) throws IOException {
        // Given
        String sql = "SELECT id, email, ssn, NULL::text AS n, '' AS e FROM customers ORDER BY id";
        String copy = "COPY (SELECT email, ssn FROM customers ORDER BY id) TO STDOUT";
        AtomicBoolean begun = new AtomicBoolean();
        try (TargetProxy proxy = TargetProxy.cutting(bytes, begun);
                Gateway gateway = Gateway.to(proxy.address(), Gateway.LIMITS, null)) {
            gateway.sessions.masking = TestMasking.SSN;
            try (RawClient client = gateway.client()) {
                begun.set(true);

                // When
                String rows = client.query(sql).talk(1);
                String prepared =
                        client.parse("", sql).bind("", "").execute("", 0).sync().talk(1);
                String copied = client.query(copy).talk(1);

                // Then
                String masked = "D[1, *****@example.com, [a\tmask], null, ] D[2, bob@example.com, [a\tmask], null, ]"
                        + " C(SELECT 2) Z(I)";
                assertEquals("T " + masked, rows);
                assertEquals("1 2 " + masked, prepared);
                assertEquals(
                        "H d(*****@example.com\t[a\\tmask]) d(bob@example.com\t[a\\tmask]) c C(COPY 2) Z(I)", copied);
            }
        }
    }
}
