package io.sallyport.approval;

import io.sallyport.api.principal.Principal;
import io.sallyport.store.Store;
import io.sallyport.store.StoreUnavailableException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks people about held actions.
 *
 * <ol>
 *   <li>An approval releases one action: principal, target, account, database and digest are those that were shown, and a
 *       compare-and-set in the store takes it once, whichever gateways and people act at the same time.
 *   <li>Neither the requester nor whoever the requester acts for can decide; people are counted, not clicks.
 *   <li>A decision after the timeout is refused by the store, and the waiting node's timer ends the wait.
 *   <li>A store that does not answer denies: new requests within five seconds, waiting ones after their timeout.
 *   <li>Every attempt to decide is in the record before it takes effect.
 *   <li>No method blocks except {@link #start}; waiting costs no thread.
 * </ol>
 */
public final class Approvals implements AutoCloseable {

    /** How long asking may take. */
    static final Duration CREATION = Duration.ofMillis(4_500);

    /** How long after the timeout the store may still tell what people decided. */
    static final Duration GRACE = Duration.ofSeconds(5);

    /** How often decisions that were taken on other nodes are looked for. */
    static final Duration POLL = Duration.ofMillis(500);

    /** How long ended approvals stay in the store. */
    static final Duration KEPT = Duration.ofDays(90);

    private static final Logger LOG = LoggerFactory.getLogger(Approvals.class);
    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final int POLLS_PER_SWEEP = 20;

    private final Store store;
    private final String node;
    private final InstantSource clock;
    private final Scheduler scheduler;
    private final ApprovalRecord record;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Waiting> waiting = new ConcurrentHashMap<>();
    private final Map<Waiting, String> departures = new ConcurrentHashMap<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile boolean closed;
    private int polls;

    /**
     * Makes the room for one node.
     *
     * @param node the node's name, unique among the gateways that share the store
     */
    public Approvals(Store store, String node, InstantSource clock, Scheduler scheduler, ApprovalRecord record) {
        this.store = store;
        this.node = node;
        this.clock = clock;
        this.scheduler = scheduler;
        this.record = record;
    }

    /**
     * Closes what this node left open in an earlier life, and begins to look for decisions. Blocks.
     *
     * @throws StoreUnavailableException if the store does not answer
     */
    public void start() {
        try {
            store.write(handle -> {
                        ApprovalTable.abandon(handle, node, clock.instant());
                        return true;
                    })
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException e) {
            throw new StoreUnavailableException("approvals cannot start: the store does not answer", e);
        }
        scheduler.after(POLL, this::poll);
    }

    /**
     * Asks people. Any thread; never blocks.
     *
     * @param callbacks where the ticket's stages complete
     */
    public Ticket request(ApprovalRequest request, Executor callbacks) {
        Waiting ticket = new Waiting(newId(), request, callbacks, this::depart);
        Scheduler.Task limit = scheduler.after(CREATION, () -> unavailable(ticket, null));
        store.write(handle -> open(handle, ticket)).whenComplete((opened, failure) -> {
            limit.cancel();
            if (failure != null) {
                unavailable(ticket, failure);
            } else {
                opened.ifPresent(known -> opened(ticket, known));
            }
        });
        return ticket;
    }

    /**
     * Decides an approval, on behalf of an authenticated person. Completes on the store's pool; fails with {@link
     * StoreUnavailableException} or with what the record threw, and then nothing has changed.
     */
    public CompletionStage<Answer> decide(String id, Principal approver, boolean approve, String comment) {
        return store.write(
                        handle -> new Deciding(handle, clock.instant(), record).decide(id, approver, approve, comment))
                .thenApply(answer -> {
                    Waiting ticket = waiting.get(id);
                    if (ticket != null) {
                        settle(ticket, false);
                    }
                    changed();
                    return answer;
                });
    }

    /** One approval. */
    public CompletionStage<Optional<ApprovalView>> show(String id) {
        return store.read(handle -> Optional.ofNullable(ApprovalTable.find(handle, id)));
    }

    /** Approvals, newest first. */
    public CompletionStage<List<ApprovalView>> list(ApprovalFilter filter) {
        return store.read(handle -> ApprovalTable.list(handle, filter));
    }

    /** The thousand approvals at most that changed last, at or after a moment, on any node, newest change first. */
    public CompletionStage<List<ApprovalView>> changedSince(Instant moment) {
        return store.read(handle -> ApprovalTable.changed(handle, moment));
    }

    /** Calls back, on any thread, when this node has changed an approval; the result takes the listener away. */
    public Runnable onChange(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** How many clients of this node wait. */
    public int waiting() {
        return waiting.size();
    }

    /** Withdraws what still waits. */
    @Override
    public void close() {
        closed = true;
        waiting.values().forEach(ticket -> ticket.withdraw("the gateway shuts down"));
    }

    private Optional<Opened> open(Handle handle, Waiting ticket) {
        if (ticket.finished()) {
            return Optional.empty();
        }
        ApprovalRequest request = ticket.request();
        Instant now = clock.instant();
        if (!request.hold().carry().isZero()) {
            for (ApprovalView earlier : ApprovalTable.identical(handle, request, ApprovalState.CARRIED)) {
                if (ApprovalTable.useCarried(handle, earlier.id(), node, request, now)) {
                    return Optional.of(
                            new Opened(earlier.id(), now, new Decision.Approved(earlier.id(), earlier.votes(), true)));
                }
            }
            for (ApprovalView earlier : ApprovalTable.identical(handle, request, ApprovalState.ORPHANED)) {
                if (ApprovalTable.adopt(handle, earlier.id(), node, request, now)) {
                    return Optional.of(new Opened(earlier.id(), earlier.times().expires(), null));
                }
            }
        }
        ApprovalTable.insert(handle, ticket.id(), node, request, now);
        return Optional.of(new Opened(ticket.id(), now.plus(request.hold().timeout()), null));
    }

    private void opened(Waiting ticket, Opened opened) {
        ticket.named(opened.id());
        if (opened.decision() == null) {
            waiting.put(opened.id(), ticket);
            Duration left = Duration.between(clock.instant(), opened.expires());
            ticket.keep(scheduler.after(left, () -> settle(ticket, true)));
            ticket.keep(scheduler.after(left.plus(GRACE), () -> conclude(ticket, outOfReach())));
        }
        ticket.opened();
        if (ticket.finished()) {
            depart(ticket, "the client left");
        } else if (opened.decision() != null) {
            conclude(ticket, opened.decision());
        }
        changed();
    }

    private void unavailable(Waiting ticket, @Nullable Throwable failure) {
        String message = "approvals are unavailable, since the store does not answer; try again later";
        if (failure instanceof ApprovalsUnavailableException told && told.getMessage() != null) {
            message = told.getMessage();
        }
        if (ticket.failed(new ApprovalsUnavailableException(message, failure))) {
            LOG.warn("an approval cannot be asked for: {}", failure == null ? "no answer in time" : failure.toString());
        }
    }

    /** Looks what became of a ticket; at its deadline an undecided one expires. */
    private void settle(Waiting ticket, boolean deadline) {
        store.write(handle -> Optional.ofNullable(outcome(handle, ticket, deadline)))
                .whenComplete((decision, failure) -> {
                    if (failure == null) {
                        decision.ifPresent(known -> conclude(ticket, known));
                    } else if (deadline) {
                        conclude(ticket, outOfReach());
                    }
                });
    }

    private @Nullable Decision outcome(Handle handle, Waiting ticket, boolean deadline) {
        if (ticket.finished()) {
            return null;
        }
        Instant now = clock.instant();
        String id = ticket.id();
        if (deadline) {
            ApprovalTable.expire(handle, id, now);
        }
        if (ApprovalTable.use(handle, id, node, ticket.request(), now)) {
            return new Decision.Approved(id, ApprovalTable.votes(handle, id), false);
        }
        ApprovalView view = ApprovalTable.find(handle, id);
        if (view == null) {
            return new Decision.Unavailable("the approval has vanished from the store");
        }
        return switch (view.state()) {
            case REJECTED ->
                view.votes().stream()
                        .filter(vote -> !vote.approve())
                        .findFirst()
                        .<Decision>map(Decision.Rejected::new)
                        .orElse(outOfReach());
            case EXPIRED -> new Decision.Expired();
            case WITHDRAWN, ORPHANED, CARRIED ->
                new Decision.Withdrawn(view.endReason() == null ? "it was withdrawn" : view.endReason());
            // Taken by this ticket on another thread, which brings the decision.
            case PENDING, APPROVED, USED -> null;
        };
    }

    private void conclude(Waiting ticket, Decision decision) {
        if (ticket.finish(decision)) {
            waiting.remove(ticket.id(), ticket);
            changed();
        } else if (decision instanceof Decision.Approved) {
            depart(ticket, "the client left before the decision reached it");
        }
    }

    /** Tells the store that a client has left; tried again until the store knows, so that nobody decides in vain. */
    private void depart(Waiting ticket, String reason) {
        waiting.remove(ticket.id(), ticket);
        store.write(handle -> leave(handle, ticket, reason)).whenComplete((left, failure) -> {
            if (failure != null) {
                departures.put(ticket, reason);
            }
            changed();
        });
    }

    private boolean leave(Handle handle, Waiting ticket, String reason) {
        return ApprovalTable.leave(handle, ticket.id(), node, ticket.request(), reason, clock.instant());
    }

    private void poll() {
        if (closed) {
            return;
        }
        polls++;
        boolean sweep = polls % POLLS_PER_SWEEP == 0;
        Map<Waiting, String> left = Map.copyOf(departures);
        Set<Waiting> before = Set.copyOf(waiting.values());
        if (before.isEmpty() && left.isEmpty() && !sweep) {
            scheduler.after(POLL, this::poll);
            return;
        }
        CompletionStage<Set<String>> pending = left.isEmpty() && !sweep
                ? store.read(handle -> ApprovalTable.pending(handle, node))
                : store.write(handle -> tidied(handle, left, sweep));
        pending.whenComplete((ids, failure) -> {
            if (failure == null) {
                departures.keySet().removeAll(left.keySet());
                before.stream().filter(ticket -> !ids.contains(ticket.id())).forEach(ticket -> settle(ticket, false));
            }
            scheduler.after(POLL, this::poll);
        });
    }

    private Set<String> tidied(Handle handle, Map<Waiting, String> left, boolean sweep) {
        left.forEach((ticket, reason) -> leave(handle, ticket, reason));
        if (sweep) {
            ApprovalTable.sweep(handle, clock.instant());
            ApprovalTable.forget(handle, clock.instant().minus(KEPT));
        }
        return ApprovalTable.pending(handle, node);
    }

    private void changed() {
        for (Runnable listener : listeners) {
            try {
                listener.run();
            } catch (RuntimeException e) {
                LOG.warn("a listener for approvals failed", e);
            }
        }
    }

    private static Decision outOfReach() {
        return new Decision.Unavailable("approvals are unavailable, since the store does not answer; try again later");
    }

    private String newId() {
        StringBuilder id = new StringBuilder("apr-");
        for (int i = 0; i < 12; i++) {
            id.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return id.toString();
    }

    /** What opening a request gave: an identifier, a deadline, and the decision if there is one already. */
    private record Opened(
            String id, Instant expires, @Nullable Decision decision) {}
}
