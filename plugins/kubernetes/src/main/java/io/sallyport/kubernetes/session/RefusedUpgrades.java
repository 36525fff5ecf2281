package io.sallyport.kubernetes.session;

import io.sallyport.api.guardrail.Verdict;
import io.sallyport.api.principal.Principal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * WebSocket upgrades that the core refused a moment ago. kubectl tries a refused one again by SPDY, on another connection:
 * that is the same intent, so people are not asked a second time. Safe for use by several threads.
 */
public final class RefusedUpgrades {

    private static final Duration LIFE = Duration.ofSeconds(10);
    private static final int MOST = 10_000;

    private final Map<Key, Refusal> refusals = new ConcurrentHashMap<>();
    private final InstantSource clock;

    /** None yet. */
    public RefusedUpgrades(InstantSource clock) {
        this.clock = clock;
    }

    /** Keeps a refusal for ten seconds. */
    public void remember(ClusterSession session, String path, Verdict.Deny deny, long number) {
        Instant now = clock.instant();
        if (refusals.size() >= MOST) {
            forget(now);
        }
        if (refusals.size() < MOST) {
            refusals.put(key(session, path), new Refusal(deny, session.session().id(), number, now.plus(LIFE)));
        }
    }

    private void forget(Instant now) {
        for (Iterator<Refusal> each = refusals.values().iterator(); each.hasNext(); ) {
            if (each.next().until.isBefore(now)) {
                each.remove();
            }
        }
    }

    /** Takes the refusal of the same intent, null if there is none. */
    public @Nullable Refusal take(ClusterSession session, String path) {
        Refusal refusal = refusals.remove(key(session, path));
        return refusal == null || refusal.until.isBefore(clock.instant()) ? null : refusal;
    }

    private static Key key(ClusterSession session, String path) {
        Principal principal = session.session().principal();
        return new Key(
                principal.issuer(),
                principal.subject(),
                session.session().target().name(),
                session.session().target().account(),
                path);
    }

    private record Key(String issuer, String subject, String target, String account, String path) {}

    /**
     * A refusal.
     *
     * @param deny the verdict
     * @param session the session in which it fell
     * @param number the action's number there
     * @param until when it is forgotten
     */
    public record Refusal(Verdict.Deny deny, String session, long number, Instant until) {}
}
