package io.sallyport.journal;

import io.sallyport.journal.JournalHealth.State;
import io.sallyport.journal.lane.LaneContext;
import io.sallyport.journal.lane.SegmentLane;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is wrong, gathered from the journal's threads, and who is told. Looked at by the thread that makes spares, a few times a second. */
final class HealthBoard {

    private static final Logger LOG = LoggerFactory.getLogger(HealthBoard.class);
    private static final long PATIENCE_NANOS = 1_000_000_000L;
    private static final long UNSIGNED_NANOS = 5_000_000_000L;

    private final LaneContext context;
    private final List<JournalListener> listeners = new CopyOnWriteArrayList<>();
    private final Map<String, Long> starvedSince = new HashMap<>();
    private volatile JournalHealth health = JournalHealth.healthy();
    private volatile @Nullable String unsigned;
    private volatile long unsignedSince;

    HealthBoard(LaneContext context) {
        this.context = context;
    }

    void add(JournalListener listener) {
        listeners.add(listener);
    }

    List<JournalListener> listeners() {
        return listeners;
    }

    JournalHealth health() {
        return health;
    }

    /** Signing failed for this reason; null: it works. */
    void unsigned(@Nullable String reason) {
        if (reason != null && unsigned == null) {
            unsignedSince = System.nanoTime();
        }
        unsigned = reason;
    }

    /** Works out the health and tells the listeners if it changed. */
    void look(Collection<SegmentLane> lanes, @Nullable String spareFailure) {
        JournalHealth now = judge(lanes, spareFailure);
        if (now.equals(health)) {
            return;
        }
        boolean changed = now.state() != health.state();
        health = now;
        if (changed) {
            tell(now);
        }
    }

    private JournalHealth judge(Collection<SegmentLane> lanes, @Nullable String spareFailure) {
        JournalHealth worst =
                spareFailure == null ? JournalHealth.healthy() : new JournalHealth(State.LOW, spareFailure);
        String signing = unsigned;
        if (signing != null) {
            boolean tooLong = System.nanoTime() - unsignedSince > UNSIGNED_NANOS;
            context.refuse(tooLong ? signing : null);
            worst = new JournalHealth(tooLong ? State.UNAVAILABLE : State.LOW, signing);
        } else {
            context.refuse(null);
        }
        for (SegmentLane lane : lanes) {
            String reason = lane.failure() != null ? lane.failure() : starving(lane, spareFailure);
            if (reason != null) {
                return new JournalHealth(State.UNAVAILABLE, "lane " + lane.name() + ": " + reason);
            }
        }
        return worst;
    }

    private @Nullable String starving(SegmentLane lane, @Nullable String spareFailure) {
        if (!lane.starved()) {
            starvedSince.remove(lane.name());
            return null;
        }
        long since = starvedSince.computeIfAbsent(lane.name(), name -> System.nanoTime());
        if (spareFailure != null) {
            return spareFailure;
        }
        return System.nanoTime() - since > PATIENCE_NANOS ? "no next segment was made in time" : null;
    }

    private void tell(JournalHealth now) {
        if (now.state() == State.HEALTHY) {
            LOG.info("the journal is healthy again");
        } else {
            LOG.error("the journal is {}: {}", now.state(), now.reason());
        }
        for (JournalListener listener : listeners) {
            try {
                listener.health(now);
            } catch (RuntimeException e) {
                LOG.error("a listener of the journal's health failed", e);
            }
        }
    }
}
