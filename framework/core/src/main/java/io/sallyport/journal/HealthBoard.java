package io.sallyport.journal;

import io.sallyport.journal.JournalHealth.State;
import io.sallyport.journal.lane.LaneContext;
import io.sallyport.journal.lane.SegmentLane;
import io.sallyport.journal.proof.Checkpoint;
import io.sallyport.journal.upkeep.Notary;
import io.sallyport.journal.upkeep.SpareKeeper;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is wrong, gathered from the journal's threads, and who is told. It looks on a thread of its own, which touches no disk: a disk that
 * hangs is told of like one that fails.
 */
final class HealthBoard implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(HealthBoard.class);
    private static final long LOOK_NANOS = 250_000_000L;
    private static final long PATIENCE_NANOS = 1_000_000_000L;
    private static final long UNSIGNED_NANOS = 5_000_000_000L;

    private final LaneContext context;
    private final SpareKeeper keeper;
    private final List<JournalListener> listeners = new CopyOnWriteArrayList<>();
    private final Map<String, Long> starvedSince = new HashMap<>();
    private final Thread thread = new Thread(this, "journal-health");
    private volatile JournalHealth health = JournalHealth.healthy();
    private volatile @Nullable Notary notary;
    private volatile boolean stopped;
    private long unsignedSince;

    HealthBoard(LaneContext context, SpareKeeper keeper) {
        this.context = context;
        this.keeper = keeper;
        thread.setDaemon(true);
    }

    void add(JournalListener listener) {
        listeners.add(listener);
    }

    JournalHealth health() {
        return health;
    }

    void start(Notary signing) {
        notary = signing;
        thread.start();
    }

    void wake() {
        LockSupport.unpark(thread);
    }

    void stop() throws InterruptedException {
        stopped = true;
        wake();
        thread.join();
    }

    @Override
    public void run() {
        while (!stopped) {
            look();
            LockSupport.parkNanos(this, LOOK_NANOS);
        }
    }

    private void look() {
        JournalHealth now = judge();
        boolean changed = now.state() != health.state();
        health = now;
        if (changed) {
            report(now);
        }
    }

    private JournalHealth judge() {
        String spares = keeper.failure();
        JournalHealth worst = worse(signing(), spares == null ? JournalHealth.healthy() : low(spares));
        for (SegmentLane lane : keeper.lanes()) {
            String reason = lane.failure() != null ? lane.failure() : starving(lane, spares);
            if (reason != null) {
                return new JournalHealth(State.UNAVAILABLE, "lane " + lane.name() + ": " + reason);
            }
        }
        return worst;
    }

    /** A journal that goes on unsigned for long could be rewritten: it refuses, until it can sign again. */
    private JournalHealth signing() {
        Notary signing = notary;
        String reason = signing == null ? null : signing.failure();
        long now = System.nanoTime();
        if (reason == null) {
            unsignedSince = now;
            refuse(null);
            return JournalHealth.healthy();
        }
        boolean tooLong = now - unsignedSince > UNSIGNED_NANOS;
        refuse(tooLong ? reason : null);
        return tooLong ? new JournalHealth(State.UNAVAILABLE, reason) : low(reason);
    }

    private void refuse(@Nullable String reason) {
        if (!stopped) {
            context.refuse(reason);
        }
    }

    private @Nullable String starving(SegmentLane lane, @Nullable String spares) {
        if (!lane.starved()) {
            starvedSince.remove(lane.name());
            return null;
        }
        long since = starvedSince.computeIfAbsent(lane.name(), name -> System.nanoTime());
        if (spares != null) {
            return spares;
        }
        return System.nanoTime() - since > PATIENCE_NANOS ? "no next segment was made in time: look at the disk" : null;
    }

    private static JournalHealth low(String reason) {
        return new JournalHealth(State.LOW, reason);
    }

    private static JournalHealth worse(JournalHealth one, JournalHealth other) {
        return one.state().compareTo(other.state()) >= 0 ? one : other;
    }

    private void report(JournalHealth now) {
        if (now.state() == State.HEALTHY) {
            LOG.info("the journal is healthy again");
        } else {
            LOG.error("the journal is {}: {}", now.state(), now.reason());
        }
        tell(listener -> listener.health(now));
    }

    /** Offers a checkpoint to the listeners. */
    void offer(Checkpoint checkpoint) {
        tell(listener -> listener.checkpoint(checkpoint));
    }

    private void tell(Consumer<JournalListener> news) {
        for (JournalListener listener : listeners) {
            try {
                news.accept(listener);
            } catch (RuntimeException e) {
                LOG.error("a listener of the journal failed", e);
            }
        }
    }
}
