package io.sallyport.admin;

import io.sallyport.approval.Answer;
import io.sallyport.approval.ApprovalFilter;
import io.sallyport.approval.ApprovalState;
import io.sallyport.approval.ApprovalView;
import io.sallyport.approval.Approvals;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The endpoints under {@code /api/v1/approvals}. */
final class ApprovalRoutes {

    static final Set<Role> ROLES = Set.of(Role.APPROVER, Role.ADMIN);

    private static final int LONGEST_COMMENT = 2_000;

    private final Approvals approvals;

    ApprovalRoutes(Approvals approvals) {
        this.approvals = approvals;
    }

    void addTo(Endpoints endpoints) {
        endpoints.add(HttpMethod.GET, "/api/v1/approvals", ROLES, this::list);
        endpoints.add(HttpMethod.GET, "/api/v1/approvals/:id", ROLES, this::show);
        endpoints.add(HttpMethod.POST, "/api/v1/approvals/:id/decision", ROLES, this::decide);
    }

    private CompletionStage<Reply> list(RoutingContext context, Caller caller) {
        Set<ApprovalState> states = EnumSet.noneOf(ApprovalState.class);
        for (String value : context.queryParam("state")) {
            for (String word : value.split(",", -1)) {
                states.add(ApprovalState.of(word));
            }
        }
        int limit = Parameters.limit(context, 100);
        // Filtered by object after the query: the widest query, so that others' approvals do not displace the caller's.
        return approvals
                .list(new ApprovalFilter(states, Parameters.one(context, "session"), 1_000))
                .thenApply(found -> {
                    List<Map<String, Object>> seen = found.stream()
                            .filter(view -> caller.sees(view.terms().approvers()))
                            .limit(limit)
                            .map(ApprovalJson::summary)
                            .toList();
                    return Reply.ok(Map.of("approvals", seen));
                });
    }

    private CompletionStage<Reply> show(RoutingContext context, Caller caller) {
        String id = context.pathParam("id");
        return approvals.show(id).thenApply(found -> found.filter(
                        view -> caller.sees(view.terms().approvers()))
                .map(view -> Reply.ok(ApprovalJson.whole(view)))
                .orElseGet(() -> unknown(id)));
    }

    private CompletionStage<Reply> decide(RoutingContext context, Caller caller) {
        String id = context.pathParam("id");
        Buffer sent = context.body().buffer();
        if (sent == null) {
            throw new IllegalArgumentException("the body is empty");
        }
        Body body = Reply.read(sent.getBytes(), Body.class);
        String comment = body.comment() == null ? "" : body.comment();
        if (body.approve() == null) {
            throw new IllegalArgumentException("the body says approve: true or false");
        }
        if (comment.length() > LONGEST_COMMENT) {
            throw new IllegalArgumentException("a comment has at most " + LONGEST_COMMENT + " characters");
        }
        boolean approve = body.approve();
        return approvals.show(id).thenCompose(found -> {
            ApprovalView view = found.orElse(null);
            if (view == null) {
                return CompletableFuture.completedFuture(unknown(id));
            }
            boolean seen = caller.sees(view.terms().approvers());
            // Also for those who cannot see it: their attempt fails, and is recorded as any other.
            return approvals
                    .decide(id, caller.principal(), approve, comment)
                    .thenApply(answer -> seen ? reply(id, answer) : unknown(id));
        });
    }

    private static Reply reply(String id, Answer answer) {
        if (answer instanceof Answer.Approved) {
            return Reply.ok(Map.of("id", id, "result", "approved"));
        }
        if (answer instanceof Answer.Rejected) {
            return Reply.ok(Map.of("id", id, "result", "rejected"));
        }
        if (answer instanceof Answer.Recorded recorded) {
            return Reply.ok(
                    Map.of("id", id, "result", "recorded", "count", recorded.count(), "required", recorded.required()));
        }
        if (answer instanceof Answer.AlreadyDecided late) {
            return Reply.problem(
                    409,
                    "it is already decided: " + late.state().word(),
                    Map.of("result", "already-decided", "state", late.state().word()));
        }
        if (answer instanceof Answer.NotAllowed refused) {
            return Reply.problem(403, refused.reason(), Map.of("result", "not-allowed"));
        }
        return unknown(id);
    }

    private static Reply unknown(String id) {
        return Reply.problem(404, "there is no approval " + id + " that you could see");
    }

    /** The body of a decision. */
    record Body(@Nullable Boolean approve, @Nullable String comment) {}
}
