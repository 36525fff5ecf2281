package io.sallyport.api.guardrail;

import io.sallyport.api.action.Action;
import io.sallyport.api.principal.Principal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An action in its surroundings: what a guardrail judges.
 *
 * @param principal who acts
 * @param target the target's name
 * @param account the account on the target
 * @param database the database on the target, where there is one
 * @param action what is asked for
 * @param time when it was asked for
 */
public record Operation(
        Principal principal,
        String target,
        String account,
        @Nullable String database,
        Action action,
        Instant time) {}
