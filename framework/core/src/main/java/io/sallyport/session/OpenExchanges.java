package io.sallyport.session;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The exchanges of a session that have neither an outcome nor a denial, oldest first; linked through themselves. */
final class OpenExchanges {

    private @Nullable GatewayExchange first;
    private @Nullable GatewayExchange last;

    boolean isEmpty() {
        return first == null;
    }

    void add(GatewayExchange exchange) {
        GatewayExchange before = last;
        exchange.previous = before;
        last = exchange;
        if (before == null) {
            first = exchange;
        } else {
            before.next = exchange;
        }
    }

    void remove(GatewayExchange exchange) {
        GatewayExchange before = exchange.previous;
        GatewayExchange after = exchange.next;
        if (before == null) {
            first = after;
        } else {
            before.next = after;
        }
        if (after == null) {
            last = before;
        } else {
            after.previous = before;
        }
        exchange.previous = null;
        exchange.next = null;
    }

    /** Shows every exchange to the visitor, which may remove the one that it is shown. */
    void forEach(Consumer<GatewayExchange> visitor) {
        GatewayExchange exchange = first;
        while (exchange != null) {
            GatewayExchange after = exchange.next;
            visitor.accept(exchange);
            exchange = after;
        }
    }
}
