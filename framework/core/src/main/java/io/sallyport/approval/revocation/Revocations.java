package io.sallyport.approval.revocation;

import io.sallyport.api.principal.Principal;
import io.sallyport.approval.ApprovalRecord;
import io.sallyport.approval.Scheduler;
import io.sallyport.store.Nodes;
import io.sallyport.store.Store;
import io.sallyport.store.StoreCopy;
import io.sallyport.store.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What must not go on: sessions, grants, approved access and principals that somebody has revoked, on any node. A copy in memory answers; it
 * follows the store.
 *
 * <ol>
 *   <li>{@link #find} and {@link #isFresh} never block, whatever the store does.
 *   <li>A revocation reaches this node's listeners at once, other nodes' within half a second and the time of a query.
 *   <li>A copy older than five seconds is not fresh: new sessions are to be denied.
 *   <li>A revocation is in the record before it takes effect.
 * </ol>
 */
public final class Revocations implements AutoCloseable {

    /** How often the copy follows the store. */
    static final Duration REFRESH = Duration.ofMillis(500);

    private static final Logger LOG = LoggerFactory.getLogger(Revocations.class);
    private static final int REFRESHES_PER_BEAT = 4;
    private static final Duration KEPT = Duration.ofDays(30);

    private final Store store;
    private final String node;
    private final InstantSource clock;
    private final Scheduler scheduler;
    private final ApprovalRecord record;
    private final Instant started;
    private final List<Consumer<Revocation>> listeners = new CopyOnWriteArrayList<>();
    private final StoreCopy<Map<Revocation.Key, Revocation>> copy;
    private volatile boolean closed;
    private volatile boolean failing;
    private int refreshes;

    /** Makes the room for one node. */
    public Revocations(Store store, String node, InstantSource clock, Scheduler scheduler, ApprovalRecord record) {
        this.store = store;
        this.node = node;
        this.clock = clock;
        this.scheduler = scheduler;
        this.record = record;
        this.started = clock.instant();
        this.copy = new StoreCopy<>(store, clock, RevocationTable.GENERATION, Map.of(), Revocations::read);
    }

    /**
     * Reads the store for the first time and begins to follow it. Blocks.
     *
     * @throws StoreUnavailableException if the store does not answer
     */
    public void start() {
        try {
            refresh(true).toCompletableFuture().join();
        } catch (CompletionException e) {
            throw new StoreUnavailableException("revocations cannot be read: the store does not answer", e);
        }
        scheduler.after(REFRESH, this::tick);
    }

    /** Whether the copy is recent enough to admit by. */
    public boolean isFresh() {
        return copy.isFresh();
    }

    /** Why a session must not be or go on; null if nothing speaks against it. */
    public @Nullable Revocation find(String session, String grant, Principal principal) {
        Map<Revocation.Key, Revocation> known = copy.value();
        if (known.isEmpty()) {
            return null;
        }
        Revocation found = known.get(new Revocation.Key(Revocation.Kind.SESSION, "", session));
        if (found == null) {
            found = known.get(new Revocation.Key(Revocation.Kind.GRANT, "", grant));
        }
        if (found == null) {
            found = known.get(new Revocation.Key(Revocation.Kind.PRINCIPAL, principal.issuer(), principal.subject()));
        }
        return found;
    }

    /** Why sessions must not stand on approved access; null if nothing speaks against it. */
    public @Nullable Revocation findAccess(String access) {
        return copy.value().get(new Revocation.Key(Revocation.Kind.ACCESS, "", access));
    }

    /** Everything that is revoked now. */
    public List<Revocation> list() {
        return List.copyOf(copy.value().values());
    }

    /**
     * Hears of each revocation that is new to this node, on any thread; {@link Revocation#concerns} tells which sessions
     * end. The result takes the listener away.
     */
    public Runnable onRevoked(Consumer<Revocation> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** Revokes a session. Complete when it has taken effect on this node; fails if it has not. */
    public CompletionStage<Revocation> revokeSession(String session, Principal by, String reason) {
        return revoke(new Revocation.Key(Revocation.Kind.SESSION, "", session), by, reason);
    }

    /** Revokes a grant, until it is lifted. */
    public CompletionStage<Revocation> revokeGrant(String grant, Principal by, String reason) {
        return revoke(new Revocation.Key(Revocation.Kind.GRANT, "", grant), by, reason);
    }

    /** Revokes a principal, until it is lifted. */
    public CompletionStage<Revocation> revokePrincipal(String issuer, String subject, Principal by, String reason) {
        return revoke(new Revocation.Key(Revocation.Kind.PRINCIPAL, issuer, subject), by, reason);
    }

    /**
     * Revokes approved access within a transaction of the caller, who lets this node know with {@link #look} when it is
     * done.
     */
    public void revokeAccess(Handle handle, String access, Principal by, String reason) {
        insert(handle, new Revocation.Key(Revocation.Kind.ACCESS, "", access), by, reason);
    }

    /** Compares with the store at once; complete when what is new has taken effect on this node. */
    public CompletionStage<Boolean> look() {
        return refresh(false);
    }

    /** The revocation of something that is revoked now. */
    public Optional<Revocation> find(Revocation.Kind kind, String issuer, String value) {
        return Optional.ofNullable(copy.value().get(new Revocation.Key(kind, issuer, value)));
    }

    /** Lifts a revocation; false if there is none. */
    public CompletionStage<Boolean> lift(Revocation revocation, Principal by, String reason) {
        return store.write(handle -> {
                    int lifted = RevocationTable.delete(handle, revocation.key());
                    write("lift", revocation.key(), by, reason);
                    return lifted == 1;
                })
                .thenCompose(lifted -> refresh(false).thenApply(done -> lifted));
    }

    /** Stops following. */
    @Override
    public void close() {
        closed = true;
    }

    private CompletionStage<Revocation> revoke(Revocation.Key key, Principal by, String reason) {
        return store.write(handle -> insert(handle, key, by, reason))
                .thenCompose(done -> refresh(false).thenApply(ignored -> done));
    }

    private Revocation insert(Handle handle, Revocation.Key key, Principal by, String reason) {
        Revocation revocation =
                new Revocation(key.kind(), key.issuer(), key.value(), by.display(), reason, clock.instant());
        RevocationTable.insert(handle, revocation);
        write("revoke", key, by, reason);
        return revocation;
    }

    private void write(String act, Revocation.Key key, Principal by, String reason) {
        String object = key.kind() == Revocation.Kind.PRINCIPAL ? key.issuer() + "/" + key.value() : key.value();
        record.write(new ApprovalRecord.Entry(
                act,
                key.kind().name().toLowerCase(Locale.ROOT) + ":" + object,
                key.kind() == Revocation.Kind.SESSION ? key.value() : "",
                by,
                act.equals("lift") ? "lifted" : "revoked",
                reason,
                clock.instant()));
    }

    private void tick() {
        if (closed) {
            return;
        }
        refreshes++;
        refresh(refreshes % REFRESHES_PER_BEAT == 0).whenComplete((done, failure) -> {
            if (failure != null && !failing) {
                LOG.warn(
                        "revocations cannot be read; new sessions are denied while this lasts: {}", failure.toString());
            }
            failing = failure != null;
            scheduler.after(REFRESH, this::tick);
        });
    }

    private CompletionStage<Boolean> refresh(boolean beat) {
        Instant begun = clock.instant();
        var look = beat
                ? copy.look(handle -> {
                    Nodes.beat(handle, node, started, begun);
                    RevocationTable.prune(handle, begun.minus(KEPT));
                })
                : copy.look();
        return look.thenApply(changed -> {
            changed.ifPresent(this::tellNew);
            return changed.isPresent();
        });
    }

    private static Map<Revocation.Key, Revocation> read(Handle handle) {
        Map<Revocation.Key, Revocation> byKey = new HashMap<>();
        RevocationTable.list(handle).forEach(revocation -> byKey.put(revocation.key(), revocation));
        return Map.copyOf(byKey);
    }

    private void tellNew(StoreCopy.Change<Map<Revocation.Key, Revocation>> change) {
        change.after().forEach((key, revocation) -> {
            if (!change.before().containsKey(key)) {
                tell(revocation);
            }
        });
    }

    private void tell(Revocation revocation) {
        for (Consumer<Revocation> listener : listeners) {
            try {
                listener.accept(revocation);
            } catch (RuntimeException e) {
                LOG.error("a listener for revocations failed", e);
            }
        }
    }
}
