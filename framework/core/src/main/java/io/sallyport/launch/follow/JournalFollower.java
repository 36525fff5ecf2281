package io.sallyport.launch.follow;

import io.sallyport.journal.read.Cursor;
import io.sallyport.journal.read.JournalReader;
import io.sallyport.journal.record.JournalRecord;
import io.sallyport.journal.record.RecordType;
import io.sallyport.store.SinkCursors;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that follows the journal for one delivery.
 *
 * <ol>
 *   <li>Every record is delivered at least once, in order, across restarts: the cursor moves only behind what was taken.
 *   <li>After a failure, of whatever kind, the same records come again: after one second, then longer, at most a minute.
 *   <li>Records that were removed before they were delivered are reported, never passed over in silence.
 * </ol>
 */
final class JournalFollower {

    private static final Logger log = LoggerFactory.getLogger(JournalFollower.class);

    private static final int BATCH = 512;
    private static final long BATCH_BYTES = 4L << 20;
    private static final Duration LOOK = Duration.ofMillis(250);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final Name name;
    private final Source source;
    private final InstantSource clock;
    private final Delivery delivery;
    private final FollowerEvents events;
    private final Position position;
    private final Thread thread;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private Duration pause = FIRST_PAUSE;

    private final AtomicLong delivered = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private volatile String failure = "";
    private volatile @Nullable Instant oldest;

    /**
     * Whose cursor it is.
     *
     * @param node the gateway
     * @param sink the follower's name, unique on the gateway
     */
    record Name(String node, String sink) {}

    /** Opens a reader that goes on at a cursor and hands out records of some types. */
    @FunctionalInterface
    interface Source {

        /** A reader for one thread. */
        JournalReader from(Cursor cursor, Set<RecordType> types) throws IOException;
    }

    /**
     * What followers share.
     *
     * @param source the journal
     * @param cursors where their cursors are kept
     * @param clock tells how late they are
     * @param events hears what an operator has to know
     */
    record Surroundings(Source source, SinkCursors cursors, InstantSource clock, FollowerEvents events) {}

    private JournalFollower(Name name, Surroundings surroundings, Delivery delivery) {
        this.name = name;
        this.source = surroundings.source();
        this.clock = surroundings.clock();
        this.events = surroundings.events();
        this.delivery = delivery;
        this.position = new Position(name, surroundings.cursors(), clock);
        this.thread = new Thread(this::run, "follow-" + name.sink());
        thread.setDaemon(true);
        thread.setContextClassLoader(delivery.loader());
    }

    /** Begins to follow. */
    static JournalFollower start(Name name, Surroundings surroundings, Delivery delivery) {
        JournalFollower follower = new JournalFollower(name, surroundings, delivery);
        follower.thread.start();
        return follower;
    }

    /** How far it has come; null while that is not known. */
    @Nullable
    Cursor acknowledged() {
        return position.known();
    }

    /** How it stands. */
    FollowerState state() {
        Instant waiting = oldest;
        Duration lag = waiting == null ? Duration.ZERO : Duration.between(waiting, clock.instant());
        return new FollowerState(
                name.sink(), lag.isNegative() ? Duration.ZERO : lag, delivered.get(), failures.get(), failure);
    }

    private void run() {
        while (!stopping()) {
            try {
                follow();
            } catch (Throwable e) {
                // Whatever a plugin throws, the next try may succeed; only a stop ends this thread.
                failed(e);
            }
        }
        position.finish();
    }

    private void failed(Throwable e) {
        if (stopping()) {
            log.warn(
                    "{} did not take the last records; they come again after the next start: {}",
                    name.sink(),
                    e.toString());
            return;
        }
        failures.incrementAndGet();
        failure = e.toString();
        log.warn(
                "{} cannot take what is new in the journal, tried again in {} s: {}",
                name.sink(),
                pause.toSeconds(),
                e.toString());
        log.debug("{} failed", name.sink(), e);
        rest(pause);
        pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
    }

    private void follow() throws Exception {
        Cursor cursor = position.begin();
        JournalReader reader = source.from(cursor, delivery.types());
        reportMissing(cursor, reader.cursor());
        delivery.begin();
        long due = Long.MAX_VALUE;
        long taken = 0;
        while (true) {
            boolean last = stopping();
            List<JournalRecord> batch = batch(reader);
            if (!batch.isEmpty() || delivery.hasMore()) {
                late(batch);
                delivery.deliver(batch);
                taken += batch.size();
                due = Math.min(due, System.nanoTime() + delivery.patience().toNanos());
            }
            boolean nothingLeft = batch.isEmpty();
            if (due != Long.MAX_VALUE && (System.nanoTime() >= due || (last && nothingLeft))) {
                delivery.flush();
                succeeded(reader, taken);
                taken = 0;
                due = Long.MAX_VALUE;
            } else if (due == Long.MAX_VALUE) {
                position.skip(reader.cursor());
                position.save();
            }
            if (last && nothingLeft) {
                return;
            }
        }
    }

    private void late(List<JournalRecord> batch) {
        if (oldest == null && !batch.isEmpty()) {
            oldest = batch.get(0).time();
        }
    }

    private void succeeded(JournalReader reader, long taken) {
        position.move(reader.cursor());
        delivered.addAndGet(taken);
        oldest = null;
        failure = "";
        pause = FIRST_PAUSE;
    }

    /** Compares where it wanted to go on with where it can. */
    private void reportMissing(Cursor wanted, Cursor found) {
        wanted.places().forEach((lane, place) -> {
            long missing = found.segment(lane) - place.segment();
            if (missing > 0) {
                log.error(
                        "{} segments of the journal's lane {} were removed before {} had read them, from segment {} on",
                        missing,
                        lane,
                        name.sink(),
                        place.segment());
                events.missed(name.sink(), lane, place.segment(), missing);
            }
        });
    }

    /** What is there now, within limits of number and size. */
    private List<JournalRecord> batch(JournalReader reader) throws IOException {
        List<JournalRecord> batch = new ArrayList<>();
        long bytes = 0;
        Optional<JournalRecord> next = stopping() ? reader.poll() : reader.poll(LOOK);
        while (next.isPresent()) {
            batch.add(next.get());
            bytes += next.get().payload().length;
            next = batch.size() < BATCH && bytes < BATCH_BYTES ? reader.poll() : Optional.empty();
        }
        return batch;
    }

    private boolean stopping() {
        return stopping.getCount() == 0;
    }

    private void rest(Duration pause) {
        // A plugin may have interrupted its own thread; a stop counts down before it interrupts.
        Thread.interrupted();
        try {
            stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            log.debug("{} was interrupted while it rested", name.sink());
        }
    }

    /** Has it deliver what is there already and end. */
    void stop() {
        stopping.countDown();
    }

    /** Waits for the end until a moment of {@link System#nanoTime}, then interrupts it and waits for as long as it was given again. */
    void await(long deadlineNanos) throws InterruptedException {
        thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime())));
        thread.interrupt();
    }

    /** Waits a little for a thread that was interrupted. */
    boolean ended(Duration patience) throws InterruptedException {
        thread.join(patience.toMillis());
        return !thread.isAlive();
    }
}
