package io.sallyport.launch.follow;

import io.sallyport.journal.record.JournalRecord;
import io.sallyport.journal.record.RecordType;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Takes what is new in the journal. Used by one thread.
 *
 * <ol>
 *   <li>{@link #begin} comes first, and again after every failure: what was delivered but not flushed comes again.
 *   <li>A normal return of {@link #flush} acknowledges everything that was delivered before it.
 * </ol>
 */
public interface Delivery {

    /** Which records it is for; the others are passed over. */
    default Set<RecordType> types() {
        return RecordType.written();
    }

    /** Forgets what was delivered but not flushed. */
    default void begin() {}

    /**
     * Takes a batch, in the journal's order.
     *
     * @throws Exception if it cannot take them now
     */
    void deliver(List<JournalRecord> batch) throws Exception;

    /**
     * Makes what was delivered last.
     *
     * @throws Exception if it cannot now
     */
    default void flush() throws Exception {}

    /** Whether it has something of its own to hand on: it is then given an empty batch where nothing is new. */
    default boolean hasMore() {
        return false;
    }

    /** The class loader in which it runs. */
    default ClassLoader loader() {
        return getClass().getClassLoader();
    }

    /** How long what was delivered may wait to be flushed. */
    default Duration patience() {
        return Duration.ZERO;
    }
}
