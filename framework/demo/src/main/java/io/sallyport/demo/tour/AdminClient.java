package io.sallyport.demo.tour;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A user of the admin API, as whoever's token is named. */
final class AdminClient {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final long LOOK_NANOS = 100_000_000L;

    private final UnaryOperator<String> environment;
    private final HttpClient client;
    private final ObjectMapper json = new ObjectMapper();

    AdminClient(UnaryOperator<String> environment) throws IOException {
        this.environment = environment;
        this.client = HttpClient.newBuilder()
                .sslContext(trusting(Path.of(environment.apply("CA_FILE"))))
                .build();
    }

    /** Waits until a held action with this text shows up, and returns its approval's identifier. */
    String awaitApproval(String tokenVariable, String text, Duration patience) throws Exception {
        long deadline = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() < deadline) {
            Optional<String> found = approval(tokenVariable, text);
            if (found.isPresent()) {
                return found.get();
            }
            LockSupport.parkNanos(this, LOOK_NANOS);
        }
        throw new AssertionError("no approval was asked for within " + patience.toSeconds() + " s: " + text);
    }

    private Optional<String> approval(String tokenVariable, String text) throws Exception {
        JsonNode list = body(get(tokenVariable, "/api/v1/approvals?state=pending"));
        for (JsonNode approval : list.path("approvals")) {
            String id = approval.path("id").asText();
            JsonNode whole = body(get(tokenVariable, "/api/v1/approvals/" + id));
            if (whole.path("text").asText().contains(text)) {
                return Optional.of(id);
            }
        }
        return Optional.empty();
    }

    /** Decides, and returns the HTTP status. */
    int decide(String tokenVariable, String approval, boolean approve) throws Exception {
        HttpRequest request = request(tokenVariable, "/api/v1/approvals/" + approval + "/decision")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"approve\":" + approve + ",\"comment\":\"on the tour\"}"))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
    }

    /** The HTTP status of asking for a session's records. */
    int recordStatus(String tokenVariable, String session) throws Exception {
        return get(tokenVariable, records(session)).statusCode();
    }

    /** Waits until a session's record contains a text, and returns a line for each of its records. */
    List<String> awaitRecord(String tokenVariable, String session, String text, Duration patience) throws Exception {
        long deadline = System.nanoTime() + patience.toNanos();
        HttpResponse<String> answer = get(tokenVariable, records(session));
        while (!(answer.statusCode() == 200 && answer.body().contains(text)) && System.nanoTime() < deadline) {
            LockSupport.parkNanos(this, LOOK_NANOS);
            answer = get(tokenVariable, records(session));
        }
        List<String> lines = new ArrayList<>();
        for (JsonNode record : body(answer).path("records")) {
            lines.add(line(record));
        }
        return lines;
    }

    private static String line(JsonNode record) {
        JsonNode payload = record.path("payload");
        StringBuilder line = new StringBuilder(record.path("time").asText());
        line.append("  ").append(record.path("type").asText());
        for (String key : List.of("target", "grant", "text", "verdict", "rule", "status", "tag", "rows")) {
            if (payload.has(key)) {
                line.append("  ")
                        .append(key)
                        .append('=')
                        .append(payload.path(key).asText());
            }
        }
        return line.toString();
    }

    private static String records(String session) {
        return "/api/v1/sessions/" + session + "/records?limit=100";
    }

    private HttpResponse<String> get(String tokenVariable, String path) throws Exception {
        return client.send(request(tokenVariable, path).build(), HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode body(HttpResponse<String> answer) throws IOException {
        if (answer.statusCode() != 200) {
            throw new AssertionError("HTTP " + answer.statusCode() + " from " + answer.uri() + ": " + answer.body());
        }
        return json.readTree(answer.body());
    }

    private HttpRequest.Builder request(String tokenVariable, String path) {
        return HttpRequest.newBuilder(URI.create(environment.apply("ADMIN_URL") + path))
                .timeout(TIMEOUT)
                .header("Authorization", "Bearer " + environment.apply(tokenVariable));
    }

    static SSLContext trusting(Path authority) throws IOException {
        try (InputStream in = Files.newInputStream(authority)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry(
                    "authority", CertificateFactory.getInstance("X.509").generateCertificate(in));
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException(authority + " cannot be used as an authority", e);
        }
    }
}
