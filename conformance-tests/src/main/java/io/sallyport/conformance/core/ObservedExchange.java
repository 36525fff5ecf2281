package io.sallyport.conformance.core;

import io.sallyport.api.action.Action;
import io.sallyport.api.guardrail.Verdict;
import io.sallyport.api.session.Exchange;
import io.sallyport.api.session.JournalUnavailableException;
import io.sallyport.api.session.Outcome;
import java.io.ByteArrayOutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An exchange of the real core, and what the connector did with it. */
public final class ObservedExchange implements Exchange {

    private final ObservedSession session;
    private final Exchange exchange;
    private final Action action;
    private final boolean preparation;
    private final ByteArrayOutputStream recorded = new ByteArrayOutputStream();
    private volatile @Nullable Outcome outcome;
    private volatile @Nullable String cancelled;
    private volatile int completions;

    ObservedExchange(ObservedSession session, Exchange exchange, Action action, boolean preparation) {
        this.session = session;
        this.exchange = exchange;
        this.action = action;
        this.preparation = preparation;
    }

    /** What was asked for. */
    public Action action() {
        return action;
    }

    /** Whether it was only prepared. */
    public boolean preparation() {
        return preparation;
    }

    /** The outcome that the connector has reported. */
    public @Nullable Outcome outcome() {
        return outcome;
    }

    /** How often the connector has reported an outcome. */
    public int completions() {
        return completions;
    }

    /** Why the connector has taken it back. */
    public @Nullable String cancelled() {
        return cancelled;
    }

    /** What the connector has given to the record. */
    public synchronized byte[] recorded() {
        return recorded.toByteArray();
    }

    @Override
    public long number() {
        return exchange.number();
    }

    @Override
    public Verdict.@Nullable Final decided() {
        return exchange.decided();
    }

    @Override
    public CompletionStage<Verdict.Final> verdict() {
        session.inThread("Exchange.verdict");
        return exchange.verdict();
    }

    @Override
    public void onHold(Consumer<Held> listener) {
        session.inThread("Exchange.onHold");
        exchange.onHold(listener);
    }

    @Override
    public boolean recordsResults() {
        return exchange.recordsResults();
    }

    @Override
    public void record(Stream stream, byte[] bytes, int offset, int length) {
        session.inThread("Exchange.record");
        session.switches().answer();
        if (stream != Stream.INPUT) {
            synchronized (this) {
                recorded.write(bytes, offset, length);
            }
        }
        exchange.record(stream, bytes, offset, length);
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // written by the session's thread alone
    public CompletionStage<@Nullable Void> complete(Outcome what) {
        session.inThread("Exchange.complete");
        completions++;
        outcome = what;
        if (session.switches().outcomesFail()) {
            return CompletableFuture.failedFuture(
                    new JournalUnavailableException("the clause says that this cannot be written"));
        }
        return session.switches().outcome(session.executor(), () -> exchange.complete(what));
    }

    @Override
    public void cancel(String reason) {
        session.inThread("Exchange.cancel");
        cancelled = reason;
        exchange.cancel(reason);
    }
}
