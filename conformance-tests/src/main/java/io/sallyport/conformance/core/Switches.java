package io.sallyport.conformance.core;

import io.sallyport.api.session.JournalUnavailableException;
import io.sallyport.api.session.Sessions;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What goes wrong in the core, or slowly, when a clause wants it to. */
public final class Switches {

    /** How records are written. */
    public enum Mode {
        /** As always. */
        PASS,
        /** They wait until the switch is moved on. */
        WAIT,
        /** They cannot be written. */
        FAIL
    }

    private final List<Runnable> waiting = new CopyOnWriteArrayList<>();
    private volatile Mode outcomes = Mode.PASS;
    private volatile Mode answers = Mode.PASS;
    private volatile Mode own = Mode.PASS;
    private volatile Mode openings = Mode.PASS;
    private volatile Sessions.Opening.@Nullable Refused refusal;
    private volatile boolean passUnmaskable;

    /** How outcomes are written from now on; those that waited go on. */
    public void outcomes(Mode mode) {
        outcomes = mode;
        goOn();
    }

    /** How bytes of answers are written from now on: pass or fail. */
    public void answers(Mode mode) {
        answers = mode;
    }

    /** How the gateway's own messages are written from now on: pass or fail. */
    public void own(Mode mode) {
        own = mode;
    }

    /** How sessions are opened from now on: pass, wait, or fail with an exception that nobody expects. */
    public void openings(Mode mode) {
        openings = mode;
        goOn();
    }

    /** Refuses every admission from now on; null for none. */
    public void refuse(Sessions.Opening.@Nullable Refused with) {
        refusal = with;
    }

    /** Whether grants let pass what cannot be masked from now on. */
    public void passUnmaskable(boolean pass) {
        passUnmaskable = pass;
    }

    void reset() {
        outcomes(Mode.PASS);
        openings(Mode.PASS);
        answers = Mode.PASS;
        own = Mode.PASS;
        refusal = null;
        passUnmaskable = false;
    }

    boolean passesUnmaskable() {
        return passUnmaskable;
    }

    Sessions.Opening.@Nullable Refused refusal() {
        return refusal;
    }

    boolean outcomesFail() {
        return outcomes == Mode.FAIL;
    }

    void answer() {
        failIf(answers == Mode.FAIL);
    }

    void own() {
        failIf(own == Mode.FAIL);
    }

    private static void failIf(boolean failing) {
        if (failing) {
            throw new JournalUnavailableException("the clause says that this cannot be written");
        }
    }

    <T> CompletionStage<T> opening(Executor executor, Supplier<CompletionStage<T>> work) {
        if (openings == Mode.FAIL) {
            return CompletableFuture.failedFuture(new IllegalStateException("the clause says that this fails"));
        }
        return openings == Mode.WAIT ? later(executor, work) : work.get();
    }

    <T> CompletionStage<T> outcome(Executor executor, Supplier<CompletionStage<T>> work) {
        return outcomes == Mode.WAIT ? later(executor, work) : work.get();
    }

    private <T> CompletionStage<T> later(Executor executor, Supplier<CompletionStage<T>> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        waiting.add(() -> executor.execute(() -> work.get().whenComplete((value, failure) -> {
            if (failure == null) {
                result.complete(value);
            } else {
                result.completeExceptionally(failure);
            }
        })));
        return result;
    }

    private void goOn() {
        List<Runnable> all = List.copyOf(waiting);
        waiting.removeAll(all);
        all.forEach(Runnable::run);
    }
}
