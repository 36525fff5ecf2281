package io.sallyport.kubernetes.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sallyport.api.session.JournalUnavailableException;
import io.sallyport.api.session.Session;
import io.sallyport.kubernetes.http.HeadWriter;
import io.sallyport.kubernetes.http.Headers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Requests that the gateway makes of an API server by itself, with the credential's own name. Each is in the session's
 * record before it is sent. Confined to the session's event loop.
 */
public final class OwnRequests {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST_ANSWER = 256 * 1024;

    private final Upstream upstream;
    private final Headers credential;
    private final Session session;

    /**
     * For one session.
     *
     * @param upstream connections that show the credential's certificate, if it has one
     * @param own the fields of the credential's own name
     */
    public OwnRequests(Upstream upstream, FixedIdentity own, Session session) {
        Headers fields = own.fields();
        this.upstream = upstream;
        this.credential = fields == null ? new Headers() : fields;
        this.session = session;
    }

    /** An answer, with its body where that is JSON. */
    record Answer(int status, JsonNode body) {

        boolean success() {
            return status >= 200 && status < 300;
        }
    }

    /** The session's id. */
    String session() {
        return session.id();
    }

    /**
     * Sends a request; completes on the loop, or fails with words that a client may read.
     *
     * @param says what the record says of it
     * @param body JSON, null for none
     */
    CompletionStage<Answer> send(String says, String method, String path, byte @Nullable [] body) {
        CompletableFuture<Answer> result = new CompletableFuture<>();
        try {
            session.own(says);
        } catch (JournalUnavailableException e) {
            result.completeExceptionally(new IOException("the gateway cannot write its journal"));
            return result;
        }
        upstream.connect().whenComplete((connection, failure) -> {
            if (connection == null) {
                result.completeExceptionally(failure == null ? new IOException("no connection") : failure);
            } else {
                connection.send(request(method, path, body), false, false, new Collecting(connection, result));
            }
        });
        return result;
    }

    /** Ends the connections. */
    void close() {
        upstream.close();
    }

    private ByteBuf request(String method, String path, byte @Nullable [] body) {
        ByteBuf out = Unpooled.buffer();
        HeadWriter.request(out, method, path);
        HeadWriter.field(out, "host", upstream.host());
        HeadWriter.field(out, "accept", "application/json");
        if (body != null) {
            HeadWriter.field(out, "content-type", "application/json");
            HeadWriter.field(out, "content-length", Integer.toString(body.length));
        }
        HeadWriter.fields(out, credential);
        HeadWriter.end(out);
        return body == null ? out : out.writeBytes(body);
    }

    /** Collects an answer. */
    private static final class Collecting implements UpstreamConnection.Answers {

        private final UpstreamConnection connection;
        private final CompletableFuture<Answer> result;
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();
        private int status;

        Collecting(UpstreamConnection connection, CompletableFuture<Answer> result) {
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
                result.completeExceptionally(new IOException("the target's answer to the gateway is too long"));
                return;
            }
            byte[] bytes = new byte[end - start];
            buffer.getBytes(start, bytes);
            body.writeBytes(bytes);
        }

        @Override
        public void end() {
            JsonNode json = MissingNode.getInstance();
            try {
                json = JSON.readTree(body.toByteArray());
            } catch (IOException e) {
                // The status says enough; who needs the body finds nothing in it.
            }
            result.complete(new Answer(status, json));
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
