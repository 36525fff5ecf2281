package io.sallyport.postgres.relay;

import io.sallyport.api.session.TargetAccess;
import io.sallyport.postgres.statement.Names;
import io.sallyport.postgres.statement.ReadingCache;
import io.sallyport.postgres.statement.StatementReader;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** What the sessions of one connector know together: readings by text, and one catalog snapshot for each database. */
final class RelayCaches {

    private final ReadingCache readings;
    private final Names nothing;
    private final ConcurrentMap<Key, Names> names = new ConcurrentHashMap<>();

    RelayCaches(StatementReader reader) {
        this.readings = new ReadingCache(reader);
        this.nothing = reader.names(List.of());
    }

    ReadingCache readings() {
        return readings;
    }

    /** The newest snapshot of a database, or {@link #nothing()}. */
    Names namesOf(TargetAccess target) {
        return names.getOrDefault(key(target), nothing);
    }

    /** A snapshot without anything in it. */
    Names nothing() {
        return nothing;
    }

    /** There is a newer snapshot. */
    void namesOf(TargetAccess target, Names newer) {
        names.put(key(target), newer);
    }

    private static Key key(TargetAccess target) {
        String database = target.database();
        return new Key(target.name(), target.account(), database == null ? "" : database);
    }

    private record Key(String target, String account, String database) {}
}
