package io.sallyport.api.sink;

import io.sallyport.api.ConsumerType;
import java.io.IOException;
import java.util.List;

/**
 * Follows the journal.
 *
 * <ol>
 *   <li>{@link #deliver} is called on a thread of the sink's own, one call at a time, and may block.
 *   <li>A normal return acknowledges the whole batch: the cursor moves behind it, durably.
 *   <li>After an exception the same batch comes again later, at growing intervals, also after a restart: delivery is at
 *       least once, and {@link Event#id()} tells repetitions apart.
 * </ol>
 */
@ConsumerType
public interface EventSink extends AutoCloseable {

    /** Takes a batch, in the journal's order. */
    void deliver(List<Event> events) throws IOException;

    /** Frees what the sink holds. */
    @Override
    default void close() {}

    /**
     * One record of the journal.
     *
     * @param id unique and stable
     * @param type the record's type
     * @param session the session that it belongs to, empty if none
     * @param json the record as a JSON object in UTF-8
     */
    record Event(String id, String type, String session, byte[] json) {}
}
