package io.sallyport.policy;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Why a request would be allowed, held or denied.
 *
 * @param verdict what would happen
 * @param rule the rule that decides: the scope, a guardrail's rule; null where nothing objects or no grant admits
 * @param reason why, in words
 * @param principal who asks
 * @param target what is asked for
 * @param grants the grants that name principal and target, up to the one that decides
 * @param terms what the deciding grant gives, null if none admits
 * @param action what was read of the request, null if no grant admits
 * @param answers what the guardrails say; empty where the scope denies already
 */
public record Explanation(
        Outcome verdict,
        @Nullable String rule,
        String reason,
        Asker principal,
        String target,
        List<GrantTried> grants,
        @Nullable Terms terms,
        @Nullable Request action,
        List<Answer> answers) {

    /** Copies the lists. */
    public Explanation {
        grants = List.copyOf(grants);
        answers = List.copyOf(answers);
    }

    /** What would happen. */
    public enum Outcome {
        /** No grant admits the principal to the target. */
        NO_ACCESS,
        /** The action is refused. */
        DENY,
        /** People are asked. */
        HOLD,
        /** The action runs. */
        ALLOW;

        /** As tables and reports spell it. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }

    /** Who asks. */
    public record Asker(String issuer, String subject, String display, Set<String> groups) {}

    /**
     * A grant that was tried.
     *
     * @param name its name
     * @param obstacle why it does not hold now, null for the one that decides
     */
    public record GrantTried(String name, @Nullable String obstacle) {}

    /** What the deciding grant gives: on which account and database, and until when at the latest. */
    public record Terms(
            String grant,
            String account,
            @Nullable String database,
            @Nullable Instant until) {}

    /**
     * What was read of the request.
     *
     * @param kind the kind of action
     * @param text its text
     * @param opaqueBecause what could not be read, null if all was
     * @param accesses what it would do
     */
    public record Request(
            String kind, String text, @Nullable String opaqueBecause, List<Reached> accesses) {

        /** Copies the list. */
        public Request {
            accesses = List.copyOf(accesses);
        }
    }

    /**
     * One access.
     *
     * @param access verb, resource and traits
     * @param coveredBy the entry of the grant's scope or baseline that covers it, null if none does
     */
    public record Reached(String access, @Nullable String coveredBy) {}

    /**
     * What one guardrail says.
     *
     * @param guardrail its name
     * @param verdict allow, allow with masking, hold or deny
     * @param rule the rule that says so, null for allow
     * @param reason its reason, null for allow
     */
    public record Answer(
            String guardrail,
            String verdict,
            @Nullable String rule,
            @Nullable String reason) {}
}
