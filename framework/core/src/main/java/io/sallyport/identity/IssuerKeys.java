package io.sallyport.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.jwk.JWK;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * An issuer's keys, kept fresh.
 *
 * <ol>
 *   <li>Keys are trusted for {@code max-key-age} after they were fetched, and no longer, whatever the issuer's server does.
 *   <li>From a third of that age on they are fetched anew in the background; a fetch that fails, or brings no usable key,
 *       changes nothing.
 *   <li>A token that names a key which is not known waits for the next fetch; there is one at most every second. The name of
 *       a key that it did not bring is refused without another for five seconds: who makes names up delays nobody whose
 *       key is new.
 *   <li>Names that were not found, and tokens that wait, are limited in number; tokens beyond that are told to try again.
 *   <li>No more than one fetch runs at a time, and no caller waits for it with a thread.
 * </ol>
 */
final class IssuerKeys {

    private static final Duration BETWEEN_FETCHES = Duration.ofSeconds(1);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
    private static final Duration MISSING_FOR = Duration.ofSeconds(5);
    private static final long LONGEST_WAIT = 15;
    private static final int MOST_MISSING = 1000;

    /** How many tokens wait for a fetch at one time. */
    static final int MOST_WAITING = 1000;

    private final IssuerSettings issuer;
    private final KeyFetcher fetcher;
    private final InstantSource clock;
    private final BiConsumer<Duration, Runnable> later;
    private final AtomicReference<@Nullable CompletableFuture<KeySet>> running = new AtomicReference<>();
    private final AtomicReference<@Nullable CompletableFuture<KeySet>> planned = new AtomicReference<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final Cache<Wanted, Instant> missed =
            Caffeine.newBuilder().maximumSize(MOST_MISSING).build();
    private volatile @Nullable KeySet known;
    private volatile Instant lastFetch = Instant.MIN;
    private volatile Instant lastFailure = Instant.MIN;
    private volatile String lastReason = "";

    IssuerKeys(IssuerSettings issuer, KeyFetcher fetcher, InstantSource clock, BiConsumer<Duration, Runnable> later) {
        this.issuer = issuer;
        this.fetcher = fetcher;
        this.clock = clock;
        this.later = later;
    }

    /** What a token says of its key. */
    private record Wanted(String algorithm, @Nullable String kid) {}

    /** What became of the search for a key. */
    sealed interface Search {

        /** These keys may verify. */
        record Found(List<JWK> keys) implements Search {}

        /** There is none. */
        record Failed(Authentication.Rejected rejection) implements Search {}
    }

    /** Looks for the keys that may verify a token; answers at once unless keys must be fetched. */
    CompletionStage<Search> find(String algorithm, @Nullable String kid) {
        Instant now = clock.instant();
        Wanted wanted = new Wanted(algorithm, kid);
        KeySet current = fresh(now);
        if (current == null) {
            return now.isBefore(lastFailure.plus(AFTER_FAILURE))
                    ? CompletableFuture.completedFuture(unavailable(lastReason))
                    : fetch().handle((fetched, failure) -> afterFetch(wanted, failure));
        }
        refreshIfDue(current, now);
        Search search = search(current, wanted);
        if (search != null) {
            return CompletableFuture.completedFuture(search);
        }
        Instant last = missed.getIfPresent(wanted);
        if (last != null && now.isBefore(last.plus(MISSING_FOR))) {
            return CompletableFuture.completedFuture(missing(wanted));
        }
        if (waiting.incrementAndGet() > MOST_WAITING) {
            waiting.decrementAndGet();
            return CompletableFuture.completedFuture(unavailable("too many tokens name keys that are not known"));
        }
        return nextFetch(now).handle((fetched, failure) -> {
            waiting.decrementAndGet();
            return afterFetch(wanted, failure);
        });
    }

    /** The fetch that runs, or the next one that may. */
    private CompletableFuture<KeySet> nextFetch(Instant now) {
        Duration wait = Duration.between(now, lastFetch.plus(BETWEEN_FETCHES));
        if (wait.isZero() || wait.isNegative() || running.get() != null) {
            return fetch();
        }
        CompletableFuture<KeySet> mine = new CompletableFuture<>();
        CompletableFuture<KeySet> other = planned.compareAndExchange(null, mine);
        if (other != null) {
            return other;
        }
        try {
            // A pool that is full forgets the plan: then the next token makes another.
            var unused = mine.orTimeout(LONGEST_WAIT, TimeUnit.SECONDS)
                    .whenComplete((keys, failure) -> planned.compareAndSet(mine, null));
            later.accept(wait, () -> fetchPlanned(mine));
        } catch (RuntimeException e) {
            mine.completeExceptionally(e);
        }
        return mine;
    }

