package io.sallyport.grant;

import io.sallyport.api.principal.Principal;
import io.sallyport.approval.access.AccessRequest;
import io.sallyport.approval.access.AccessRequests;
import io.sallyport.approval.access.AccessTerms;
import io.sallyport.approval.access.AccessView;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where people and automations ask for grants that come into force on request.
 *
 * <ol>
 *   <li>Only whom a grant names can ask for it; to anybody else it does not exist.
 *   <li>Asking says nothing about the grant's other conditions: its window, networks and expiry hold for approved access
 *       too.
 * </ol>
 */
public final class AccessDesk {

    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final int LONGEST_REASON = 2_000;
    private static final int LONGEST_TICKET = 200;

    private final Supplier<Grants> grants;
    private final AccessRequests requests;

    /** A desk for the grants that are in force at each moment. */
    public AccessDesk(Supplier<Grants> grants, AccessRequests requests) {
        this.grants = grants;
        this.requests = requests;
    }

    /**
     * What somebody asks for.
     *
     * @param grant the grant's name
     * @param duration for how long
     * @param reason why
     * @param ticket the ticket that it belongs to, null if none
     */
    public record Ask(
            String grant,
            Duration duration,
            String reason,
            @Nullable String ticket) {}

    /** Decides and ends what is asked for here. */
    public AccessRequests requests() {
        return requests;
    }

    /**
     * Asks.
     *
     * @return the request; fails as {@link AccessRequests#request} does
     * @throws IllegalArgumentException if it cannot be asked for; the message tells the requester why
     */
    public CompletionStage<AccessView> ask(Principal principal, Ask ask) {
        Grant grant = grants.get().named(ask.grant());
        AccessTerms terms = grant == null ? null : grant.conditions().access();
        if (grant == null || terms == null || !grant.who().matches(principal)) {
            throw new IllegalArgumentException("there is no grant " + ask.grant() + " that you could ask for");
        }
        Duration duration = ask.duration();
        if (duration.compareTo(SHORTEST) < 0 || duration.compareTo(terms.longest()) > 0) {
            throw new IllegalArgumentException("grant " + grant.name() + " can be asked for from a minute to "
                    + terms.longest() + ", not for " + duration);
        }
        String reason = ask.reason().strip();
        if (reason.isEmpty() || reason.length() > LONGEST_REASON) {
            throw new IllegalArgumentException("a reason has 1 to " + LONGEST_REASON + " characters");
        }
        String ticket = ask.ticket() == null || ask.ticket().isBlank()
                ? null
                : ask.ticket().strip();
        if (ticket == null && terms.ticket()) {
            throw new IllegalArgumentException("grant " + grant.name() + " needs a ticket");
        }
        if (ticket != null && ticket.length() > LONGEST_TICKET) {
            throw new IllegalArgumentException("a ticket has at most " + LONGEST_TICKET + " characters");
        }
        return requests.request(new AccessRequest(principal, grant.name(), duration, reason, ticket, terms));
    }
}
