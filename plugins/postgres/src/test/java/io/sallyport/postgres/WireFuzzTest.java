package io.sallyport.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.sallyport.api.guardrail.Verdict;
import io.sallyport.api.session.Session;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Bytes that no client and no server would send, made from valid ones: {@code -Dsallyport.fuzz} says how many sessions, and
 * {@code -Dsallyport.fuzz.seed} where to begin.
 */
@DisplayName("Broken bytes")
class WireFuzzTest {

    private static final int SESSIONS = Integer.getInteger("sallyport.fuzz", 40);
    private static final long SEED = Long.getLong("sallyport.fuzz.seed", 20_260_101);
    private static final int MOST_ANSWERS = 200;
    private static final int QUIET_MILLIS = 150;

    /** Ends a session that the gateway itself ended because of an error of its own. */
    private static void noErrorOfOurs(Gateway gateway, long seed) {
        for (FakeSessions.FakeSession session : gateway.sessions.opened) {
            Session.Closing closing = session.closing;
            assertNotEquals("internal-error", closing == null ? "" : closing.cause(), "seed " + seed);
        }
        gateway.sessions.opened.clear();
    }

    private static byte[] conversation() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(all);
        frame(out, 'Q', "SELECT id, ssn FROM customers\0");
        frame(out, 'P', "s\0SELECT note FROM orders WHERE id = $1\0\0\1\0\0\0\27");
        frame(out, 'D', "Ss\0");
        frame(out, 'B', "\0s\0\0\1\0\0\0\1\0\0\0\1" + "1" + "\0\1\0\1");
        frame(out, 'D', "P\0");
        frame(out, 'E', "\0\0\0\0\1");
        frame(out, 'H', "");
        frame(out, 'C', "Ss\0");
        frame(out, 'S', "");
        frame(out, 'Q', "COPY t FROM STDIN\0");
        frame(out, 'd', "1\n2\n");
        frame(out, 'c', "");
        frame(out, 'F', "\0\0\1\1\0\0\0\1\0\0\0\1" + "5" + "\0\0");
        frame(out, 'Q', "BEGIN; DELETE FROM customers; COMMIT\0");
        frame(out, 'Q', "COPY customers TO STDOUT\0");
        return all.toByteArray();
    }

    private static void frame(DataOutputStream out, char type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.ISO_8859_1);
        out.writeByte(type);
        out.writeInt(bytes.length + 4);
        out.write(bytes);
    }

    private static byte[] broken(byte[] valid, Random random) {
        byte[] bytes = valid.clone();
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> bytes[at] = 0;
                default -> {
                    byte[] cut = new byte[bytes.length - 1];
                    System.arraycopy(bytes, 0, cut, 0, at);
                    System.arraycopy(bytes, at + 1, cut, at, cut.length - at);
                    bytes = cut;
                }
            }
        }
        return bytes;
    }

    @Test
    @DisplayName(
            "of a client are refused or end its session; no error is the gateway's own, and nothing passes unjudged")
    void ofClient() throws IOException, SQLException {
        byte[] valid = conversation();
        try (Gateway gateway = Gateway.start()) {
            gateway.sessions.masking = TestMasking.SSN;
            gateway.sessions.judge = action -> action.text().contains("customers")
                            && action.accesses().stream()
                                    .anyMatch(
                                            access -> !access.verb().toString().equals("select"))
                    ? new Verdict.Deny("D1", "customers are not changed")
                    : Verdict.Allow.PLAIN;
            for (long seed = SEED; seed < SEED + SESSIONS; seed++) {
                // When
                try (RawClient client = gateway.client()) {
                    client.socket.getOutputStream().write(broken(valid, new Random(seed)));
                    drain(client);
                }

                // Then
                noErrorOfOurs(gateway, seed);
            }
        }
        assertEquals("2", TestServer.get().text("app", "SELECT count(*) FROM customers"));
    }

    @Test
    @DisplayName("of a target end the session or pass; no error is the gateway's own")
    void ofTarget() throws IOException {
        Random random = new Random(SEED);
        boolean[] breaking = new boolean[1];
        try (TargetProxy proxy = TargetProxy.sending((frame, to) -> send(frame, to, breaking[0], random));
                Gateway gateway = Gateway.to(proxy.address(), Gateway.LIMITS, null)) {
            gateway.sessions.masking = TestMasking.SSN;
            for (int i = 0; i < SESSIONS; i++) {
                breaking[0] = false;
                try (RawClient client = gateway.client()) {
                    breaking[0] = true;

                    // When
                    client.query("SELECT ssn, id FROM customers")
                            .parse("", "SELECT id FROM orders")
                            .describe('S', "")
                            .bind("", "")
                            .execute("", 0)
                            .sync()
                            .query("COPY (SELECT ssn, id FROM customers) TO STDOUT")
                            .send();
                    drain(client);
                } catch (IOException e) {
                    // The login was broken off.
                }

                // Then
                noErrorOfOurs(gateway, SEED);
            }
        }
    }

    private static void send(byte[] frame, OutputStream to, boolean breaking, Random random) throws IOException {
        if (breaking && random.nextInt(6) == 0) {
            to.write(broken(frame, random));
        } else {
            to.write(frame);
        }
    }

    /** Reads what comes until the gateway closes, or stops making sense, which a broken target may cause. */
    private static void drain(RawClient client) {
        try {
            for (int i = 0; i < MOST_ANSWERS; i++) {
                RawClient.Message message = client.read(QUIET_MILLIS);
                if (message == null || message.type() == '#') {
                    return;
                }
            }
        } catch (IOException | RuntimeException e) {
            // Cut off in the middle of a message.
        }
    }
}
