package io.sallyport.conformance.core;

import io.sallyport.api.principal.Principal;
import io.sallyport.approval.Answer;
import io.sallyport.approval.ApprovalFilter;
import io.sallyport.approval.ApprovalState;
import io.sallyport.approval.ApprovalView;
import io.sallyport.approval.Approvals;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** The people who decide held actions, operated by hand. */
public final class People {

    /** The issuer of everybody here. */
    public static final String ISSUER = "conformance";

    /** The group of those who may decide. */
    public static final String GROUP = "approvers";

    private static final Principal BOB = person("bob", GROUP);

    private final Approvals approvals;

    People(Approvals approvals) {
        this.approvals = approvals;
    }

    static Principal person(String name, String... groups) {
        return new Principal(ISSUER, name, name, Set.of(groups), Map.of(), null);
    }

    /** The approvals that wait for a decision now. */
    public List<ApprovalView> waiting() {
        return get(approvals.list(ApprovalFilter.in(ApprovalState.PENDING)));
    }

    /** Waits until so many approvals wait. */
    public List<ApprovalView> await(int count) {
        Patience.await(
                () -> count + " held actions, not " + waiting().size(),
                () -> waiting().size() == count);
        return waiting();
    }

    /** Waits for the one approval that is asked for, and says yes. */
    public Answer approve() {
        return decide(await(1).get(0).id(), true);
    }

    /** Waits for the one approval that is asked for, and says no. */
    public Answer reject() {
        return decide(await(1).get(0).id(), false);
    }

    /** Decides one approval, whatever its state. */
    public Answer decide(String approval, boolean yes) {
        return get(approvals.decide(approval, BOB, yes, yes ? "fine" : "not today"));
    }

    private static <T> T get(CompletionStage<T> stage) {
        return stage.toCompletableFuture()
                .orTimeout(Patience.signal().toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }
}
