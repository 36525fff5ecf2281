package io.sallyport.kubernetes.front;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The open client connections of one connector. Safe for use by several threads. */
public final class Connections {

    private final Set<Open> open = ConcurrentHashMap.newKeySet();
    private volatile boolean draining;

    /** Without a connection yet. */
    public Connections() {}

    void add(Open connection) {
        open.add(connection);
        if (draining) {
            connection.drain();
        }
    }

    void remove(Open connection) {
        open.remove(connection);
    }

    /** How many there are. */
    public int size() {
        return open.size();
    }

    /** Every connection ends after its present requests. */
    public void drain() {
        draining = true;
        open.forEach(Open::drain);
    }

    /** Every connection ends now. */
    public void end(String reason) {
        open.forEach(connection -> connection.end(reason));
    }

    /** A connection; methods may be called on any thread. */
    interface Open {

        /** Takes no new requests. */
        void drain();

        /** Ends. */
        void end(String reason);
    }
}
