package io.sallyport.session;

import io.sallyport.api.Recording;
import io.sallyport.api.credential.Credential;
import io.sallyport.api.principal.Principal;
import io.sallyport.api.session.TargetAccess;
import io.sallyport.approval.access.Standing;
import io.sallyport.decision.Policy;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that makes a session.
 *
 * @param id its identifier, from {@link SessionRoom#newId()}
 * @param connector the connector that carries it
 * @param principal who acts
 * @param target on what
 * @param credential with which credential, which the session gives back
 * @param terms on which terms
 * @param client from where
 * @param details what the connector knows of the client
 */
public record SessionSpec(
        SessionId id,
        String connector,
        Principal principal,
        TargetAccess target,
        Credential credential,
        Terms terms,
        InetSocketAddress client,
        Map<String, String> details) {

    /** Copies the details. */
    public SessionSpec {
        details = Map.copyOf(details);
    }

    /** The same session under other terms. */
    SessionSpec under(Terms others) {
        return new SessionSpec(id, connector, principal, target, credential, others, client, details);
    }

    /**
     * What the grant says.
     *
     * @param policy what decides
     * @param recording how much is recorded
     * @param passUnmaskable whether an answer that cannot be masked may pass
     * @param until when the session ends at the latest
     * @param untilRule what sets that end, in words for the client
     * @param idle the longest time without anything going on, null for any
     * @param place the session's place among those of its principal, given back when it closes
     * @param access the approved access on which the session stands, null if its grant needs none
     * @param account the account that the grant gives; the credential may name another
     */
    public record Terms(
            Policy policy,
            Recording recording,
            boolean passUnmaskable,
            Instant until,
            String untilRule,
            @Nullable Duration idle,
            SessionPlaces.Place place,
            @Nullable Standing access,
            String account) {

        /** Terms that limit no number of sessions and stand on no approved access. */
        public Terms(
                Policy policy,
                Recording recording,
                boolean passUnmaskable,
                Instant until,
                String untilRule,
                @Nullable Duration idle) {
            this(policy, recording, passUnmaskable, until, untilRule, idle, SessionPlaces.Place.UNCOUNTED, null, "");
        }
    }
}
