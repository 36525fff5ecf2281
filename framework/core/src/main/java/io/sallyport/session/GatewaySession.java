package io.sallyport.session;

import io.sallyport.api.Recording;
import io.sallyport.api.action.Action;
import io.sallyport.api.credential.Credential;
import io.sallyport.api.guardrail.Operation;
import io.sallyport.api.guardrail.Verdict;
import io.sallyport.api.principal.Principal;
import io.sallyport.api.session.Exchange;
import io.sallyport.api.session.JournalUnavailableException;
import io.sallyport.api.session.Outcome;
import io.sallyport.api.session.Session;
import io.sallyport.api.session.Sessions;
import io.sallyport.api.session.TargetAccess;
import io.sallyport.decision.Judgement;
import io.sallyport.decision.Policy;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One session. Confined to its executor, except for the few fields that the room's clock tick reads.
 *
 * <p>Every action is written with its verdict before the verdict becomes visible. An action whose record cannot be written
 * is denied, and the session ends.
 */
final class GatewaySession implements Session {

    private static final String ENDING = "session";

    private final SessionRoom room;
    private final RegisteredExecutor executor;
    private final Sessions.Listener listener;
    private final SessionJournal journal;
    private final OpenExchanges open = new OpenExchanges();

    /** Replaced as a whole when other terms come into force; the room's clock tick reads it. */
    private volatile SessionSpec spec;

    private Redactor redactor;
    private VerdictMemo memo;
    private Sessions.@Nullable Ending ending;
    private boolean closed;
    private long actions;

    /** Set when something happens; the room's clock tick takes it and notes the time, so that traffic reads no clock for it. */
    private volatile boolean active;

    private volatile boolean busy;

    /** Of the room's clock tick alone. */
    private long lastActivityMillis;

    GatewaySession(SessionSpec spec, SessionRoom room, RegisteredExecutor executor, Sessions.Listener listener) {
        this.spec = spec;
        this.room = room;
        this.executor = executor;
        this.listener = listener;
        this.redactor = new Redactor(spec.terms().policy().requestMask());
        ActionRecord records = new ActionRecord(spec.terms().recording(), redactor, room::digest);
        this.journal = new SessionJournal(spec.id(), executor, records);
        this.memo = new VerdictMemo(records, spec.terms().policy());
        this.lastActivityMillis = room.clock().millis();
    }

    SessionSpec spec() {
        return spec;
    }

    /** What decides now. */
    Policy policy() {
        return spec.terms().policy();
    }

    /** Other terms from now on. What was remembered under the old ones is forgotten; what was allowed goes on. */
    void govern(SessionSpec.Terms terms) {
        if (ending != null || closed) {
            return;
        }
        spec = spec.under(terms);
        redactor = new Redactor(terms.policy().requestMask());
        ActionRecord records = new ActionRecord(terms.recording(), redactor, room::digest);
        journal.lay(records);
        memo = new VerdictMemo(records, terms.policy());
    }

    SessionJournal journal() {
        return journal;
    }

    Redactor redactor() {
        return redactor;
    }

    RegisteredExecutor executor() {
        return executor;
    }

    @Override
    public String id() {
        return spec.id().toString();
    }

    @Override
    public Principal principal() {
        return spec.principal();
    }

    @Override
    public TargetAccess target() {
        return spec.target();
    }

    @Override
    public Credential credential() {
        return spec.credential();
    }

    @Override
    public Recording recording() {
        return spec.terms().recording();
    }

    @Override
    public boolean passUnmaskable() {
        return spec.terms().passUnmaskable();
    }

    @Override
    public Exchange submit(Action action) {
        return ask(action, false);
    }

    @Override
    public Exchange prepare(Action action) {
        return ask(action, true);
    }

    private Exchange ask(Action action, boolean preparation) {
        GatewayExchange exchange = new GatewayExchange(this, ++actions, action, preparation);
        open.add(exchange);
        touch();
        try {
            judge(exchange);
        } catch (JournalUnavailableException e) {
            journalFailed(exchange, e);
        } catch (RuntimeException | StackOverflowError e) {
            room.report("an action could not be judged", e);
            decide(exchange, new Verdict.Deny(ENDING, "the gateway failed to judge this; ask its operator"));
        }
        return exchange;
    }

    private void judge(GatewayExchange exchange) {
        Sessions.Ending over = ending;
        if (over != null || closed) {
            String reason = over == null ? "the session is closed" : over.reason();
            decide(exchange, new Verdict.Deny(ENDING, reason));
            return;
        }
        Action action = exchange.action();
        Judgement known = memo.judgement(action);
        if (known != null) {
            carryOut(exchange, known);
            return;
        }
        CompletableFuture<Judgement> judgement = judgement(action).toCompletableFuture();
        if (judgement.isDone()) {
            Judgement now = judgement.join();
            memo.remember(action, now);
            carryOut(exchange, now);
        } else {
            awaitJudgement(exchange, judgement);
        }
    }

    /** What is decided about an action under the terms that are in force now. */
    CompletionStage<Judgement> judgement(Action action) {
        Operation operation = new Operation(
                spec.principal(),
                spec.target().name(),
                spec.target().account(),
                spec.target().database(),
                action,
                room.clock().instant());
        return room.decisions().judge(policy(), operation);
    }

    private void awaitJudgement(GatewayExchange exchange, CompletableFuture<Judgement> judgement) {
        Policy under = policy();
        judgement.whenComplete((answer, failure) -> executor.execute(() -> {
            if (isOutdated(under)) {
                guarded(exchange, () -> judge(exchange));
            } else if (failure != null) {
                room.report("an action could not be judged", failure);
                decide(exchange, new Verdict.Deny(ENDING, "the gateway failed to judge this; ask its operator"));
            } else {
                guarded(exchange, () -> carryOut(exchange, answer));
            }
        }));
    }

