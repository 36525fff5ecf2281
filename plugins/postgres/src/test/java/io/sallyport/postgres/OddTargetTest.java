package io.sallyport.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
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

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7})
    @DisplayName("MASK-06, PG-58 whose answers come in crumbs has its values masked as if they came whole")
    void crumbs(int bytes) throws IOException {
        // Given
        String sql = "SELECT id, email, ssn, NULL::text AS n, '' AS e FROM customers ORDER BY id";
        String copy = "COPY (SELECT email, ssn FROM customers ORDER BY id) TO STDOUT";
        try (TargetProxy proxy = TargetProxy.cutting(bytes);
                Gateway gateway = Gateway.to(proxy.address(), Gateway.LIMITS, null)) {
            gateway.sessions.masking = TestMasking.SSN;
            try (RawClient client = gateway.client()) {
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
