package io.sallyport.approval.access;

import io.sallyport.api.guardrail.Approvers;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * On which terms a grant comes into force.
 *
 * @param breakGlass whether asking is enough: nobody decides, and everybody hears of it
 * @param approvers who decides; with break-glass who may end it, null for administrators alone
 * @param longest the longest time for which it may be asked
 * @param timeout how long a request waits for people
 * @param ticket whether a request must name a ticket
 * @param opens what the grant opens, for those who decide: its targets and its scope, a line each
 */
public record AccessTerms(
        boolean breakGlass,
        @Nullable Approvers approvers,
        Duration longest,
        Duration timeout,
        boolean ticket,
        List<String> opens) {

    /** Copies the lines. Somebody must decide where asking is not enough. */
    public AccessTerms {
        opens = List.copyOf(opens);
        if (approvers == null && !breakGlass) {
            throw new IllegalArgumentException("access on request needs approvers");
        }
    }
}
