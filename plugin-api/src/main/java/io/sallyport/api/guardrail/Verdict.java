package io.sallyport.api.guardrail;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The answer to an action. */
public sealed interface Verdict {

    /** A verdict after which nothing more is waited for: the only kind that reaches a connector. */
    sealed interface Final extends Verdict permits Allow, Deny {}

    /**
     * The action may run.
     *
     * @param masking what must be hidden in its answer and in its record, or null
     */
    record Allow(@Nullable Masking masking) implements Final {
        /** Without masking. */
        public static final Allow PLAIN = new Allow(null);
    }

    /**
     * The action must not run.
     *
     * @param rule the rule that says so, as the refusal shows it in brackets
     * @param reason why, and what its reader can do, in one sentence without a full stop
     */
    record Deny(String rule, String reason) implements Final {
        /** Checks both. */
        public Deny {
            Objects.requireNonNull(rule, "rule");
            Objects.requireNonNull(reason, "reason");
        }
    }

    /**
     * People decide whether the action runs.
     *
     * @param rule the rule that says so
     * @param reason why, as the client and the approvers read it
     * @param approvers who may decide
     * @param timeout how long the action waits before it is denied
     * @param carry how long an approval whose client left may be used once for the same digest; zero for not at all
     */
    record Hold(String rule, String reason, Approvers approvers, Duration timeout, Duration carry) implements Verdict {
        /** Checks the times. */
        public Hold {
            if (timeout.isNegative() || timeout.isZero() || carry.isNegative()) {
                throw new IllegalArgumentException("a hold waits for some time");
            }
        }
    }
}
