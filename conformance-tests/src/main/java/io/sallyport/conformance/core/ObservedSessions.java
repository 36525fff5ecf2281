package io.sallyport.conformance.core;

import io.sallyport.api.principal.Evidence;
import io.sallyport.api.session.Admission;
import io.sallyport.api.session.SessionExecutor;
import io.sallyport.api.session.Sessions;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The door that a connector under test finds: it knows one token, opens sessions of the real core, and writes down what
 * connectors do with them.
 */
public final class ObservedSessions implements Sessions {

    /** The token that is let in. No part of it occurs in anything else. */
    public static final String TOKEN = "tok-q7Zx0vWm4Lr2Ks9B";

    private final TestCore core;
    private final List<Admission> admissions = new CopyOnWriteArrayList<>();
    private final List<ObservedSession> opened = new CopyOnWriteArrayList<>();
    private final List<String> strayCalls = new CopyOnWriteArrayList<>();

    ObservedSessions(TestCore core) {
        this.core = core;
    }

    /** What connectors have asked for, the refused admissions too. */
    public List<Admission> admissions() {
        return admissions;
    }

    /** The sessions that were opened, in order. */
    public List<ObservedSession> opened() {
        return opened;
    }

    /** The session that was opened last. */
    public ObservedSession last() {
        Patience.await("a session", () -> !opened.isEmpty());
        return opened.get(opened.size() - 1);
    }

    /** Calls that came from the wrong thread, over all sessions. */
    public List<String> strayCalls() {
        List<String> all = new java.util.ArrayList<>(strayCalls);
        opened.forEach(session -> all.addAll(session.strayCalls()));
        return all;
    }

    void reset() {
        admissions.clear();
        opened.clear();
        strayCalls.clear();
    }

    @Override
    public CompletionStage<Opening> open(Admission admission, SessionExecutor executor, Listener listener) {
        admissions.add(admission);
        CompletableFuture<Opening> answer = new CompletableFuture<>();
        executor.execute(() -> core.switches()
                .opening(executor, () -> admit(admission, executor, listener))
                .whenComplete((opening, failure) -> {
                    if (failure == null) {
                        answer.complete(opening);
                    } else {
                        answer.completeExceptionally(failure);
                    }
                }));
        return answer;
    }

    private CompletionStage<Opening> admit(Admission admission, SessionExecutor executor, Listener listener) {
        Opening refusal = refusal(admission);
        if (refusal != null) {
            return CompletableFuture.completedFuture(refusal);
        }
        return core.open(admission, executor, listener).thenApply(opening -> observed(opening, executor));
    }

    private Opening observed(Opening opening, SessionExecutor executor) {
        if (opening instanceof Opening.Opened real) {
            ObservedSession session = new ObservedSession(real.session(), executor, core.switches());
            opened.add(session);
            return new Opening.Opened(session);
        }
        return opening;
    }

    private @Nullable Opening refusal(Admission admission) {
        Opening.Refused ordered = core.switches().refusal();
        if (ordered != null) {
            return ordered;
        }
        if (admission.evidence() instanceof Evidence.Token token) {
            boolean known = token.token().reveal().equals(TOKEN);
            token.token().close();
            if (!known) {
                return new Opening.Refused(Cause.UNAUTHENTICATED, "the token is not valid");
            }
        }
        return core.knows(admission.target())
                ? null
                : new Opening.Refused(Cause.FORBIDDEN, "no access to target '" + admission.target() + "' as asked for");
    }
}
