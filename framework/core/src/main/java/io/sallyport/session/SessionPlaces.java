package io.sallyport.session;

import io.sallyport.api.principal.Principal;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * How many sessions each principal has under each grant on this node, those that are still being opened among them.
 *
 * <ol>
 *   <li>A place is taken before anything slow happens and at once counts, so that logins at the same moment cannot exceed
 *       a limit together.
 *   <li>A place that is given back twice counts once.
 * </ol>
 *
 * <p>Any thread; nothing blocks.
 */
public final class SessionPlaces {

    private final Map<Key, Integer> taken = new ConcurrentHashMap<>();

    /** Nobody has a place yet. */
    public SessionPlaces() {}

    /**
     * Takes a place.
     *
     * @param most how many places this principal may have under this grant
     * @return null if all of them are taken
     */
    public @Nullable Place take(Principal principal, String grant, int most) {
        Key key = new Key(principal.issuer(), principal.subject(), grant);
        AtomicBoolean got = new AtomicBoolean();
        taken.compute(key, (same, count) -> {
            int now = count == null ? 0 : count;
            got.setPlain(now < most);
            return now < most ? Integer.valueOf(now + 1) : count;
        });
        return got.getPlain() ? new Place(this, key) : null;
    }

    /** How many places a principal has under a grant. */
    public int count(String issuer, String subject, String grant) {
        return taken.getOrDefault(new Key(issuer, subject, grant), 0);
    }

    private void giveBack(Key key) {
        taken.computeIfPresent(key, (same, count) -> count == 1 ? null : count - 1);
    }

    private record Key(String issuer, String subject, String grant) {}

    /** The place of one session. */
    public static final class Place {

        /** For a session that no limit concerns. */
        public static final Place UNCOUNTED = new Place(new SessionPlaces(), new Key("", "", ""));

        private final SessionPlaces places;
        private final Key key;
        private final AtomicBoolean given = new AtomicBoolean();

        private Place(SessionPlaces places, Key key) {
            this.places = places;
            this.key = key;
        }

        /** Lets another session have it. */
        public void giveBack() {
            if (given.compareAndSet(false, true)) {
                places.giveBack(key);
            }
        }
    }
}
