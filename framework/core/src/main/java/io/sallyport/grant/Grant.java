package io.sallyport.grant;

import io.sallyport.api.Recording;
import io.sallyport.approval.access.AccessTerms;
import io.sallyport.decision.Policy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A grant of the configuration, compiled.
 *
 * @param name its name there
 * @param who the principals
 * @param policies for each target's name, what decides about actions on it
 * @param databases the databases besides the target's own
 * @param accounts the accounts besides the target's own
 * @param recording how much is recorded
 * @param passUnmaskable whether an answer that cannot be masked may pass
 * @param limits of its sessions
 * @param conditions outside of which it does not hold
 */
public record Grant(
        String name,
        Who who,
        Map<String, Policy> policies,
        Set<String> databases,
        Set<String> accounts,
        Recording recording,
        boolean passUnmaskable,
        SessionLimits limits,
        Conditions conditions) {

    /** Copies the collections. */
    public Grant {
        policies = Map.copyOf(policies);
        databases = Set.copyOf(databases);
        accounts = Set.copyOf(accounts);
    }

    /**
     * Limits of a grant's sessions.
     *
     * @param max the longest life
     * @param idle the longest time without anything going on, null for any
     * @param concurrent the most sessions of one principal at one time
     * @param endWithToken whether a session ends when the token that opened it expires
     * @param grace how long after that it may go on
     */
    public record SessionLimits(
            Duration max, @Nullable Duration idle, int concurrent, boolean endWithToken, Duration grace) {}

    /**
     * Conditions of a grant.
     *
     * @param window the hours, null for all
     * @param networks where clients must be, empty for anywhere
     * @param expires when the grant is over, null for never
     * @param access how it comes into force, null if it always is
     */
    public record Conditions(
            @Nullable Window window,
            List<Network> networks,
            @Nullable Instant expires,
            @Nullable AccessTerms access) {

        /** Copies the list. */
        public Conditions {
            networks = List.copyOf(networks);
        }

        /** Whether access must be asked for first. */
        public boolean onRequest() {
            return access != null;
        }
    }
}
