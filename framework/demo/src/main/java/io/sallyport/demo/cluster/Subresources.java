package io.sallyport.demo.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.demo.cluster.ClusterApi.Named;
import io.sallyport.demo.cluster.exec.ExecSession;
import io.sallyport.demo.cluster.http.Exchange;
import io.sallyport.demo.cluster.http.Request;
import io.sallyport.demo.cluster.http.WebSocket;
import io.sallyport.demo.cluster.store.ApiFailure;
import io.sallyport.demo.cluster.store.Store;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** What objects have beside themselves: logs, commands, scales, tokens. */
final class Subresources {

    private static final int LINES = 20;
    private static final Duration LONGEST_LOG = Duration.ofHours(1);

    private final Store store;
    private final ObjectMapper json;

    Subresources(Store store, ObjectMapper json) {
        this.store = store;
        this.json = json;
    }

    void answer(Request request, Exchange exchange, Named named) throws IOException {
        ObjectNode object = store.get(named.kind(), named.namespace(), named.name());
        switch (named.subresource()) {
            case "log" -> log(request, exchange, named);
            case "exec", "attach" -> exec(request, exchange, named);
            case "scale" -> scale(request, exchange, named, object);
            case "status", "finalize" -> status(request, exchange, named, object);
            case "eviction" -> {
                store.delete(
                        named.kind(),
                        named.namespace(),
                        named.name(),
                        request.parameter("dryRun").equals("All"));
                answer(
                        exchange,
                        201,
                        json.createObjectNode()
                                .put("kind", "Status")
                                .put("apiVersion", "v1")
                                .put("status", "Success"));
            }
            case "token" -> token(exchange);
            default -> throw new ApiFailure(404, "NotFound", "the server could not find the requested resource");
        }
    }

    private void answer(Exchange exchange, int status, JsonNode body) throws IOException {
        exchange.answer(status, ClusterApi.JSON, json.writeValueAsBytes(body));
    }

    private static void log(Request request, Exchange exchange, Named named) throws IOException {
        String tail = request.parameter("tailLines");
        int first = tail.isEmpty() ? 1 : Math.max(1, LINES + 1 - Integer.parseInt(tail));
        Instant end = Instant.now().plus(LONGEST_LOG);
        try (OutputStream out = exchange.stream(200, "text/plain")) {
            for (int line = first; line <= LINES; line++) {
                out.write(line(named.name(), line).getBytes(StandardCharsets.UTF_8));
            }
            out.flush();
            int line = LINES;
            while (request.flag("follow")
                    && Instant.now().isBefore(end)
                    && !Thread.currentThread().isInterrupted()) {
                LockSupport.parkNanos(500_000_000L);
                line++;
                out.write(line(named.name(), line).getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
        }
    }

    private static String line(String pod, int line) {
        return line % 5 == 0
                ? "line " + line + " of " + pod + ": paid with 4111 1111 1111 1111 by bob@example.com\n"
                : "line " + line + " of " + pod + ": all is well\n";
    }

    private static void exec(Request request, Exchange exchange, Named named) throws IOException {
        WebSocket socket = WebSocket.accept(request, exchange, ExecSession.PROTOCOLS);
        if (socket == null) {
            throw new ApiFailure(400, "BadRequest", "this cluster has exec over WebSocket only");
        }
        List<String> command = named.subresource().equals("attach")
                ? List.of("echo", "attached")
                : request.query().getOrDefault("command", List.of());
        new ExecSession(socket, request.flag("stdin"), request.flag("tty")).run(named.name(), command);
    }

    private void scale(Request request, Exchange exchange, Named named, ObjectNode object) throws IOException {
        ObjectNode scaled = object;
        if (!request.method().equals("GET")) {
            JsonNode replicas = json.readTree(request.body()).path("spec").path("replicas");
            scaled.withObject("/spec").set("replicas", replicas);
            scaled = store.replace(
                    named.kind(),
                    named.namespace(),
                    named.name(),
                    scaled,
                    request.parameter("dryRun").equals("All"));
        }
        ObjectNode scale = json.createObjectNode().put("kind", "Scale").put("apiVersion", "autoscaling/v1");
        ObjectNode metadata = scale.putObject("metadata");
        for (String name : List.of("name", "namespace", "uid", "resourceVersion", "creationTimestamp")) {
            metadata.set(name, scaled.path("metadata").path(name));
        }
        scale.putObject("spec").set("replicas", scaled.path("spec").path("replicas"));
        scale.putObject("status").set("replicas", scaled.path("status").path("replicas"));
        answer(exchange, 200, scale);
    }

    private void status(Request request, Exchange exchange, Named named, ObjectNode object) throws IOException {
        if (!request.method().equals("GET")) {
            throw new ApiFailure(403, "Forbidden", "only controllers write the status of " + named.name());
        }
        answer(exchange, 200, object);
    }

    private void token(Exchange exchange) throws IOException {
        ObjectNode answer =
                json.createObjectNode().put("kind", "TokenRequest").put("apiVersion", "authentication.k8s.io/v1");
        answer.putObject("metadata");
        answer.putObject("spec").put("expirationSeconds", 3600);
        answer.putObject("status")
                .put("token", "demo-token-of-a-service-account")
                .put(
                        "expirationTimestamp",
                        Instant.now()
                                .plusSeconds(3600)
                                .truncatedTo(ChronoUnit.SECONDS)
                                .toString());
        answer(exchange, 201, answer);
    }
}
