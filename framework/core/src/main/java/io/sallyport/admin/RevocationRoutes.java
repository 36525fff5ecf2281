package io.sallyport.admin;

import io.sallyport.approval.revocation.Revocation;
import io.sallyport.approval.revocation.Revocations;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The endpoints under {@code /api/v1/revocations}: grants and principals that must not go on until that is lifted. */
final class RevocationRoutes {

    private static final Set<Role> READERS = Set.of(Role.AUDITOR, Role.ADMIN);
    private static final Set<Role> WRITERS = Set.of(Role.ADMIN);
    private static final int LONGEST_REASON = 500;
    private static final int LONGEST_NAME = 1_000;

    private final Revocations revocations;

    RevocationRoutes(Revocations revocations) {
        this.revocations = revocations;
    }

    void addTo(Endpoints endpoints) {
        endpoints.add(HttpMethod.GET, "/api/v1/revocations", READERS, this::list);
        endpoints.add(HttpMethod.POST, "/api/v1/revocations", WRITERS, this::revoke);
        endpoints.add(HttpMethod.POST, "/api/v1/revocations/lift", WRITERS, this::lift);
    }

    private CompletionStage<Reply> list(RoutingContext context, Caller caller) {
        return CompletableFuture.completedFuture(Reply.ok(Map.of(
                "revocations",
                revocations.list().stream()
                        .sorted(Comparator.comparing(Revocation::time).reversed())
                        .map(RevocationRoutes::json)
                        .toList())));
    }

    private CompletionStage<Reply> revoke(RoutingContext context, Caller caller) {
        Body body = body(context);
        String grant = body.grant();
        CompletionStage<Revocation> revoked = grant != null
                ? revocations.revokeGrant(grant, caller.principal(), body.words())
                : revocations.revokePrincipal(
                        String.valueOf(body.issuer()),
                        String.valueOf(body.subject()),
                        caller.principal(),
                        body.words());
        return revoked.thenApply(revocation -> Reply.of(201, json(revocation)));
    }

    private CompletionStage<Reply> lift(RoutingContext context, Caller caller) {
        Body body = body(context);
        String grant = body.grant();
        Revocation known = (grant != null
                        ? revocations.find(Revocation.Kind.GRANT, "", grant)
                        : revocations.find(
                                Revocation.Kind.PRINCIPAL,
                                String.valueOf(body.issuer()),
                                String.valueOf(body.subject())))
                .orElse(null);
        if (known == null) {
            return CompletableFuture.completedFuture(Reply.problem(404, "that is not revoked"));
        }
        return revocations
                .lift(known, caller.principal(), body.words())
                .thenApply(lifted -> Reply.ok(Map.of("lifted", lifted)));
    }

    private static Body body(RoutingContext context) {
        Buffer sent = context.body().buffer();
        if (sent == null) {
            throw new IllegalArgumentException("the body is empty");
        }
        return Reply.read(sent.getBytes(), Body.class);
    }

    private static Map<String, Object> json(Revocation revocation) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("kind", revocation.kind().word());
        if (!revocation.issuer().isEmpty()) {
            json.put("issuer", revocation.issuer());
        }
        json.put("value", revocation.value());
        json.put("by", revocation.by());
        json.put("reason", revocation.reason());
        json.put("time", revocation.time());
        return json;
    }

    /**
     * What is revoked or lifted: a grant, or a principal by issuer and subject.
     *
     * @param grant the grant's name
     * @param issuer the principal's issuer
     * @param subject the principal's subject
     * @param reason why; clients whose sessions end read it
     */
    record Body(
            @Nullable String grant,
            @Nullable String issuer,
            @Nullable String subject,
            @Nullable String reason) {

        Body {
            boolean principal = issuer != null && subject != null;
            if ((grant != null) == principal || (issuer == null) != (subject == null)) {
                throw new IllegalArgumentException("the body says a grant, or a principal's issuer and subject");
            }
            if (length(grant) > LONGEST_NAME || length(issuer) > LONGEST_NAME || length(subject) > LONGEST_NAME) {
                throw new IllegalArgumentException("a name has at most " + LONGEST_NAME + " characters");
            }
            if (reason == null || reason.isBlank() || reason.length() > LONGEST_REASON) {
                throw new IllegalArgumentException("a reason has 1 to " + LONGEST_REASON + " characters");
            }
        }

        String words() {
            return String.valueOf(reason);
        }

        private static int length(@Nullable String text) {
            return text == null ? 0 : text.length();
        }
    }
}
