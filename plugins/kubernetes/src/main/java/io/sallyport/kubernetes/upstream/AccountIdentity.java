package io.sallyport.kubernetes.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sallyport.api.session.JournalUnavailableException;
import io.sallyport.api.session.Session;
import io.sallyport.kubernetes.http.HeadWriter;
import io.sallyport.kubernetes.http.Headers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A service account of the cluster: its token, asked for by TokenRequest with the gateway's own credential, lives ten
 * minutes and serves one session. The request is in the record before it is sent.
 */
public final class AccountIdentity implements Identity {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LIFE_SECONDS = 600;
    private static final int EARLY_SECONDS = 60;
    private static final int LONGEST_ANSWER = 256 * 1024;

    private final String namespace;
    private final String name;
    private final Headers own;
    private final Upstream upstream;
    private final Session session;
    private final InstantSource clock;
    private @Nullable Headers fields;
    private Instant until = Instant.MIN;
    private @Nullable CompletableFuture<Headers> renewing;

    /**
     * An account without a token yet.
     *
     * @param account {@code NAMESPACE/NAME}
     * @param own the fields of the credential's own name
     * @param upstream connections that show the credential's certificate, if it has one
     */
    public AccountIdentity(String account, FixedIdentity own, Upstream upstream, Session session, InstantSource clock) {
        int slash = account.indexOf('/');
        this.namespace = account.substring(0, slash);
        this.name = account.substring(slash + 1);
        Headers ownFields = own.fields();
        this.own = ownFields == null ? new Headers() : ownFields;
        this.upstream = upstream;
        this.session = session;
        this.clock = clock;
    }

    @Override
    public @Nullable Headers fields() {
        return clock.instant().isBefore(until) ? fields : null;
    }

    @Override
    public boolean renewable() {
        return true;
    }

    @Override
    public CompletionStage<Headers> renew() {
        CompletableFuture<Headers> running = renewing;
        if (running != null) {
            return running;
        }
        CompletableFuture<Headers> result = new CompletableFuture<>();
        renewing = result;
        result.whenComplete((done, failure) -> renewing = null);
        try {
            session.own("create " + namespace + "/serviceaccounts:token/" + name + ": a token of " + LIFE_SECONDS
                    + " seconds for this session");
        } catch (JournalUnavailableException e) {
            result.completeExceptionally(new IOException("the gateway cannot write its journal"));
            return result;
        }
        upstream.connect().whenComplete((connection, failure) -> {
            if (connection == null) {
                result.completeExceptionally(failure == null ? new IOException("no connection") : failure);
            } else {
                connection.send(request(), false, false, new Answer(connection, result));
            }
        });
        return result;
    }

    private ByteBuf request() {
        byte[] body = ("{\"apiVersion\":\"authentication.k8s.io/v1\",\"kind\":\"TokenRequest\","
                        + "\"spec\":{\"expirationSeconds\":" + LIFE_SECONDS + "}}")
                .getBytes(StandardCharsets.UTF_8);
        ByteBuf out = Unpooled.buffer();
        HeadWriter.request(out, "POST", "/api/v1/namespaces/" + namespace + "/serviceaccounts/" + name + "/token");
        HeadWriter.field(out, "host", upstream.host());
        HeadWriter.field(out, "content-type", "application/json");
        HeadWriter.field(out, "accept", "application/json");
        HeadWriter.field(out, "content-length", Integer.toString(body.length));
        HeadWriter.fields(out, own);
        HeadWriter.end(out);
        return out.writeBytes(body);
    }

    private void took(byte[] json, CompletableFuture<Headers> result) {
        try {
            JsonNode status = JSON.readTree(json).path("status");
            String token = status.path("token").asText("");
            Instant expires = Instant.parse(status.path("expirationTimestamp").asText(""));
            if (token.isEmpty()) {
                throw new IOException("no token");
            }
            Headers made = new Headers().add("authorization", "Bearer " + token);
            fields = made;
            until = expires.minusSeconds(EARLY_SECONDS);
            result.complete(made);
        } catch (IOException | DateTimeException e) {
            result.completeExceptionally(new IOException("the target's answer to a TokenRequest cannot be read"));
        }
    }

    @Override
    public void close() {
        fields = null;
        until = Instant.MIN;
        upstream.close();
    }

    /** Collects the API server's answer. */
    private final class Answer implements UpstreamConnection.Answers {

        private final UpstreamConnection connection;
        private final CompletableFuture<Headers> result;
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();
        private int status;

        Answer(UpstreamConnection connection, CompletableFuture<Headers> result) {
            this.connection = connection;
            this.result = result;
        }

        @Override
        public void head(int code, Headers headers) {
            status = code;
        }

        @Override
        public void body(ByteBuf buffer, int start, int end) {
            if (body.size() + end - start > LONGEST_ANSWER) {
                connection.close();
                result.completeExceptionally(new IOException("the target's answer to a TokenRequest is too long"));
                return;
            }
            byte[] bytes = new byte[end - start];
            buffer.getBytes(start, bytes);
            body.writeBytes(bytes);
        }

        @Override
        public void end() {
            if (status == 200 || status == 201) {
                took(body.toByteArray(), result);
            } else {
                result.completeExceptionally(new IOException(
                        "the target gives no token for the service account of this session (status " + status + ")"));
            }
        }

        @Override
        public void raw(ByteBuf bytes) {
            bytes.release();
        }

        @Override
        public void burst() {
            // Nothing is relayed.
        }

        @Override
        public void writable(boolean writable) {
            // One small request.
        }

        @Override
        public void closed(@Nullable Throwable cause) {
            result.completeExceptionally(new IOException("the target closed the connection"));
        }
    }
}
