package io.sallyport.sink.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import io.sallyport.api.config.ByteSize;
import io.sallyport.api.config.Secret;
import io.sallyport.api.sink.EventSink.Event;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The webhook sink")
@SuppressWarnings("NullAway.Init")
final class WebhookSinkTest {

    private static final Instant NOW = Instant.parse("2026-11-25T10:15:00Z");

    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final List<Integer> answers = new CopyOnWriteArrayList<>();
    private HttpServer server;

    private record Request(Headers headers, String body) {

        String header(String name) {
            return String.valueOf(headers.getFirst(name));
        }
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            requests.add(new Request(exchange.getRequestHeaders(), new String(body, StandardCharsets.UTF_8)));
            int status = answers.isEmpty() ? 204 : answers.remove(0);
            if (status == 307) {
                exchange.getResponseHeaders().set("Location", "/elsewhere");
            }
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    @DisplayName("posts a batch as JSON with a signature that its receiver can check")
    void signed() throws Exception {
        // Given
        WebhookSink sink = sink("key", "1MiB");

        // When
        sink.deliver(List.of(event(1, "a"), event(2, "b")));

        // Then
        Request request = requests.get(0);
        assertEquals(
                "{\"events\":[{\"id\":\"n/l/1/1\",\"v\":\"a\"},{\"id\":\"n/l/1/2\",\"v\":\"b\"}]}", request.body());
        assertEquals("application/json", request.header("Content-Type"));
        assertEquals(Long.toString(NOW.getEpochSecond()), request.header("webhook-timestamp"));
        String content = request.header("webhook-id") + "." + NOW.getEpochSecond() + "." + request.body();
        assertEquals(
                "v1," + hmac("key".getBytes(StandardCharsets.UTF_8), content), request.header("webhook-signature"));
    }

    @Test
    @DisplayName("takes a secret in Base64 behind whsec_")
    void encodedSecret() throws Exception {
        // Given
        byte[] key = {1, 2, 3, (byte) 200};
        WebhookSink sink = sink("whsec_" + Base64.getEncoder().encodeToString(key), "1MiB");

        // When
        sink.deliver(List.of(event(1, "a")));

        // Then
        Request request = requests.get(0);
        String content = request.header("webhook-id") + "." + NOW.getEpochSecond() + "." + request.body();
        assertEquals("v1," + hmac(key, content), request.header("webhook-signature"));
    }

    @Test
    @DisplayName("fails on any answer but 2xx, and repeats the same events under the same id")
    void refused() throws Exception {
        // Given
        answers.addAll(List.of(503, 404, 202));
        WebhookSink sink = sink("key", "1MiB");
        List<Event> batch = List.of(event(1, "a"));

        // When
        IOException unavailable = assertThrows(IOException.class, () -> sink.deliver(batch));
        assertThrows(IOException.class, () -> sink.deliver(batch));
        sink.deliver(batch);
        sink.deliver(List.of(event(2, "a")));

        // Then
        // The path of the address may be a secret.
        assertEquals("127.0.0.1 answers 503", unavailable.getMessage());
        assertEquals(requests.get(0).header("webhook-id"), requests.get(2).header("webhook-id"));
        assertNotEquals(requests.get(0).header("webhook-id"), requests.get(3).header("webhook-id"));
    }

    @Test
    @DisplayName("follows no redirect")
    void redirect() {
        // Given
        answers.add(307);
        WebhookSink sink = sink("key", "1MiB");

        // When
        assertThrows(IOException.class, () -> sink.deliver(List.of(event(1, "a"))));

        // Then
        assertEquals(1, requests.size());
    }

    @Test
    @DisplayName("cuts a batch into bodies of at most the limit, but no event")
    void cut() throws Exception {
        // Given
        WebhookSink sink = sink("key", "1KiB");
        List<Event> batch = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            batch.add(event(i, "x".repeat(400)));
        }
        batch.add(event(9, "y".repeat(3000)));

        // When
        sink.deliver(batch);

        // Then
        assertEquals(
                List.of(2, 2, 1, 1),
                requests.stream().map(request -> count(request.body())).toList());
        assertTrue(requests.subList(0, 3).stream()
                .allMatch(request -> request.body().length() <= 1024));
    }

    @Test
    @DisplayName("says who it is where the receiver wants to know")
    void authorization() throws Exception {
        // Given
        WebhookSinkConfig config = new WebhookSinkConfig(
                address(),
                () -> Secret.of("key"),
                () -> Secret.of("Token abc"),
                null,
                new ByteSize(1 << 20),
                Duration.ofSeconds(5));

        // When
        new WebhookSink(config, () -> NOW).deliver(List.of(event(1, "a")));

        // Then
        assertEquals("Token abc", requests.get(0).header("Authorization"));
    }

    @Test
    @DisplayName("does not name its credentials where they cannot be sent")
    void unusable() {
        // Given
        WebhookSinkConfig config = new WebhookSinkConfig(
                address(),
                () -> Secret.of("key"),
                () -> Secret.of("abc\ndef"),
                null,
                new ByteSize(1 << 20),
                Duration.ofSeconds(5));
        WebhookSink sink = new WebhookSink(config, () -> NOW);

        // When
        IllegalStateException refusal =
                assertThrows(IllegalStateException.class, () -> sink.deliver(List.of(event(1, "a"))));

        // Then
        assertFalse(refusal.toString().contains("abc"));
        assertEquals(0, requests.size());
    }

    @Test
    @DisplayName("refuses an address in clear text beyond the host, and one with a password in it")
    void addresses() {
        for (String address :
                List.of("http://siem.example.com/", "ftp://127.0.0.1/", "https://u:p@siem.example.com/")) {
            // When
            IllegalArgumentException refusal = assertThrows(
                    IllegalArgumentException.class,
                    () -> new WebhookSinkConfig(
                            URI.create(address),
                            () -> Secret.of("k"),
                            null,
                            null,
                            new ByteSize(4096),
                            Duration.ofSeconds(1)));

            // Then
            assertTrue(String.valueOf(refusal.getMessage()).startsWith("url"), refusal::toString);
        }
    }

    private URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hook");
    }

    private WebhookSink sink(String secret, String limit) {
        return new WebhookSink(
                new WebhookSinkConfig(
                        address(), () -> Secret.of(secret), null, null, ByteSize.parse(limit), Duration.ofSeconds(5)),
                () -> NOW);
    }

    private static int count(String body) {
        return body.split("\"id\"", -1).length - 1;
    }

    private static Event event(int number, String value) {
        String id = "n/l/1/" + number;
        String json = "{\"id\":\"" + id + "\",\"v\":\"" + value + "\"}";
        return new Event(id, "own", "", json.getBytes(StandardCharsets.UTF_8));
    }

    private static String hmac(byte[] key, String content) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return Base64.getEncoder().encodeToString(mac.doFinal(content.getBytes(StandardCharsets.UTF_8)));
    }
}
