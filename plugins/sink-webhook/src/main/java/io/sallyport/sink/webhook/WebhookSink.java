package io.sallyport.sink.webhook;

import io.sallyport.api.config.Secret;
import io.sallyport.api.sink.EventSink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Posts events: {@code {"events":[…]}}, with the headers {@code webhook-id}, {@code webhook-timestamp} and {@code
 * webhook-signature}. Any answer but 2xx is a failure, and the whole batch comes again; the same events, cut into the same
 * requests, have the same {@code webhook-id}.
 */
final class WebhookSink implements EventSink {

    private static final byte[] BEGIN = "{\"events\":[".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = "]}".getBytes(StandardCharsets.US_ASCII);

    private final WebhookSinkConfig config;
    private final InstantSource clock;
    private @Nullable HttpClient client;

    WebhookSink(WebhookSinkConfig config, InstantSource clock) {
        this.config = config;
        this.clock = clock;
    }

    @Override
    public void deliver(List<Event> events) throws IOException {
        int from = 0;
        while (from < events.size()) {
            int to = from + 1;
            long length = (long) BEGIN.length + END.length + events.get(from).json().length;
            while (to < events.size()
                    && length + 1 + events.get(to).json().length
                            <= config.maxBody().bytes()) {
                length += 1 + events.get(to).json().length;
                to++;
            }
            post(events.subList(from, to));
            from = to;
        }
    }

    private void post(List<Event> events) throws IOException {
        String id = id(events);
        byte[] body = body(events);
        long seconds = clock.instant().getEpochSecond();
        HttpRequest.Builder request = HttpRequest.newBuilder(config.url())
                .timeout(config.timeout())
                .header("Content-Type", "application/json")
                .header("User-Agent", "sallyport")
                .header("webhook-id", id)
                .header("webhook-timestamp", Long.toString(seconds))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        try (Secret secret = config.secret().get()) {
            request.header("webhook-signature", Signature.of(secret, id, seconds, body));
        }
        authorize(request);
        int status = send(request.build());
        if (status < 200 || status > 299) {
            // Without the path, which is often the whole secret of a webhook.
            throw new IOException(config.url().getHost() + " answers " + status);
        }
    }

    private void authorize(HttpRequest.Builder request) {
        Supplier<Secret> authorization = config.authorization();
        if (authorization == null) {
            return;
        }
        try (Secret secret = authorization.get()) {
            request.header("Authorization", secret.reveal().strip());
        } catch (IllegalArgumentException e) {
            // The JDK's message quotes the header's value.
            throw new IllegalStateException("authorization has characters that no header may have");
        }
    }

    private int send(HttpRequest request) throws IOException {
        HttpClient known = client;
        if (known == null) {
            known = Client.of(config.ca(), config.timeout());
            client = known;
        }
        try {
            return known.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException stopped = new InterruptedIOException("interrupted while posting");
            stopped.initCause(e);
            throw stopped;
        }
    }

    private static byte[] body(List<Event> events) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(BEGIN);
        for (int i = 0; i < events.size(); i++) {
            if (i > 0) {
                body.write(',');
            }
            body.writeBytes(events.get(i).json());
        }
        body.writeBytes(END);
        return body.toByteArray();
    }

    /** The same for the same events. */
    private static String id(List<Event> events) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Event event : events) {
                digest.update(event.id().getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
            }
            return "msg_" + HexFormat.of().formatHex(digest.digest(), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
