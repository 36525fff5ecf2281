package io.sallyport.approval;

import io.sallyport.api.guardrail.Verdict;
import io.sallyport.api.principal.Principal;

/**
 * A held action that asks for people.
 *
 * @param session the session's identifier
 * @param action the action's number within the session
 * @param principal who asks; can never decide
 * @param binding what exactly is asked for
 * @param hold which rule holds it, who may decide, and for how long it waits
 * @param presentation what the people who decide see
 */
public record ApprovalRequest(
        String session,
        long action,
        Principal principal,
        Binding binding,
        Verdict.Hold hold,
        Presentation presentation) {}
