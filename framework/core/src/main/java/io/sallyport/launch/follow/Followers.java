package io.sallyport.launch.follow;

import io.sallyport.journal.Journal;
import io.sallyport.journal.lane.JournalUnavailableException;
import io.sallyport.journal.read.Cursor;
import io.sallyport.journal.record.PayloadKey;
import io.sallyport.journal.record.PayloadWriter;
import io.sallyport.journal.record.RecordType;
import io.sallyport.store.SinkCursors;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everybody who follows this node's journal.
 *
 * <ol>
 *   <li>Followers do not wait for each other, and nobody waits for them.
 *   <li>{@link #needed} names what must stay in the journal until each of them has passed it on.
 *   <li>{@link #close} lets all of them deliver what is there, for five seconds together.
 * </ol>
 *
 * <p>Safe for several threads.
 */
public final class Followers implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Followers.class);
    private static final Duration LAST_DELIVERY = Duration.ofSeconds(5);
    private static final Duration AFTER_INTERRUPT = Duration.ofSeconds(2);

    private final String node;
    private final Journal journal;
    private final JournalFollower.Surroundings surroundings;
    private final List<JournalFollower> followers = new CopyOnWriteArrayList<>();

    /** Nobody follows yet. */
    public Followers(String node, Journal journal, SinkCursors cursors, InstantSource clock) {
        this.node = node;
        this.journal = journal;
        this.surroundings = new JournalFollower.Surroundings(journal::follow, cursors, clock, this::missed);
    }

    /** Has a delivery follow under a name that is its own on this node. */
    public void start(String name, Delivery delivery) {
        followers.add(JournalFollower.start(new JournalFollower.Name(node, name), surroundings, delivery));
    }

    /** The first segment of a lane that somebody has yet to read; 0 while that is not known of all. */
    public long needed(String lane) {
        long needed = Long.MAX_VALUE;
        for (JournalFollower follower : followers) {
            Cursor cursor = follower.acknowledged();
            needed = Math.min(needed, cursor == null ? 0 : cursor.segment(lane));
        }
        return needed;
    }

    /** How each stands. */
    public List<FollowerState> states() {
        return followers.stream().map(JournalFollower::state).toList();
    }

    private void missed(String follower, String lane, long segment, long count) {
        record(new PayloadWriter()
                .text(PayloadKey.EVENT, "records-missed")
                .text(PayloadKey.FOLLOWER, follower)
                .text(PayloadKey.LANE, lane)
                .number(PayloadKey.SEGMENT, segment)
                .number(PayloadKey.COUNT, count));
    }

    /** Writes that old segments stay because somebody has not read them. */
    public void recordKept(int segments) {
        record(new PayloadWriter()
                .text(PayloadKey.EVENT, "segments-kept")
                .text(PayloadKey.FOLLOWER, String.join(" ", behind()))
                .number(PayloadKey.COUNT, segments));
    }

    /** Who has something to pass on that is older than a minute. */
    public List<String> behind() {
        return states().stream()
                .filter(state -> state.lag().compareTo(Duration.ofMinutes(1)) > 0)
                .map(FollowerState::name)
                .toList();
    }

    private void record(PayloadWriter payload) {
        try {
            journal.control().append(RecordType.FOLLOWER, 0, 0, 0, payload);
        } catch (JournalUnavailableException e) {
            log.error("what became of a follower is not in the journal: {}", e.toString());
        }
    }

    @Override
    public void close() {
        followers.forEach(JournalFollower::stop);
        long deadline = System.nanoTime() + LAST_DELIVERY.toNanos();
        try {
            for (JournalFollower follower : followers) {
                follower.await(deadline);
            }
            for (JournalFollower follower : followers) {
                if (!follower.ended(AFTER_INTERRUPT)) {
                    log.warn("{} does not end", follower.state().name());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
