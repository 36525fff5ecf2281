package io.sallyport.journal.lane;

import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the lanes of a journal share: its clock, its limits, whether it takes records at all, and whom to wake. */
public final class LaneContext {

    private final Clock clock;
    private final Durability durability;
    private final int maximumPayload;
    private volatile @Nullable String refusal;
    private volatile Runnable needSpare = () -> {};
    private volatile Runnable needSync = () -> {};

    public LaneContext(Clock clock, Durability durability, int maximumPayload) {
        this.clock = clock;
        this.durability = durability;
        this.maximumPayload = maximumPayload;
    }

    /** Names the threads that make spares and that have the disk confirm. */
    public void wire(Runnable spare, Runnable sync) {
        needSpare = spare;
        needSync = sync;
    }

    /** Has every lane refuse records for this reason; null: no longer. */
    public void refuse(@Nullable String reason) {
        refusal = reason;
    }

    /** Microseconds since 1970. */
    public long micros() {
        Instant now = clock.instant();
        return now.getEpochSecond() * 1_000_000L + now.getNano() / 1_000;
    }

    @Nullable
    String refusal() {
        return refusal;
    }

    Durability durability() {
        return durability;
    }

    int maximumPayload() {
        return maximumPayload;
    }

    void needSpare() {
        needSpare.run();
    }

    void needSync() {
        needSync.run();
    }
}
