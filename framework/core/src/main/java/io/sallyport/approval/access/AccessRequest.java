package io.sallyport.approval.access;

import io.sallyport.api.principal.Principal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Somebody asks for a grant to come into force.
 *
 * @param principal who asks; can never decide
 * @param grant which grant
 * @param duration for how long, from the decision on
 * @param reason why, in the requester's words
 * @param ticket the ticket that it belongs to, null if none
 * @param terms the grant's terms
 */
public record AccessRequest(
        Principal principal,
        String grant,
        Duration duration,
        String reason,
        @Nullable String ticket,
        AccessTerms terms) {}
