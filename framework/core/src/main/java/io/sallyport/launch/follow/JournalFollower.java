package io.sallyport.launch.follow;

import io.sallyport.journal.read.Cursor;
import io.sallyport.journal.read.JournalReader;
import io.sallyport.journal.record.JournalRecord;
import io.sallyport.journal.record.RecordType;
import io.sallyport.store.SinkCursors;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that follows the journal for one delivery.
 *
 * <ol>
 *   <li>Every record is delivered at least once, in order, across restarts: the cursor moves only behind what was taken.
 *   <li>After a failure the same batch comes again, after one second, then longer, at most a minute.
 * </ol>
 */
public final class JournalFollower implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(JournalFollower.class);

    private static final int BATCH = 512;
    private static final long BATCH_BYTES = 4L << 20;
    private static final Duration LOOK = Duration.ofMillis(250);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final Duration LAST_DELIVERY = Duration.ofSeconds(5);

    private final Name name;
    private final Source source;
    private final SinkCursors cursors;
    private final InstantSource clock;
    private final Delivery delivery;
    private final Thread thread;
    private final CountDownLatch stopping = new CountDownLatch(1);

    /**
     * Whose cursor it is.
     *
     * @param node the gateway
     * @param sink the follower's name, unique on the gateway
     */
    public record Name(String node, String sink) {}

    /** Opens a reader that goes on at a cursor and hands out records of some types. */
    @FunctionalInterface
    public interface Source {

        /** A reader for one thread. */
        JournalReader from(Cursor cursor, Set<RecordType> types) throws IOException;
    }

    private JournalFollower(Name name, Source source, SinkCursors cursors, InstantSource clock, Delivery delivery) {
        this.name = name;
        this.source = source;
        this.cursors = cursors;
        this.clock = clock;
        this.delivery = delivery;
        this.thread = new Thread(this::run, "follow-" + name.sink());
        thread.setDaemon(true);
    }

    /** Begins to follow. */
    public static JournalFollower start(
            Name name, Source source, SinkCursors cursors, InstantSource clock, Delivery delivery) {
        JournalFollower follower = new JournalFollower(name, source, cursors, clock, delivery);
        follower.thread.start();
        return follower;
    }

    private void run() {
        Duration pause = FIRST_PAUSE;
        while (!stopping()) {
            try {
                follow();
                return;
            } catch (InterruptedException e) {
                return;
            } catch (Exception | LinkageError e) {
                log.warn(
                        "{} cannot take what is new in the journal, tried again in {} s: {}",
                        name.sink(),
                        pause.toSeconds(),
                        e.toString());
                rest(pause);
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            }
        }
    }

    private void follow() throws Exception {
        Cursor cursor = cursors.position(name.node(), name.sink())
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS)
                .map(Cursor::parse)
                .orElse(Cursor.start());
        JournalReader reader = source.from(cursor, delivery.types());
        delivery.begin();
        long due = Long.MAX_VALUE;
        while (true) {
            boolean last = stopping();
            List<JournalRecord> batch = batch(reader);
            if (!batch.isEmpty()) {
                delivery.deliver(batch);
                due = Math.min(due, System.nanoTime() + delivery.patience().toNanos());
            }
            boolean nothingLeft = batch.isEmpty();
            if (due != Long.MAX_VALUE && (System.nanoTime() >= due || (last && nothingLeft))) {
                delivery.flush();
                move(reader);
                due = Long.MAX_VALUE;
            }
            if (last && nothingLeft) {
                return;
            }
        }
    }

    private void move(JournalReader reader) throws Exception {
        cursors.move(name.node(), name.sink(), reader.cursor().text(), clock.instant())
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
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
        try {
            stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            stopping.countDown();
        }
    }

    /** Delivers what is there already, for five seconds at most, and stops. */
    @Override
    public void close() {
        stopping.countDown();
        try {
            thread.join(LAST_DELIVERY.toMillis());
            thread.interrupt();
            thread.join(LAST_DELIVERY.toMillis());
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }
}
