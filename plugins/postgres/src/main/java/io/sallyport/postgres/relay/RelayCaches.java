package io.sallyport.postgres.relay;

import io.sallyport.api.session.TargetAccess;
import io.sallyport.postgres.statement.Names;
import io.sallyport.postgres.statement.ReadingCache;
import io.sallyport.postgres.statement.StatementReader;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/** What the sessions of one connector know together: readings by text, and one catalog snapshot for each database. */
final class RelayCaches {

    private final ReadingCache readings;
    private final Names nothing;
    private final ConcurrentMap<Key, Newest> names = new ConcurrentHashMap<>();

    RelayCaches(StatementReader reader) {
        this.readings = new ReadingCache(reader);
        this.nothing = reader.names("", List.of());
    }

    ReadingCache readings() {
        return readings;
    }

    /** The place of a database's newest snapshot. */
    Newest newestOf(TargetAccess target) {
        String database = target.database();
        Key key = new Key(target.name(), target.account(), database == null ? "" : database);
        return names.computeIfAbsent(key, absent -> new Newest(nothing));
    }

    /** A snapshot without anything in it. */
    Names nothing() {
        return nothing;
    }

    /** The newest snapshot of one database that is not a session's own. */
    static final class Newest {

        private static final long LONGEST_NANOS = 60_000_000_000L;
        private static final long UNKNOWN_NANOS = 250_000_000L;

        private final AtomicLong claimed = new AtomicLong();
        private volatile Names names;
        private volatile long loaded;

        Newest(Names names) {
            this.names = names;
            this.loaded = System.nanoTime();
            this.claimed.set(loaded);
        }

        Names names() {
            return names;
        }

        /** When they were read, by {@link System#nanoTime()}. */
        long loaded() {
            return loaded;
        }

        void replace(Names newer) {
            names = newer;
            loaded = System.nanoTime();
            claimed.set(loaded);
        }

        /** Whether the caller should load another one, since this one is old; true for one caller only. */
        boolean claimIfOld() {
            return claimIfOlder(LONGEST_NANOS);
        }

        /**
         * As {@link #claimIfOld()}, for a caller that has met a name that is not there.
         *
         * @param ownAge how old the caller's names are, in nanoseconds: those that it has read in a transaction are nobody
         *     else's
         */
        boolean claimForUnknown(long ownAge) {
            return ownAge > UNKNOWN_NANOS && System.nanoTime() - loaded > UNKNOWN_NANOS;
        }

        private boolean claimIfOlder(long nanos) {
            long last = claimed.get();
            long now = System.nanoTime();
            return now - last > nanos && claimed.compareAndSet(last, now);
        }
    }

    private record Key(String target, String account, String database) {}
}
