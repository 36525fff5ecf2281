package io.sallyport.demo.tour;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A client of the target {@code prod} through the gateway, which sends what kubectl would. */
final class ClusterClient {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final int STDOUT = 1;

    private final UnaryOperator<String> environment;
    private final HttpClient client;

    ClusterClient(UnaryOperator<String> environment) throws IOException {
        this.environment = environment;
        this.client = HttpClient.newBuilder()
                .sslContext(AdminClient.trusting(Path.of(environment.apply("CA_FILE"))))
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }

    /** Sends a request as whoever's token is named. */
    HttpResponse<String> send(String tokenVariable, String method, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri("https", path))
                .header("Authorization", "Bearer " + environment.apply(tokenVariable))
                .header("Accept", "application/json")
                .method(method, HttpRequest.BodyPublishers.noBody())
                .timeout(TIMEOUT)
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    /** What the command prints, once it has run to its end. */
    CompletableFuture<String> exec(String tokenVariable, String namespace, String pod, String command) {
        Printed printed = new Printed();
        return client.newWebSocketBuilder()
                .header("Authorization", "Bearer " + environment.apply(tokenVariable))
                .subprotocols("v5.channel.k8s.io")
                .buildAsync(
                        uri(
                                "wss",
                                "/api/v1/namespaces/" + namespace + "/pods/" + pod + "/exec?stdout=true&command="
                                        + command),
                        printed)
                .thenCompose(socket -> printed.whole);
    }

    /** The HTTP status with which an upgrade was refused. */
    static int refusal(CompletionException failure) {
        if (failure.getCause() instanceof WebSocketHandshakeException refused) {
            return refused.getResponse().statusCode();
        }
        throw failure;
    }

    private URI uri(String scheme, String path) {
        return URI.create(scheme + "://127.0.0.1:" + environment.apply("K8S_PORT") + "/clusters/prod" + path);
    }

    /** Collects the first stream of a command. */
    private static final class Printed implements WebSocket.Listener {

        private final CompletableFuture<String> whole = new CompletableFuture<>();
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        @Override
        public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
            byte[] message = new byte[data.remaining()];
            data.get(message);
            if (message.length > 0 && message[0] == STDOUT) {
                bytes.write(message, 1, message.length - 1);
            }
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
            whole.complete(bytes.toString(StandardCharsets.UTF_8));
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable failure) {
            whole.completeExceptionally(failure);
        }
    }
}
