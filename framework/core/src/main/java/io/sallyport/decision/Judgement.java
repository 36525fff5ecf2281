package io.sallyport.decision;

import io.sallyport.api.guardrail.Masking;
import io.sallyport.api.guardrail.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The combined answer of scope and guardrails to an action. */
public sealed interface Judgement {

    /** A rule denies the action, or a doubt does. */
    record Denied(Verdict.Deny verdict) implements Judgement {}

    /**
     * No rule denies the action.
     *
     * @param holds the approvals that are wanted, all of them; empty if it may run at once
     * @param masking what must be hidden
     */
    record Passed(List<Verdict.Hold> holds, @Nullable Masking masking) implements Judgement {

        /** Copies the list. */
        public Passed {
            holds = List.copyOf(holds);
        }
    }
}
