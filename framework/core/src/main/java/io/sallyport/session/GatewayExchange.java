package io.sallyport.session;

import io.sallyport.api.Recording;
import io.sallyport.api.action.Action;
import io.sallyport.api.guardrail.Verdict;
import io.sallyport.api.session.Exchange;
import io.sallyport.api.session.Outcome;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One submitted action. Confined to the session's executor. */
final class GatewayExchange implements Exchange {

    /** The neighbours in the session's list of open exchanges. */
    @Nullable
    GatewayExchange previous;

    @Nullable
    GatewayExchange next;

    private final GatewaySession session;
    private final long number;
    private final Action action;
    private final boolean preparation;
    private Verdict.@Nullable Final decided;
    private @Nullable CompletableFuture<Verdict.Final> verdict;
    private @Nullable Consumer<Held> holdListener;
    private @Nullable Held held;
    private @Nullable HeldAction wait;
    private @Nullable DroppedBytes dropped;
    private long recordedBytes;
    private boolean recorded;
    private boolean finished;

    GatewayExchange(GatewaySession session, long number, Action action, boolean preparation) {
        this.session = session;
        this.number = number;
        this.action = action;
        this.preparation = preparation;
    }

    Action action() {
        return action;
    }

    boolean preparation() {
        return preparation;
    }

    /** Notes that the action is in the journal without its verdict. */
    void recorded() {
        recorded = true;
    }

    boolean isRecorded() {
        return recorded;
    }

    /** Makes the verdict visible; only the first counts. */
    void decide(Verdict.Final answer) {
        if (decided != null) {
            return;
        }
        decided = answer;
        wait = null;
        if (preparation || answer instanceof Verdict.Deny) {
            finish();
        }
        CompletableFuture<Verdict.Final> waiting = verdict;
        if (waiting != null) {
            waiting.complete(answer);
        }
    }

    /** Notes who waits for people on behalf of this action. */
    void waits(HeldAction action) {
        wait = action;
    }

    /** Tells the connector that people are asked; once, whatever the number of holds. */
    void hold(Held notice) {
        if (held != null) {
            return;
        }
        held = notice;
        Consumer<Held> listener = holdListener;
        if (listener != null) {
            holdListener = null;
            listener.accept(notice);
        }
    }

    @Override
    public long number() {
        return number;
    }

    @Override
    public Verdict.@Nullable Final decided() {
        return decided;
    }

    @Override
    public CompletionStage<Verdict.Final> verdict() {
        if (decided != null) {
            return CompletableFuture.completedFuture(decided);
        }
        if (verdict == null) {
            verdict = new CompletableFuture<>();
        }
        return verdict;
    }

    @Override
    public void onHold(Consumer<Held> listener) {
        if (held != null) {
            listener.accept(held);
        } else {
            holdListener = Objects.requireNonNull(listener);
        }
    }

    @Override
    public boolean recordsResults() {
        return session.recording().results() == Recording.Level.FULL && !finished;
    }

    @Override
    public void record(Stream stream, byte[] bytes, int offset, int length) {
        if (!recordsResults() || length == 0) {
            return;
        }
        long room = Math.max(0, session.recording().limit() - recordedBytes);
        int kept = (int) Math.min(room, length);
        if (kept > 0) {
            session.journal().stream(number, stream, bytes, offset, kept);
            recordedBytes += kept;
        }
        if (kept < length) {
            if (dropped == null) {
                dropped = session.newDropped();
            }
            dropped.add(bytes, offset + kept, length - kept);
        }
    }

    @Override
    public CompletionStage<@Nullable Void> complete(Outcome outcome) {
        if (finished || !(decided instanceof Verdict.Allow)) {
            return CompletableFuture.failedFuture(
                    new IllegalStateException("only an allowed action has an outcome, and only one"));
        }
        finish();
        return session.recordOutcome(number, outcome, dropped);
    }

    @Override
    public void cancel(String reason) {
        if (finished) {
            return;
        }
        if (wait != null) {
            wait.withdraw(reason);
        }
        if (decided == null) {
            session.decide(this, new Verdict.Deny("cancelled", reason));
        } else {
            finish();
            session.recordCancelled(number, reason);
        }
    }

    private void finish() {
        if (!finished) {
            finished = true;
            session.finished(this);
        }
    }
}