    private void fetchPlanned(CompletableFuture<KeySet> plan) {
        planned.compareAndSet(plan, null);
        var unused = fetch().whenComplete((keys, failure) -> settle(plan, keys, failure));
    }

    /** Whether the key is still one of the issuer's, as far as is known. */
    boolean trusts(String thumbprint) {
        Instant now = clock.instant();
        KeySet current = fresh(now);
        if (current == null) {
            return false;
        }
        refreshIfDue(current, now);
        return current.contains(thumbprint);
    }

    private Search afterFetch(Wanted wanted, @Nullable Throwable failure) {
        Instant now = clock.instant();
        KeySet current = fresh(now);
        if (current == null) {
            return unavailable(KeyFetcher.why(failure));
        }
        Search search = search(current, wanted);
        if (search == null && failure == null) {
            missed.put(wanted, now);
        }
        return search == null ? missing(wanted) : search;
    }

    private static @Nullable Search search(KeySet current, Wanted wanted) {
        try {
            List<JWK> keys = current.select(wanted.algorithm(), wanted.kid());
            return keys.isEmpty() ? null : new Search.Found(keys);
        } catch (RejectedException e) {
            return new Search.Failed(new Authentication.Rejected(Authentication.Cause.INVALID, e.reason()));
        }
    }

    private @Nullable KeySet fresh(Instant now) {
        KeySet current = known;
        return current != null && now.isBefore(current.fetched().plus(issuer.maxKeyAge())) ? current : null;
    }

    private void refreshIfDue(KeySet current, Instant now) {
        Instant due = current.fetched().plus(issuer.maxKeyAge().dividedBy(3));
        if (!now.isBefore(due) && !now.isBefore(lastFetch.plus(BETWEEN_FETCHES))) {
            // Whether it succeeds shows when the keys are next needed.
            var unused = fetch();
        }
    }

    private CompletableFuture<KeySet> fetch() {
        CompletableFuture<KeySet> mine = new CompletableFuture<>();
        while (!running.compareAndSet(null, mine)) {
            CompletableFuture<KeySet> other = running.get();
            if (other != null) {
                return other;
            }
        }
        Instant started = clock.instant();
        lastFetch = started;
        try {
            var unused = fetcher.fetch()
                    .thenApply(body -> parsed(body, started))
                    .whenComplete((keys, failure) -> finish(mine, keys, failure));
        } catch (RuntimeException e) {
            finish(mine, null, e);
        }
        return mine;
    }

    private KeySet parsed(byte[] body, Instant started) {
        try {
            return KeySet.parse(body, issuer.spiffe(), started);
        } catch (RejectedException e) {
            throw new CompletionException(e);
        }
    }

    private void finish(CompletableFuture<KeySet> mine, @Nullable KeySet keys, @Nullable Throwable failure) {
        if (keys != null) {
            known = keys;
        } else {
            lastReason = KeyFetcher.why(failure);
            lastFailure = clock.instant();
        }
        running.set(null);
        settle(mine, keys, failure);
    }

    private void settle(CompletableFuture<KeySet> mine, @Nullable KeySet keys, @Nullable Throwable failure) {
        if (keys != null) {
            mine.complete(keys);
        } else {
            mine.completeExceptionally(failure == null ? new IllegalStateException(lastReason) : failure);
        }
    }

    private Search missing(Wanted wanted) {
        String kid = wanted.kid();
        String named = kid == null ? "no kid" : "kid " + RejectedException.shown(kid);
        return new Search.Failed(new Authentication.Rejected(
                Authentication.Cause.INVALID,
                "issuer " + issuer.name() + " has no key for " + wanted.algorithm() + " and " + named));
    }

    private Search unavailable(String reason) {
        return new Search.Failed(new Authentication.Rejected(
                Authentication.Cause.UNAVAILABLE, "the keys of issuer " + issuer.name() + " cannot be had: " + reason));
    }
}
