package io.sallyport.admin;

import io.sallyport.approval.access.AccessAnswer;
import io.sallyport.approval.access.AccessFilter;
import io.sallyport.approval.access.AccessState;
import io.sallyport.approval.access.AccessView;
import io.sallyport.grant.AccessDesk;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The endpoints under {@code /api/v1/access-requests}. Whoever an issuer knows can ask, see and end what is their own;
 * approvers see and decide what names one of their groups.
 */
final class AccessRoutes {

    private static final int LONGEST_COMMENT = 2_000;
    private static final long LONGEST_SECONDS = Duration.ofDays(366).toSeconds();

    private final AccessDesk desk;

    AccessRoutes(AccessDesk desk) {
        this.desk = desk;
    }

    void addTo(Endpoints endpoints) {
        endpoints.addForAll(HttpMethod.POST, "/api/v1/access-requests", this::ask);
        endpoints.addForAll(HttpMethod.GET, "/api/v1/access-requests", this::list);
        endpoints.addForAll(HttpMethod.GET, "/api/v1/access-requests/:id", this::show);
        endpoints.add(HttpMethod.POST, "/api/v1/access-requests/:id/decision", ApprovalRoutes.ROLES, this::decide);
        endpoints.addForAll(HttpMethod.POST, "/api/v1/access-requests/:id/revocation", this::revoke);
    }

    private CompletionStage<Reply> ask(RoutingContext context, Caller caller) {
        Asked body = body(context, Asked.class);
        if (body.grant() == null || body.seconds() == null || body.reason() == null) {
            throw new IllegalArgumentException("the body says grant, seconds and reason");
        }
        if (body.seconds() < 0 || body.seconds() > LONGEST_SECONDS) {
            throw new IllegalArgumentException("seconds is the time for which access is asked");
        }
        AccessDesk.Ask ask =
                new AccessDesk.Ask(body.grant(), Duration.ofSeconds(body.seconds()), body.reason(), body.ticket());
        return desk.ask(caller.principal(), ask).thenApply(view -> Reply.of(201, AccessJson.whole(view)));
    }

    private CompletionStage<Reply> list(RoutingContext context, Caller caller) {
        Set<AccessState> states = EnumSet.noneOf(AccessState.class);
        for (String value : context.queryParam("state")) {
            for (String word : value.split(",", -1)) {
                states.add(AccessState.of(word));
            }
        }
        int limit = Parameters.limit(context, 100);
        boolean others = !caller.roles().isEmpty();
        // Filtered by object after the query: the widest query, so that others' requests do not displace the caller's.
        return desk.requests()
                .list(new AccessFilter(states, others ? null : caller.principal(), 1_000))
                .thenApply(found -> {
                    List<Map<String, Object>> seen = found.stream()
                            .filter(caller::sees)
                            .limit(limit)
                            .map(AccessJson::summary)
                            .toList();
                    return Reply.ok(Map.of("accessRequests", seen));
                });
    }

    private CompletionStage<Reply> show(RoutingContext context, Caller caller) {
        String id = context.pathParam("id");
        return desk.requests().show(id).thenApply(found -> found.filter(caller::sees)
                .map(view -> Reply.ok(AccessJson.whole(view)))
                .orElseGet(() -> unknown(id)));
    }

    private CompletionStage<Reply> decide(RoutingContext context, Caller caller) {
        ApprovalRoutes.Body body = body(context, ApprovalRoutes.Body.class);
        if (body.approve() == null) {
            throw new IllegalArgumentException("the body says approve: true or false");
        }
        boolean approve = body.approve();
        String comment = comment(body.comment());
        return acted(context, caller, id -> desk.requests().decide(id, caller.principal(), approve, comment));
    }

    private CompletionStage<Reply> revoke(RoutingContext context, Caller caller) {
        Revoked body = body(context, Revoked.class);
        String reason = comment(body.reason());
        return acted(
                context, caller, id -> desk.requests().revoke(id, caller.principal(), caller.has(Role.ADMIN), reason));
    }

    private CompletionStage<Reply> acted(RoutingContext context, Caller caller, Act act) {
        String id = context.pathParam("id");
        return desk.requests().show(id).thenCompose(found -> {
            AccessView view = found.orElse(null);
            if (view == null) {
                return CompletableFuture.completedFuture(unknown(id));
            }
            boolean seen = caller.sees(view);
            // Also for those who cannot see it: their attempt fails, and is recorded as any other.
            return act.on(id).thenApply(answer -> seen ? reply(id, answer) : unknown(id));
        });
    }

    private static Reply reply(String id, AccessAnswer answer) {
        if (answer instanceof AccessAnswer.Done done) {
            Map<String, Object> json = AccessJson.whole(done.access());
            json.put("result", done.access().state().word());
            return Reply.ok(json);
        }
        if (answer instanceof AccessAnswer.Recorded recorded) {
            return Reply.ok(
                    Map.of("id", id, "result", "recorded", "count", recorded.count(), "required", recorded.required()));
        }
        if (answer instanceof AccessAnswer.TooLate late) {
            String state = late.state().word();
            return Reply.problem(409, "it is too late: " + state, Map.of("result", "too-late", "state", state));
        }
        if (answer instanceof AccessAnswer.NotAllowed refused) {
            return Reply.problem(403, refused.reason(), Map.of("result", "not-allowed"));
        }
        return unknown(id);
    }

    private static String comment(@Nullable String given) {
        String comment = given == null ? "" : given;
        if (comment.length() > LONGEST_COMMENT) {
            throw new IllegalArgumentException("your words have at most " + LONGEST_COMMENT + " characters");
        }
        return comment;
    }

    private static <T> T body(RoutingContext context, Class<T> type) {
        Buffer sent = context.body().buffer();
        if (sent == null) {
            throw new IllegalArgumentException("the body is empty");
        }
        return Reply.read(sent.getBytes(), type);
    }

    private static Reply unknown(String id) {
        return Reply.problem(404, "there is no request for access " + id + " that you could see");
    }

    /** The body of a request for access. */
    record Asked(
            @Nullable String grant,
            @Nullable Long seconds,
            @Nullable String reason,
            @Nullable String ticket) {}

    /** The body of an end before its time. */
    record Revoked(@Nullable String reason) {}

    /** What is done to a request. */
    @FunctionalInterface
    private interface Act {
        CompletionStage<AccessAnswer> on(String id);
    }
}
