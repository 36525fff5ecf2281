package io.sallyport.launch;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Parts of a running whole, stopped in the order opposite to that in which they were started.
 *
 * <ol>
 *   <li>A part that does not stop cleanly is reported and keeps no other part from being stopped.
 *   <li>A part that is added during or after {@link #close} is stopped at once, and adding it throws: a stop that comes in
 *       the middle of a start leaves nothing behind.
 * </ol>
 *
 * <p>Safe for several threads.
 */
public final class Parts implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Parts.class);

    private final Deque<Part> parts = new ArrayDeque<>();
    private final Object closing = new Object();
    private boolean closed;

    private record Part(String name, AutoCloseable content) {}

    /**
     * Takes a part that has started.
     *
     * @throws IllegalStateException if the whole is being stopped
     */
    public <T extends AutoCloseable> T add(String name, T part) {
        synchronized (this) {
            if (!closed) {
                parts.push(new Part(name, part));
                return part;
            }
        }
        close(new Part(name, part));
        throw new IllegalStateException("stopped while " + name + " was starting");
    }

    @Override
    public void close() {
        // A second caller waits: two of them would stop a part together with those that it stands on.
        synchronized (closing) {
            for (Part part = next(); part != null; part = next()) {
                close(part);
            }
        }
    }

    private synchronized @Nullable Part next() {
        closed = true;
        return parts.poll();
    }

    private static void close(Part part) {
        try {
            part.content().close();
        } catch (Exception e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            log.warn("{} did not stop cleanly", part.name(), e);
        }
    }
}
