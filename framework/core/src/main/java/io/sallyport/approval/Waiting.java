package io.sallyport.approval;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A ticket. Several threads race to end it (a decision, the timer, the client's leaving): whoever is first in {@link
 * #finish} does, and the others take back what they did.
 */
final class Waiting implements Ticket {

    private static final Logger LOG = LoggerFactory.getLogger(Waiting.class);

    private final ApprovalRequest request;
    private final Executor callbacks;
    private final BiConsumer<Waiting, String> departure;
    private final CompletableFuture<String> created = new CompletableFuture<>();
    private final CompletableFuture<Decision> decision = new CompletableFuture<>();
    private final AtomicBoolean finished = new AtomicBoolean();
    private final List<Scheduler.Task> timers = new ArrayList<>();
    private volatile String id;

    Waiting(String id, ApprovalRequest request, Executor callbacks, BiConsumer<Waiting, String> departure) {
        this.id = id;
        this.request = request;
        this.callbacks = callbacks;
        this.departure = departure;
    }

    ApprovalRequest request() {
        return request;
    }

    boolean finished() {
        return finished.get();
    }

    /** The store has it under this identifier. */
    void named(String actualId) {
        id = actualId;
    }

    /** People can see the request. */
    void opened() {
        String opened = id;
        call(() -> created.complete(opened));
    }

    /** It cannot be asked for. */
    boolean failed(ApprovalsUnavailableException why) {
        if (!end()) {
            return false;
        }
        call(() -> {
            created.completeExceptionally(why);
            decision.complete(new Decision.Unavailable(message(why)));
        });
        return true;
    }

    /** Ends the wait; false if it has ended already, so that the decision reaches nobody. */
    boolean finish(Decision how) {
        if (!end()) {
            return false;
        }
        call(() -> {
            created.completeExceptionally(new ApprovalsUnavailableException("the request was withdrawn", null));
            decision.complete(how);
        });
        return true;
    }

    /** Keeps a timer until the end. */
    void keep(Scheduler.Task timer) {
        synchronized (timers) {
            timers.add(timer);
        }
        if (finished.get()) {
            cancelTimers();
        }
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public CompletionStage<String> created() {
        return created.minimalCompletionStage();
    }

    @Override
    public CompletionStage<Decision> decision() {
        return decision.minimalCompletionStage();
    }

    @Override
    public void withdraw(String reason) {
        if (finish(new Decision.Withdrawn(reason))) {
            departure.accept(this, reason);
        }
    }

    private boolean end() {
        if (!finished.compareAndSet(false, true)) {
            return false;
        }
        cancelTimers();
        return true;
    }

    private void cancelTimers() {
        List<Scheduler.Task> cancelled;
        synchronized (timers) {
            cancelled = List.copyOf(timers);
            timers.clear();
        }
        cancelled.forEach(Scheduler.Task::cancel);
    }

    private void call(Runnable callback) {
        try {
            callbacks.execute(callback);
        } catch (RejectedExecutionException e) {
            // The session's executor is gone, and with it everybody who could act on the decision.
            LOG.debug("nobody hears of approval {} any more", id, e);
        }
    }

    private static String message(Throwable why) {
        String message = why.getMessage();
        return message == null ? "approvals are unavailable" : message;
    }
}
