package io.sallyport.approval.access;

import io.sallyport.api.guardrail.Approvers;
import io.sallyport.api.principal.Principal;
import io.sallyport.approval.Vote;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request for access as the store has it.
 *
 * @param id its identifier
 * @param state where it stands
 * @param requester who asked; groups are not kept
 * @param grant which grant
 * @param asked what was asked for
 * @param terms on which terms
 * @param times when what happened
 * @param end how it ended before its time, null if it did not
 * @param votes what people said, in the order of time
 */
public record AccessView(
        String id,
        AccessState state,
        Principal requester,
        String grant,
        Asked asked,
        Terms terms,
        Times times,
        @Nullable End end,
        List<Vote> votes) {

    /** Copies the votes. */
    public AccessView {
        votes = List.copyOf(votes);
    }

    AccessView withVotes(List<Vote> counted) {
        return new AccessView(id, state, requester, grant, asked, terms, times, end, counted);
    }

    /**
     * What was asked for.
     *
     * @param duration for how long
     * @param reason why
     * @param ticket the ticket, null if none
     * @param opens what the grant opened when it was asked for
     */
    public record Asked(
            Duration duration, String reason, @Nullable String ticket, List<String> opens) {

        /** Copies the lines. */
        public Asked {
            opens = List.copyOf(opens);
        }
    }

    /**
     * On which terms.
     *
     * @param breakGlass whether asking was enough
     * @param approvers who decides, or may end it; null for administrators alone
     */
    public record Terms(boolean breakGlass, @Nullable Approvers approvers) {}

    /**
     * When what happened.
     *
     * @param requested when it was asked for
     * @param expires until when it can be decided
     * @param decided when people decided, null if they have not
     * @param ends when the access is over, null if it was not approved
     */
    public record Times(
            Instant requested,
            Instant expires,
            @Nullable Instant decided,
            @Nullable Instant ends) {}

    /**
     * An end before its time.
     *
     * @param time when
     * @param by who ended it, for people
     * @param reason why
     */
    public record End(Instant time, String by, String reason) {}
}
