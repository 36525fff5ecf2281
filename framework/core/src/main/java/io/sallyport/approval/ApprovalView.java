package io.sallyport.approval;

import io.sallyport.api.guardrail.Approvers;
import io.sallyport.api.principal.Principal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An approval as the store has it.
 *
 * @param id its identifier
 * @param state where it stands
 * @param version grows with every change
 * @param node the gateway on which the client waits or waited
 * @param session the session
 * @param action the action's number within the session
 * @param requester who asked; groups are not kept
 * @param binding what was asked for
 * @param terms the rule's terms
 * @param times when what happened
 * @param endReason why it ended, where people did not end it
 * @param presentation what is shown; the title alone in lists
 * @param votes what people said, in the order of time
 */
public record ApprovalView(
        String id,
        ApprovalState state,
        long version,
        String node,
        String session,
        long action,
        Principal requester,
        Binding binding,
        Terms terms,
        Times times,
        @Nullable String endReason,
        Presentation presentation,
        List<Vote> votes) {

    /** Copies the votes. */
    public ApprovalView {
        votes = List.copyOf(votes);
    }

    ApprovalView withVotes(List<Vote> counted) {
        return new ApprovalView(
                id,
                state,
                version,
                node,
                session,
                action,
                requester,
                binding,
                terms,
                times,
                endReason,
                presentation,
                counted);
    }

    /**
     * The terms of the rule that holds the action.
     *
     * @param rule its name
     * @param reason why it holds
     * @param approvers who may decide
     * @param carry how long a yes without a waiting client stays usable
     */
    public record Terms(String rule, String reason, Approvers approvers, Duration carry) {}

    /**
     * When what happened.
     *
     * @param requested when it was asked for
     * @param expires until when it can be decided
     * @param decided when people decided, null if they have not
     * @param ended when it was over, null if it is not
     */
    public record Times(
            Instant requested,
            Instant expires,
            @Nullable Instant decided,
            @Nullable Instant ended) {}
}
