package io.sallyport.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The admin API of a gateway, as one person. */
final class AdminApi {

    private final HttpClient client;
    private final String url;
    private final String token;

    AdminApi(Demo demo, String url, String token) throws IOException {
        this.client = HttpClient.newBuilder()
                .sslContext(RawPostgres.trusting(demo))
                .version(HttpClient.Version.HTTP_1_1)
                .build();
        this.url = url;
        this.token = token;
    }

    /** An answer: its status, and its body as JSON. */
    record Answer(int status, JsonNode body) {}

    Answer get(String path) throws IOException {
        return send(request(path).GET().build()).join();
    }

    /** Posts JSON. */
    Answer post(String path, String json) {
        return send(request(path)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(json))
                        .build())
                .join();
    }

    CompletableFuture<Answer> decide(String approval, boolean approve) {
        return send(request("/api/v1/approvals/" + approval + "/decision")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"approve\":" + approve + "}"))
                .build());
    }

    /** The approvals in these states, such as {@code pending}. */
    List<JsonNode> approvals(String states) throws IOException {
        List<JsonNode> found = new ArrayList<>();
        get("/api/v1/approvals?limit=1000&state=" + states)
                .body()
                .path("approvals")
                .forEach(found::add);
        return found;
    }

    JsonNode approval(String id) throws IOException {
        return get("/api/v1/approvals/" + id).body();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url + path)).header("Authorization", "Bearer " + token);
    }

    private CompletableFuture<Answer> send(HttpRequest request) {
        return client.sendAsync(request, HttpResponse.BodyHandlers.ofString())
                .thenApply(response -> new Answer(response.statusCode(), GatewayProcess.parse(response.body())));
    }
}
