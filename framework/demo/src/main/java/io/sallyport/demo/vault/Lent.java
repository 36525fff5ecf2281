package io.sallyport.demo.vault;

import java.time.Duration;
import java.time.Instant;

/** A token or a lease: it has an end, and a last end that no renewal passes. */
final class Lent {

    final String id;
    final String parent;
    final Backing backing;
    private final Instant last;
    private Instant end;

    Lent(String id, String parent, Duration ttl, Duration longest, Backing backing) {
        this.id = id;
        this.parent = parent;
        this.backing = backing;
        Instant now = Instant.now();
        this.last = now.plus(longest);
        this.end = earlier(now.plus(ttl), last);
    }

    /** What ends with it. */
    interface Backing {

        /** Nothing. */
        Backing NONE = () -> {};

        /** Ends it; throws if that cannot be done now. */
        void end() throws Exception;
    }

    boolean over() {
        return !Instant.now().isBefore(end);
    }

    long left() {
        return Math.max(0, Math.round(Duration.between(Instant.now(), end).toMillis() / 1000.0));
    }

    long renew(long seconds) {
        end = earlier(Instant.now().plusSeconds(seconds), last);
        return left();
    }

    void renewed(Instant to) {
        end = to;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
