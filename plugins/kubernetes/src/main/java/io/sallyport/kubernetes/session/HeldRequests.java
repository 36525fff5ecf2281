package io.sallyport.kubernetes.session;

import io.sallyport.api.session.Exchange;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Requests that wait for people while their clients have been told to come again: the next identical request goes on with
 * the same exchange, and so with the same approval. Confined to the session's event loop.
 */
public final class HeldRequests {

    private static final int MOST = 64;

    private final Map<String, ArrayDeque<Exchange>> waiting = new HashMap<>();
    private int size;

    HeldRequests() {}

    /** Whether none waits. */
    public boolean isEmpty() {
        return size == 0;
    }

    /**
     * Keeps an exchange.
     *
     * @param key what the request is identical by
     * @return whether there was room; if not, the exchange is cancelled
     */
    public boolean keep(String key, Exchange exchange) {
        if (size >= MOST) {
            exchange.cancel("too many requests of this session wait for approval");
            return false;
        }
        size++;
        waiting.computeIfAbsent(key, unused -> new ArrayDeque<>()).add(exchange);
        return true;
    }

    /** Takes an exchange back for a request that came again, null if none waits. */
    public @Nullable Exchange take(String key) {
        ArrayDeque<Exchange> exchanges = waiting.get(key);
        if (exchanges == null) {
            return null;
        }
        Exchange exchange = exchanges.poll();
        if (exchange != null) {
            size--;
            if (exchanges.isEmpty()) {
                waiting.remove(key);
            }
        }
        return exchange;
    }

    /** The client did not come again. */
    public void forget(String key, Exchange exchange) {
        ArrayDeque<Exchange> exchanges = waiting.get(key);
        if (exchanges != null && exchanges.remove(exchange)) {
            size--;
            if (exchanges.isEmpty()) {
                waiting.remove(key);
            }
            exchange.cancel("the client did not come again");
        }
    }

    void close() {
        waiting.clear();
        size = 0;
    }
}
