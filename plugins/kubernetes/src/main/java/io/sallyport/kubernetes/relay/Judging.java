package io.sallyport.kubernetes.relay;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import io.sallyport.api.action.Action;
import io.sallyport.api.guardrail.Masking;
import io.sallyport.api.guardrail.Verdict;
import io.sallyport.api.session.Exchange;
import io.sallyport.api.session.Exchange.Held;
import io.sallyport.kubernetes.session.ClusterSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks the core for the actions of one request, one after the other: all must be allowed. A request with a key is answered
 * when it has been held for as long as its client is patient; its exchange stays, for when the client comes again.
 */
final class Judging {

    private static final Duration RETURN = Duration.ofMinutes(2);

    private final ClusterSession session;
    private final EventLoop loop;
    private final List<Action> actions;
    private final @Nullable Supplier<String> key;
    private final Duration patience;
    private final Result result;
    private final List<Exchange> exchanges = new ArrayList<>();
    private @Nullable Masking masking;
    private @Nullable ScheduledFuture<?> timer;
    private boolean over;

    /**
     * Nothing is asked yet.
     *
     * @param key what the request is identical by; null for a request that waits in place
     */
    Judging(
            ClusterSession session,
            EventLoop loop,
            List<Action> actions,
            @Nullable Supplier<String> key,
            Duration patience,
            Result result) {
        this.session = session;
        this.loop = loop;
        this.actions = actions;
        this.key = key;
        this.patience = patience;
        this.result = result;
    }

    void start() {
        next();
    }

    private void next() {
        if (exchanges.size() == actions.size()) {
            over = true;
            result.allowed(exchanges, masking);
            return;
        }
        Action action = actions.get(exchanges.size());
        Exchange kept =
                key == null || session.held().isEmpty() ? null : session.held().take(key.get());
        Exchange exchange = kept == null ? session.session().submit(action) : kept;
        exchanges.add(exchange);
        Verdict.Final decided = exchange.decided();
        if (decided != null) {
            decided(exchange, decided);
            return;
        }
        exchange.onHold(held -> held(exchange, held));
        exchange.verdict().thenAccept(verdict -> decided(exchange, verdict));
    }

    private void decided(Exchange exchange, Verdict.Final verdict) {
        if (over) {
            return;
        }
        if (timer != null) {
            timer.cancel(false);
        }
        if (verdict instanceof Verdict.Allow allow) {
            if (allow.masking() != null) {
                masking = allow.masking();
            }
            next();
        } else if (verdict instanceof Verdict.Deny deny) {
            over = true;
            exchanges.stream()
                    .filter(other -> other != exchange)
                    .forEach(other -> other.cancel("refused: " + deny.reason()));
            result.denied(exchange, deny);
        }
    }

    private void held(Exchange exchange, Held held) {
        if (over || key == null || exchange.decided() != null) {
            return;
        }
        String name = key.get();
        timer = loop.schedule(
                () -> {
                    if (!over) {
                        over = true;
                        if (session.held().keep(name, exchange)) {
                            loop.schedule(
                                    () -> session.held().forget(name, exchange),
                                    RETURN.toMillis(),
                                    TimeUnit.MILLISECONDS);
                        }
                        result.waits(exchange, held);
                    }
                },
                patience.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /** The client left, or the session ends. */
    void cancel(String reason) {
        if (!over) {
            over = true;
            exchanges.forEach(exchange -> exchange.cancel(reason));
        }
    }

    /** What becomes of it; one of the methods is called, once. */
    interface Result {

        /** Every action is allowed. */
        void allowed(List<Exchange> exchanges, @Nullable Masking masking);

        /** One is not. */
        void denied(Exchange exchange, Verdict.Deny deny);

        /** People have not decided yet. */
        void waits(Exchange exchange, Held held);
    }
}
