package io.sallyport.kubernetes.upstream;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.kubernetes.http.Headers;
import io.sallyport.kubernetes.upstream.OwnRequests.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A service account of the cluster: its token, asked for by TokenRequest with the gateway's own credential, lives ten
 * minutes and serves one session. A bound one hangs on a Secret that is made for the session: when that is deleted, at the
 * session's end, the API server knows the token no more.
 */
public final class AccountIdentity implements Identity {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LIFE_SECONDS = 600;
    private static final int EARLY_SECONDS = 60;

    private final String namespace;
    private final String name;
    private final boolean bound;
    private final OwnRequests requests;
    private final InstantSource clock;
    private final Lendings lendings;
    private @Nullable Headers fields;
    private Instant until = Instant.MIN;
    private @Nullable CompletableFuture<Headers> renewing;
    private @Nullable Anchor anchor;
    private boolean closed;

    /**
     * An account without a token yet.
     *
     * @param account {@code NAMESPACE/NAME}
     * @param bound whether its tokens end with the session
     * @param lendings counts this one until it has given back what it has
     */
    public AccountIdentity(
            String account, boolean bound, OwnRequests requests, InstantSource clock, Lendings lendings) {
        int slash = account.indexOf('/');
        this.namespace = account.substring(0, slash);
        this.name = account.substring(slash + 1);
        this.bound = bound;
        this.requests = requests;
        this.clock = clock;
        this.lendings = lendings;
        lendings.began();
    }

    /** What bound tokens hang on. */
    private record Anchor(String name, String uid) {}

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
        CompletionStage<@Nullable Anchor> standing =
                bound && anchor == null ? makeAnchor() : CompletableFuture.completedFuture(anchor);
        standing.thenCompose(this::token).whenComplete((made, failure) -> {
            if (made == null) {
                result.completeExceptionally(failure == null ? new IOException("no token") : failure);
            } else {
                result.complete(made);
            }
        });
        return result;
    }

    private CompletionStage<@Nullable Anchor> makeAnchor() {
        String secret = "sallyport-" + requests.session().toLowerCase(Locale.ROOT);
        ObjectNode body = JSON.createObjectNode().put("apiVersion", "v1").put("kind", "Secret");
        body.putObject("metadata")
                .put("name", secret)
                .putObject("labels")
                .put("app.kubernetes.io/managed-by", "sallyport");
        return requests.send(
                        "create " + namespace + "/secrets/" + secret + ": what this session's token hangs on",
                        "POST",
                        secrets(),
                        bytes(body))
                .thenCompose(answer -> {
                    String uid = answer.body().path("metadata").path("uid").asText("");
                    if (!answer.success() || uid.isEmpty()) {
                        return CompletableFuture.failedFuture(new IOException(
                                "the target lets the gateway make no Secret for this session's token (status "
                                        + answer.status() + ")"));
                    }
                    Anchor made = new Anchor(secret, uid);
                    anchor = made;
                    return CompletableFuture.completedFuture(made);
                });
    }

    private CompletionStage<Headers> token(@Nullable Anchor on) {
        ObjectNode body = JSON.createObjectNode()
                .put("apiVersion", "authentication.k8s.io/v1")
                .put("kind", "TokenRequest");
        ObjectNode spec = body.putObject("spec").put("expirationSeconds", LIFE_SECONDS);
        if (on != null) {
            spec.putObject("boundObjectRef")
                    .put("apiVersion", "v1")
                    .put("kind", "Secret")
                    .put("name", on.name())
                    .put("uid", on.uid());
        }
        return requests.send(
                        "create " + namespace + "/serviceaccounts:token/" + name + ": a token of " + LIFE_SECONDS
                                + " seconds for this session",
                        "POST",
                        "/api/v1/namespaces/" + namespace + "/serviceaccounts/" + name + "/token",
                        bytes(body))
                .thenCompose(this::took);
    }

    private CompletionStage<Headers> took(Answer answer) {
        if (!answer.success()) {
            IOException refusal =
                    new IOException("the target gives no token for the service account of this session (status "
                            + answer.status() + ")");
            // What it was to hang on may have been deleted by somebody else: the next one makes its own.
            return giveBack().handle((gone, failure) -> refusal).thenCompose(CompletableFuture::failedFuture);
        }
        try {
            String token = answer.body().path("status").path("token").asText("");
            Instant expires = Instant.parse(
                    answer.body().path("status").path("expirationTimestamp").asText(""));
            if (token.isEmpty()) {
                return CompletableFuture.failedFuture(unreadable());
            }
            if (closed) {
                return CompletableFuture.failedFuture(new IOException("the session is over"));
            }
            Headers made = new Headers().add("authorization", "Bearer " + token);
            fields = made;
            until = expires.minusSeconds(EARLY_SECONDS);
            return CompletableFuture.completedFuture(made);
        } catch (DateTimeException e) {
            return CompletableFuture.failedFuture(unreadable());
        }
    }

    private static IOException unreadable() {
        return new IOException("the target's answer to a TokenRequest cannot be read");
    }

    @Override
    public void close() {
        closed = true;
        fields = null;
        until = Instant.MIN;
        CompletableFuture<Headers> running = renewing;
        if (running == null) {
            finish();
        } else {
            running.whenComplete((made, failure) -> finish());
        }
    }

    private void finish() {
        giveBack().whenComplete((gone, failure) -> {
            requests.close();
            lendings.ended();
        });
    }

    /** Deletes what the token hangs on; where that fails, the token still ends by itself. */
    private CompletionStage<@Nullable Answer> giveBack() {
        Anchor held = anchor;
        anchor = null;
        if (held == null) {
            return CompletableFuture.completedFuture(null);
        }
        return requests.send(
                        "delete " + namespace + "/secrets/" + held.name() + ": this session's token ends",
                        "DELETE",
                        secrets() + "/" + held.name(),
                        null)
                .thenApply(answer -> answer);
    }

    private String secrets() {
        return "/api/v1/namespaces/" + namespace + "/secrets";
    }

    private static byte[] bytes(ObjectNode json) {
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }
}