    /** Whether other terms came into force since a policy was asked. */
    @SuppressWarnings("ReferenceEquality") // each configuration has policies of its own
    boolean isOutdated(Policy policy) {
        return policy != policy();
    }

    private void carryOut(GatewayExchange exchange, Judgement judgement) {
        if (exchange.decided() != null) {
            return;
        }
        if (judgement instanceof Judgement.Denied denied) {
            decide(exchange, denied.verdict());
        } else if (judgement instanceof Judgement.Passed passed) {
            if (passed.holds().isEmpty() || exchange.preparation()) {
                decide(exchange, memo.allow(passed));
            } else {
                hold(exchange, passed);
            }
        }
    }

    private void hold(GatewayExchange exchange, Judgement.Passed passed) {
        Action action = exchange.action();
        journal.action(exchange.number(), action, memo);
        exchange.recorded();
        new HeldAction(this, room, exchange, passed).start();
    }

    /** Writes the verdict, and the action where that is not written yet, then makes the verdict visible. */
    void decide(GatewayExchange exchange, Verdict.Final verdict) {
        if (exchange.decided() != null) {
            return;
        }
        guarded(exchange, () -> {
            long position = exchange.isRecorded()
                    ? journal.verdict(exchange.number(), verdict)
                    : journal.decided(exchange, memo, verdict);
            release(exchange, verdict, position);
        });
    }

    void release(GatewayExchange exchange, Verdict.Final verdict, long position) {
        CompletableFuture<Void> durable = journal.durable(position).toCompletableFuture();
        if (durable.isDone() && !durable.isCompletedExceptionally()) {
            exchange.decide(verdict);
            return;
        }
        durable.whenComplete((unused, failure) -> {
            if (failure == null) {
                exchange.decide(verdict);
            } else {
                journalFailed(exchange, failure);
            }
        });
    }

    void guarded(GatewayExchange exchange, Runnable work) {
        try {
            work.run();
        } catch (JournalUnavailableException e) {
            journalFailed(exchange, e);
        }
    }

    private void journalFailed(GatewayExchange exchange, Throwable failure) {
        exchange.decide(
                new Verdict.Deny("journal", "the gateway cannot record this, so it does not happen; try again later"));
        room.report("a record could not be written", failure);
        end(new Sessions.Ending(Sessions.EndCause.JOURNAL, "the gateway cannot write its journal"));
    }

    CompletionStage<@Nullable Void> recordOutcome(long number, Outcome outcome, @Nullable DroppedBytes dropped) {
        touch();
        try {
            return journal.durable(journal.outcome(number, outcome, dropped)).thenApply(written -> null);
        } catch (JournalUnavailableException e) {
            room.report("an outcome could not be written", e);
            end(new Sessions.Ending(Sessions.EndCause.JOURNAL, "the gateway cannot write its journal"));
            return CompletableFuture.failedFuture(e);
        }
    }

    void recordCancelled(long number, String reason) {
        try {
            journal.cancelled(number, reason);
        } catch (JournalUnavailableException e) {
            room.report("a cancellation could not be written", e);
            end(new Sessions.Ending(Sessions.EndCause.JOURNAL, "the gateway cannot write its journal"));
        }
    }

    @Override
    public void own(String what) {
        journal.own(what);
    }

    @Override
    public void note(String what) {
        journal.note(what);
    }

    DroppedBytes newDropped() {
        return new DroppedBytes(room::digest);
    }

    void finished(GatewayExchange exchange) {
        open.remove(exchange);
        busy = !open.isEmpty();
    }

    private void touch() {
        if (!active) {
            active = true;
        }
        if (busy == open.isEmpty()) {
            busy = !busy;
        }
    }

    /** Called by the room's clock tick, on its thread: what must end this session now, if anything. */
    Sessions.@Nullable Ending due(Instant now) {
        SessionSpec.Terms terms = spec.terms();
        if (!now.isBefore(terms.until())) {
            return new Sessions.Ending(Sessions.EndCause.EXPIRED, "the session is over: " + terms.untilRule());
        }
        if (!spec.credential().standing()) {
            return new Sessions.Ending(
                    Sessions.EndCause.EXPIRED, "the session is over: the lease of the target's credential has ended");
        }
        if (active) {
            active = false;
            lastActivityMillis = now.toEpochMilli();
        }
        if (terms.idle() != null
                && !busy
                && now.toEpochMilli() - lastActivityMillis >= terms.idle().toMillis()) {
            return new Sessions.Ending(Sessions.EndCause.IDLE, "nothing happened for " + terms.idle());
        }
        return null;
    }

    /** Denies everything from now on and asks the connector to end. On the session's executor. */
    void end(Sessions.Ending reason) {
        if (ending != null || closed) {
            return;
        }
        ending = reason;
        open.forEach(exchange -> {
            if (exchange.decided() == null) {
                exchange.cancel(reason.reason());
            }
        });
        listener.end(reason);
    }

    @Override
    public void close(Closing closing) {
        if (closed) {
            return;
        }
        closed = true;
        open.forEach(exchange -> exchange.cancel("the session closed: " + closing.cause()));
        try {
            journal.closed(closing);
        } catch (JournalUnavailableException e) {
            room.report("the end of session " + id() + " could not be written", e);
        } finally {
            spec.credential().close();
            room.closed(this);
        }
    }
}
