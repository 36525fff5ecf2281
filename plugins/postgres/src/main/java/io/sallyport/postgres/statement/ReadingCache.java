package io.sallyport.postgres.statement;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.sallyport.postgres.sql.PreparedStatements;

/** Readings by text, or its skeleton, and surroundings, compared by content and bounded in bytes. Safe for use by several threads. */
public final class ReadingCache {

    private static final long BYTES = 32L << 20;
    private static final int LONGEST_TEXT = 64 * 1024;
    private static final int OVERHEAD = 512;

    private final StatementReader reader;
    private final Cache<Key, Reading> cache = Caffeine.newBuilder()
            .maximumWeight(BYTES)
            // Upkeep is a few steps; a hop to another thread would cost more.
            .executor(Runnable::run)
            .weigher((Key key, Reading reading) -> OVERHEAD
                    + 2 * key.text.length()
                    + 128 * reading.analysis().accesses().size())
            .build();

    /** An empty cache in front of a reader. */
    public ReadingCache(StatementReader reader) {
        this.reader = reader;
    }

    /** Reads, or remembers. */
    public Reading read(String text, Surroundings surroundings, PreparedStatements prepared) {
        if (text.length() > LONGEST_TEXT) {
            return reader.read(text, surroundings, prepared);
        }
        Key key = new Key(text, false, surroundings);
        Reading known = cache.getIfPresent(key);
        return known == null ? bySkeleton(key, prepared) : known;
    }

    private Reading bySkeleton(Key exact, PreparedStatements prepared) {
        String skeleton = Skeleton.of(exact.text);
        Key shared = skeleton == null ? null : new Key(skeleton, true, exact.surroundings);
        Reading alike = shared == null ? null : cache.getIfPresent(shared);
        if (alike != null) {
            return alike.withText(exact.text);
        }
        Reading fresh = reader.read(exact.text, exact.surroundings, prepared);
        if (!fresh.dependsOnSession()) {
            cache.put(shared != null && fresh.holdsForOtherValues() ? shared : exact, fresh);
        }
        return fresh;
    }

    /** What a reading is remembered by: the whole text, or its skeleton. */
    private record Key(String text, boolean skeleton, Surroundings surroundings) {}
}
