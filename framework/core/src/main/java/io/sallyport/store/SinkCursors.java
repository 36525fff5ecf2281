package io.sallyport.store;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** How far each follower of a node's journal has come. */
public final class SinkCursors {

    private final Store store;

    /** Keeps cursors in a store. */
    public SinkCursors(Store store) {
        this.store = store;
    }

    /** Where a follower goes on; empty if it has not begun. */
    public CompletionStage<Optional<String>> position(String node, String sink) {
        return store.read(
                handle -> handle.createQuery("SELECT position FROM sink_cursors WHERE node = :node AND sink = :sink")
                        .bind("node", node)
                        .bind("sink", sink)
                        .mapTo(String.class)
                        .findOne());
    }

    /** A follower has come further. */
    public CompletionStage<Integer> move(String node, String sink, String position, Instant now) {
        return store.write(handle -> handle.createUpdate(
                        "INSERT INTO sink_cursors (node, sink, position, moved_at) VALUES (:node, :sink, :position,"
                                + " :now) ON CONFLICT (node, sink) DO UPDATE SET position = :position, moved_at = :now")
                .bind("node", node)
                .bind("sink", sink)
                .bind("position", position)
                .bind("now", now.toEpochMilli())
                .execute());
    }
}
