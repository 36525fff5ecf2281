package io.sallyport.store;

import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The gateways that share the store, by their heartbeats. */
public final class Nodes {

    private Nodes() {}

    /** A node says that it lives. */
    public static void beat(Handle handle, String name, Instant started, Instant now) {
        handle.createUpdate("INSERT INTO nodes (name, started_at, beat_at) VALUES (:name, :started, :now) ON CONFLICT"
                        + " (name) DO UPDATE SET started_at = :started, beat_at = :now")
                .bind("name", name)
                .bind("started", started.toEpochMilli())
                .bind("now", now.toEpochMilli())
                .execute();
    }

    /** All nodes that have ever said so, by name. */
    public static List<Node> list(Handle handle) {
        return handle.createQuery("SELECT * FROM nodes ORDER BY name")
                .map((row, context) -> new Node(
                        row.getString("name"),
                        Instant.ofEpochMilli(row.getLong("started_at")),
                        Instant.ofEpochMilli(row.getLong("beat_at"))))
                .list();
    }

    /**
     * One gateway.
     *
     * @param name its name
     * @param started when it started
     * @param beat when it last said that it lives
     */
    public record Node(String name, Instant started, Instant beat) {}
}
