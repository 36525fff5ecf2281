package io.sallyport.identity;

import com.nimbusds.jose.jwk.JWK;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * An issuer's keys, kept fresh.
 *
 * <ol>
 *   <li>Keys are trusted for {@code max-key-age} after they were fetched, and no longer, whatever the issuer's server does.
 *   <li>From a third of that age on they are fetched anew in the background; a fetch that fails, or brings no usable key,
 *       changes nothing.
 *   <li>A key that is not known causes one fetch, at most every five seconds; until then it is refused without one.
 *   <li>No more than one fetch runs at a time, and no caller waits for it with a thread.
 * </ol>
 */
final class IssuerKeys {

    private static final Duration BETWEEN_FETCHES = Duration.ofSeconds(5);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

    private final IssuerSettings issuer;
    private final KeyFetcher fetcher;
    private final InstantSource clock;
    private final AtomicReference<@Nullable CompletableFuture<KeySet>> running = new AtomicReference<>();
    private volatile @Nullable KeySet known;
    private volatile Instant lastFetch = Instant.MIN;
    private volatile Instant lastFailure = Instant.MIN;
    private volatile String lastReason = "";

    IssuerKeys(IssuerSettings issuer, KeyFetcher fetcher, InstantSource clock) {
        this.issuer = issuer;
        this.fetcher = fetcher;
        this.clock = clock;
    }

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
        KeySet current = fresh(now);
        if (current != null) {
            refreshIfDue(current, now);
            Search search = search(current, algorithm, kid);
            if (search != null) {
                return CompletableFuture.completedFuture(search);
            }
            if (now.isBefore(lastFetch.plus(BETWEEN_FETCHES))) {
                return CompletableFuture.completedFuture(missing(algorithm, kid));
            }
        } else if (now.isBefore(lastFailure.plus(AFTER_FAILURE))) {
            return CompletableFuture.completedFuture(unavailable(lastReason));
        }
        return fetch().handle((fetched, failure) -> afterFetch(algorithm, kid, failure));
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

    private Search afterFetch(String algorithm, @Nullable String kid, @Nullable Throwable failure) {
        Instant now = clock.instant();
        KeySet current = fresh(now);
        if (current == null) {
            return unavailable(KeyFetcher.why(failure));
        }
        Search search = search(current, algorithm, kid);
        return search == null ? missing(algorithm, kid) : search;
    }

    private static @Nullable Search search(KeySet current, String algorithm, @Nullable String kid) {
        try {
            List<JWK> keys = current.select(algorithm, kid);
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

    private static KeySet parsed(byte[] body, Instant started) {
        try {
            return KeySet.parse(body, started);
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
        if (keys != null) {
            mine.complete(keys);
        } else {
            mine.completeExceptionally(failure == null ? new IllegalStateException(lastReason) : failure);
        }
    }

    private Search missing(String algorithm, @Nullable String kid) {
        String named = kid == null ? "no kid" : "kid " + RejectedException.shown(kid);
        return new Search.Failed(new Authentication.Rejected(
                Authentication.Cause.INVALID,
                "issuer " + issuer.name() + " has no key for " + algorithm + " and " + named));
    }

    private Search unavailable(String reason) {
        return new Search.Failed(new Authentication.Rejected(
                Authentication.Cause.UNAVAILABLE, "the keys of issuer " + issuer.name() + " cannot be had: " + reason));
    }
}
