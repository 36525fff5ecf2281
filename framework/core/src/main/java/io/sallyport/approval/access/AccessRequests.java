package io.sallyport.approval.access;

import io.sallyport.api.principal.Principal;
import io.sallyport.approval.Scheduler;
import io.sallyport.approval.revocation.Revocations;
import io.sallyport.store.Store;
import io.sallyport.store.StoreCopy;
import io.sallyport.store.StoreUnavailableException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Access for a time: people ask for a grant, others decide, and each node knows what is in force.
 *
 * <ol>
 *   <li>The requester, and whoever the requester acts for, cannot decide; people are counted, not clicks.
 *   <li>The time begins with the last yes that is needed, and with break-glass access with the request itself.
 *   <li>Access that is ended before its time is revoked in the same transaction, so that its sessions end on every node as
 *       those of any other revocation.
 *   <li>{@link #standing} and {@link #isFresh} never block; what is approved on another node is known here within half a
 *       second and the time of a query. A copy older than five seconds is not fresh: such grants are to admit nobody.
 *   <li>Every attempt is in the record before it takes effect.
 * </ol>
 */
public final class AccessRequests implements AutoCloseable {

    /** How often the copy follows the store. */
    static final Duration REFRESH = Duration.ofMillis(500);

    /** How long ended requests stay in the store. */
    static final Duration KEPT = Duration.ofDays(90);

    private static final Logger LOG = LoggerFactory.getLogger(AccessRequests.class);
    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final int REFRESHES_PER_SWEEP = 20;
    private static final int MOST_PENDING = 20;

    private final Store store;
    private final InstantSource clock;
    private final Scheduler scheduler;
    private final AccessRecord record;
    private final Revocations revocations;
    private final StoreCopy<Map<AccessTable.Holder, List<Standing>>> copy;
    private final SecureRandom random = new SecureRandom();
    private volatile boolean closed;
    private int refreshes;

    /** Makes the room for one node. */
    public AccessRequests(
            Store store, InstantSource clock, Scheduler scheduler, AccessRecord record, Revocations revocations) {
        this.store = store;
        this.clock = clock;
        this.scheduler = scheduler;
        this.record = record;
        this.revocations = revocations;
        this.copy = new StoreCopy<>(store, clock, AccessTable.GENERATION, Map.of(), AccessTable::standing);
    }

    /**
     * Reads the store for the first time and begins to follow it. Blocks.
     *
     * @throws StoreUnavailableException if the store does not answer
     */
    public void start() {
        try {
            look(true).toCompletableFuture().join();
        } catch (CompletionException e) {
            throw new StoreUnavailableException("approved access cannot be read: the store does not answer", e);
        }
        scheduler.after(REFRESH, this::tick);
    }

    /** Whether this node knows what is in force. */
    public boolean isFresh() {
        return copy.isFresh();
    }

    /** The access of a principal under a grant that lasts longest, null if none is known to be in force. */
    public @Nullable Standing standing(String grant, Principal principal) {
        if (!isFresh()) {
            return null;
        }
        Instant now = clock.instant();
        List<Standing> known = copy.value().get(new AccessTable.Holder(grant, principal.issuer(), principal.subject()));
        if (known == null) {
            return null;
        }
        for (Standing access : known) {
            if (now.isBefore(access.ends()) && revocations.findAccess(access.id()) == null) {
                return access;
            }
        }
        return null;
    }

    /** How much access that nobody approved is in force, on all nodes. */
    public int breakGlass() {
        Instant now = clock.instant();
        return (int) copy.value().values().stream()
                .flatMap(List::stream)
                .filter(access -> access.breakGlass() && now.isBefore(access.ends()))
                .count();
    }

    /**
     * Asks for access. Fails with {@link IllegalArgumentException} if the principal has too many requests that wait, with
     * {@link StoreUnavailableException}, or with what the record threw; then nothing has changed.
     */
    public CompletionStage<AccessView> request(AccessRequest request) {
        String id = newId();
        return store.write(handle -> opened(handle, id, request)).thenCompose(view -> {
            if (view.terms().breakGlass()) {
                LOG.warn(
                        "BREAK GLASS: {} ({} {}) opened grant {} for {} without an approval, access {}: {}",
                        view.requester().display(),
                        view.requester().issuer(),
                        view.requester().subject(),
                        view.grant(),
                        view.asked().duration(),
                        view.id(),
                        view.asked().reason());
            }
            return look(false).thenApply(looked -> view);
        });
    }

    private AccessView opened(Handle handle, String id, AccessRequest request) {
        Instant now = clock.instant();
        if (AccessTable.pending(handle, request.principal(), now) >= MOST_PENDING) {
            throw new IllegalArgumentException(
                    "you have " + MOST_PENDING + " requests that wait for people; withdraw some of them first");
        }
        AccessTable.insert(handle, id, request, now);
        AccessView view = Objects.requireNonNull(AccessTable.find(handle, id), "a row that was just written");
        record.write(new AccessRecord.Entry(
                "request", view, request.principal(), view.state().word(), request.reason()));
        return view;
    }

    /**
     * Decides a request, on behalf of an authenticated person. Fails with {@link StoreUnavailableException} or with what
     * the record threw, and then nothing has changed.
     */
    public CompletionStage<AccessAnswer> decide(String id, Principal approver, boolean approve, String comment) {
        return store.write(handle ->
                        new AccessDeciding(handle, clock.instant(), record).decide(id, approver, approve, comment))
                .thenCompose(answer -> look(false).thenApply(looked -> answer));
    }

    /**
     * Ends access that waits or is in force, and the sessions that stand on it.
     *
     * @param administrator whether this person may end everybody's
     */
    public CompletionStage<AccessAnswer> revoke(String id, Principal by, boolean administrator, String reason) {
        return store.write(handle -> {
                    AccessDeciding deciding = new AccessDeciding(handle, clock.instant(), record);
                    AccessAnswer answer = deciding.revoke(id, by, administrator, reason);
                    if (answer instanceof AccessAnswer.Done done
                            && done.access().times().ends() != null) {
                        revocations.revokeAccess(handle, id, by, reason);
                    }
                    return answer;
                })
                .thenCompose(answer -> ended(answer).thenApply(looked -> answer));
    }

    private CompletionStage<Boolean> ended(AccessAnswer answer) {
        return answer instanceof AccessAnswer.Done
                ? revocations.look().thenCompose(looked -> look(false))
                : CompletableFuture.completedFuture(false);
    }

    /** Compares with the store at once; complete when what is new is known on this node. */
    public CompletionStage<Boolean> look() {
        return look(false);
    }

    /** One request. */
    public CompletionStage<Optional<AccessView>> show(String id) {
        return store.read(handle -> Optional.ofNullable(AccessTable.find(handle, id)));
    }

    /** Requests, newest first. */
    public CompletionStage<List<AccessView>> list(AccessFilter filter) {
        return store.read(handle -> AccessTable.list(handle, filter));
    }

    /** Stops following. */
    @Override
    public void close() {
        closed = true;
    }

    private void tick() {
        if (closed) {
            return;
        }
        refreshes++;
        look(refreshes % REFRESHES_PER_SWEEP == 0).whenComplete((done, failure) -> {
            if (failure != null) {
                LOG.debug("approved access cannot be read", failure);
            }
            scheduler.after(REFRESH, this::tick);
        });
    }

    private CompletionStage<Boolean> look(boolean sweep) {
        Instant now = clock.instant();
        var looked = sweep ? copy.look(handle -> AccessTable.sweep(handle, now, now.minus(KEPT))) : copy.look();
        return looked.thenApply(Optional::isPresent);
    }

    private String newId() {
        StringBuilder id = new StringBuilder("acc-");
        for (int i = 0; i < 12; i++) {
            id.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return id.toString();
    }
}
