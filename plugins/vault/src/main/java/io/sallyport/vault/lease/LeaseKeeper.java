package io.sallyport.vault.lease;

import io.sallyport.vault.http.Reply;
import io.sallyport.vault.http.VaultClient;
import io.sallyport.vault.http.VaultFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renews what is wanted and takes back what is not.
 *
 * <ol>
 *   <li>A term is renewed when half of its time is over; a renewal that fails is tried again until the time is over.
 *   <li>A lease that is given back is revoked at once, and again with growing pauses of at most half a minute until Vault
 *       has done it or the lease's time is over.
 *   <li>{@link #close()} revokes what is left, for five seconds at most.
 * </ol>
 */
public final class LeaseKeeper implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(LeaseKeeper.class);

    static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final int THREADS = 4;
    private static final Duration SHORTEST = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final Duration FAREWELL = Duration.ofSeconds(5);
    private static final int BAD_REQUEST = 400;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;

    private final String name;
    private final VaultClient client;
    private final ScheduledThreadPoolExecutor executor;
    private final Set<HeldLease> held = ConcurrentHashMap.newKeySet();

    /** A keeper for one source. */
    public LeaseKeeper(String name, VaultClient client) {
        this.name = name;
        this.client = client;
        this.executor = new ScheduledThreadPoolExecutor(THREADS, LeaseKeeper::thread);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "vault-leases");
        thread.setDaemon(true);
        return thread;
    }

    VaultClient client() {
        return client;
    }

    /** Keeps the lease that an answer speaks of, asked for at this moment with this login. */
    public HeldLease keep(Login login, Reply reply, Instant asked) throws VaultFailure {
        Duration length = Duration.ofSeconds(reply.seconds("lease_duration"));
        HeldLease lease = new HeldLease(
                this, login, reply.need("lease_id"), asked, new Term.Extension(length, reply.flag("renewable")));
        held.add(lease);
        watch(lease);
        return lease;
    }

    void watch(Term term) {
        if (term.renewable()) {
            later(() -> renew(term), half(term));
        }
    }

    private static Duration half(Term term) {
        Duration half = Duration.between(Instant.now(), term.end()).dividedBy(2);
        return half.compareTo(SHORTEST) < 0 ? SHORTEST : half;
    }

    private void renew(Term term) {
        Instant before = Instant.now();
        if (!term.wanted() || !before.isBefore(term.end())) {
            return;
        }
        try {
            Term.Extension more = term.renew();
            Instant end = before.plus(more.length());
            boolean longer = end.isAfter(term.end());
            term.extend(end);
            if (longer && more.renewable()) {
                later(() -> renew(term), half(term));
            } else {
                log.warn("vault {}: {} ends at {}, Vault gives no more time", name, term.name(), end);
            }
        } catch (VaultFailure e) {
            log.warn("vault {}: {} is not renewed: {}", name, term.name(), e.getMessage());
            if (e.status() == BAD_REQUEST || e.status() == NOT_FOUND) {
                term.over();
            } else {
                later(() -> renew(term), half(term));
            }
        }
    }

    void takeBack(HeldLease lease) {
        later(() -> revoke(lease, SHORTEST), Duration.ZERO);
    }

    private void revoke(HeldLease lease, Duration pause) {
        if (!held.contains(lease)) {
            return;
        }
        try {
            send(lease);
            settled(lease);
        } catch (VaultFailure e) {
            if (e.status() == FORBIDDEN && gone(lease.login())) {
                log.warn("vault {}: lease {} is Vault's to revoke: the login it hangs on is gone", name, lease.id());
                settled(lease);
                return;
            }
            if (Instant.now().isAfter(lease.end())) {
                log.error(
                        "vault {}: lease {} was not revoked before its end; Vault does that by itself: {}",
                        name,
                        lease.id(),
                        e.getMessage());
                settled(lease);
                return;
            }
            log.warn("vault {}: lease {} is not revoked yet: {}", name, lease.id(), e.getMessage());
            Duration next = pause.multipliedBy(2);
            later(() -> revoke(lease, next.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : next), pause);
        }
    }

    /** In step with Vault, so that a target that cannot be reached makes the call fail, and it is made again. */
    private void send(HeldLease lease) throws VaultFailure {
        client.post(
                "sys/leases/revoke",
                lease.login().token(),
                Map.of("lease_id", lease.id(), "sync", true),
                Instant.now().plus(PATIENCE));
    }

    /** Vault revokes what hangs on a token when the token ends. */
    private boolean gone(Login login) {
        try {
            client.get("auth/token/lookup-self", login.token(), Instant.now().plus(PATIENCE));
            return false;
        } catch (VaultFailure e) {
            return e.status() == FORBIDDEN;
        }
    }

    private void settled(HeldLease lease) {
        if (held.remove(lease)) {
            lease.login().release();
        }
    }

    private void later(Runnable work, Duration delay) {
        try {
            executor.schedule(work, delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            log.debug("vault {}: nothing is begun after the end", name);
        }
    }

    @Override
    public void close() {
        executor.shutdown();
        Instant deadline = Instant.now().plus(FAREWELL);
        ExecutorService last = Executors.newFixedThreadPool(THREADS, LeaseKeeper::thread);
        List<Future<?>> calls = new ArrayList<>();
        held.forEach(lease -> calls.add(last.submit(() -> bid(lease))));
        last.shutdown();
        try {
            if (!last.awaitTermination(
                    Math.max(0, Duration.between(Instant.now(), deadline).toMillis()), TimeUnit.MILLISECONDS)) {
                last.shutdownNow();
            }
        } catch (InterruptedException e) {
            last.shutdownNow();
            Thread.currentThread().interrupt();
        }
        held.forEach(lease -> log.error(
                "vault {}: lease {} is left to its end at {}; `vault lease revoke` ends it now",
                name,
                lease.id(),
                lease.end()));
        executor.shutdownNow();
    }

    private void bid(HeldLease lease) {
        try {
            send(lease);
            settled(lease);
        } catch (VaultFailure e) {
            if (!Instant.now().isBefore(lease.end()) || (e.status() == FORBIDDEN && gone(lease.login()))) {
                settled(lease);
                return;
            }
            log.warn("vault {}: lease {} is not revoked: {}", name, lease.id(), e.getMessage());
        }
    }
}
