package io.sallyport.admin;

import io.sallyport.approval.ApprovalRecord;
import io.sallyport.store.SessionEntry;
import io.sallyport.store.SessionIndex;
import io.sallyport.store.SessionIndex.SessionFilter;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The endpoints under {@code /api/v1/sessions}. */
final class SessionRoutes {

    private static final Set<Role> READERS = Set.of(Role.AUDITOR, Role.APPROVER, Role.ADMIN);
    private static final int LONGEST_REASON = 500;
    private static final int LONGEST_ID = 128;

    private final AdminServices services;
    private final SessionIndex index;

    SessionRoutes(AdminServices services) {
        this.services = services;
        this.index = new SessionIndex(services.store());
    }

    void addTo(Endpoints endpoints) {
        endpoints.add(HttpMethod.GET, "/api/v1/sessions", READERS, this::list);
        endpoints.add(HttpMethod.GET, "/api/v1/sessions/:id", READERS, this::show);
        endpoints.add(HttpMethod.GET, "/api/v1/sessions/:id/records", READERS, this::records);
        endpoints.add(HttpMethod.DELETE, "/api/v1/sessions/:id", Set.of(Role.ADMIN), this::kill);
    }

    private CompletionStage<Reply> list(RoutingContext context, Caller caller) {
        boolean all = caller.seesAllSessions();
        SessionFilter filter = new SessionFilter(
                all ? null : caller.principal().issuer(),
                all ? null : caller.principal().subject(),
                Parameters.one(context, "target"),
                Parameters.flag(context, "open"),
                instant(Parameters.one(context, "before")),
                Parameters.limit(context, 100));
        return index.list(filter)
                .thenApply(found -> Reply.ok(Map.of(
                        "sessions", found.stream().map(SessionRoutes::json).toList())));
    }

    private CompletionStage<Reply> show(RoutingContext context, Caller caller) {
        return visible(context, caller, entry -> CompletableFuture.completedFuture(Reply.ok(json(entry))));
    }

    private CompletionStage<Reply> records(RoutingContext context, Caller caller) {
        String from = Parameters.one(context, "from");
        int limit = Parameters.limit(context, 200);
        return visible(context, caller, entry -> services.store()
                // On the store's pool, since writing the entry may block.
                .read(handle -> noted(caller, entry))
                .thenCompose(noted -> services.records().read(entry.id(), from, limit))
                .thenApply(SessionRoutes::page));
    }

    private CompletionStage<Reply> kill(RoutingContext context, Caller caller) {
        String id = context.pathParam("id");
        String given = Parameters.one(context, "reason");
        String reason = given == null ? "ended by an operator" : given;
        if (reason.length() > LONGEST_REASON || id.length() > LONGEST_ID) {
            throw new IllegalArgumentException("a reason has at most " + LONGEST_REASON + " characters");
        }
        return index.show(id).thenCompose(found -> {
            if (found.isPresent() && found.get().end() != null) {
                return CompletableFuture.completedFuture(Reply.problem(409, "the session has ended already"));
            }
            // The index lags: a session that it does not know yet can be ended all the same.
            return services.revocations()
                    .revokeSession(id, caller.principal(), reason)
                    .thenApply(done -> Reply.of(202, Map.of("id", id, "result", "ending", "known", found.isPresent())));
        });
    }

    private CompletionStage<Reply> visible(RoutingContext context, Caller caller, Answering answering) {
        String id = context.pathParam("id");
        return index.show(id).thenCompose(found -> {
            SessionEntry entry = found.orElse(null);
            if (entry == null || !caller.seesSessionOf(entry.issuer(), entry.subject())) {
                return CompletableFuture.completedFuture(
                        Reply.problem(404, "there is no session " + id + " that you could see"));
            }
            return answering.answer(entry);
        });
    }

    /** Reading what others did is an act of its own. */
    private boolean noted(Caller caller, SessionEntry entry) {
        services.acts()
                .write(new ApprovalRecord.Entry(
                        "read-records",
                        "session:" + entry.id(),
                        entry.id(),
                        caller.principal(),
                        "shown",
                        "",
                        services.clock().instant()));
        return true;
    }

    private static Reply page(SessionRecords.Page page) {
        StringBuilder body = new StringBuilder("{\"records\":[");
        body.append(String.join(",", page.records())).append(']');
        if (page.next() != null) {
            body.append(",\"next\":").append(Reply.json(page.next()));
        }
        return new Reply(200, "application/json", body.append('}').toString());
    }

    private static Map<String, Object> json(SessionEntry entry) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", entry.id());
        json.put("node", entry.node());
        json.put("principal", Map.of("issuer", entry.issuer(), "subject", entry.subject(), "display", entry.display()));
        json.put("grant", entry.grant());
        json.put("target", entry.target());
        json.put("account", entry.account());
        if (entry.database() != null) {
            json.put("database", entry.database());
        }
        json.put("client", entry.client());
        json.put("startedAt", entry.started());
        SessionEntry.End end = entry.end();
        if (end != null) {
            json.put("endedAt", end.time());
            json.put("endCause", end.cause());
        }
        json.put("actions", entry.counters().actions());
        json.put("denied", entry.counters().denied());
        json.put("held", entry.counters().held());
        return json;
    }

    private static @Nullable Instant instant(@Nullable String text) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("before is a time such as 2027-01-01T00:00:00Z", e);
        }
    }

    /** Answers for a session that the caller may see. */
    @FunctionalInterface
    private interface Answering {
        CompletionStage<Reply> answer(SessionEntry entry);
    }
}
