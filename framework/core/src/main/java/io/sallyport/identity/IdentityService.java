package io.sallyport.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.jwk.JWK;
import io.sallyport.api.config.Secret;
import io.sallyport.api.principal.Evidence;
import io.sallyport.api.principal.Principal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who shows evidence.
 *
 * <ol>
 *   <li>A token counts only if an issuer of the configuration signed it with a key of its own and an algorithm that the
 *       configuration accepts, for an audience of the door, and if it has not expired; every doubt rejects.
 *   <li>The answer is there at once when the token was verified before, or when its key is known. Otherwise keys are fetched
 *       on a small pool, on which the stage then completes.
 *   <li>A verified token is remembered until it expires, by its hash, for as long as its key is trusted.
 *   <li>A token's secret is closed before the method returns.
 *   <li>The service may be used from any thread.
 * </ol>
 */
public final class IdentityService implements AutoCloseable {

    private static final int REMEMBERED = 10_000;
    private static final int POOL = 2;
    private static final int QUEUE = 1000;

    private final Map<String, Door> doors = new HashMap<>();
    private final InstantSource clock;
    private final ExecutorService pool;
    private final long longestToken;
    private final Cache<Shown, Remembered> remembered =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();

    /**
     * A service for these issuers. Nothing is fetched yet.
     *
     * @throws IOException if an issuer's file of authorities cannot be used
     */
    public IdentityService(List<IssuerSettings> issuers, InstantSource clock) throws IOException {
        this(issuers, clock, pool(), null);
    }

    /** The same, with what waits for a time; the pool itself if null. */
    IdentityService(
            List<IssuerSettings> issuers,
            InstantSource clock,
            ExecutorService pool,
            @Nullable BiConsumer<Duration, Runnable> later)
            throws IOException {
        this.clock = clock;
        this.pool = pool;
        BiConsumer<Duration, Runnable> timer = later == null ? this::afterwards : later;
        long longest = 0;
        try {
            for (IssuerSettings issuer : issuers) {
                IssuerKeys keys = new IssuerKeys(issuer, new KeyFetcher(issuer, pool), clock, timer);
                doors.put(issuer.issuer(), new Door(issuer, keys));
                longest = Math.max(longest, issuer.maxTokenSize().bytes());
            }
        } catch (IOException e) {
            pool.shutdownNow();
            throw e;
        }
        this.longestToken = longest;
    }

    private record Door(IssuerSettings issuer, IssuerKeys keys) {}

    /** A token, by its hash, at a door. */
    private record Shown(ByteBuffer sha256, Audiences audiences) {}

    private record Remembered(
            Authentication.Authenticated answer, IssuerKeys keys, String thumbprint, Instant notAfter) {}

    /** A token whose claims are good but whose signature nobody has looked at. */
    private record Unproven(
            Shown shown, TokenText token, Door door, Authentication.Authenticated claimed, Instant notAfter) {}

    /** Finds out who shows the evidence, at a door that accepts these audiences. */
    public CompletionStage<Authentication> authenticate(Evidence evidence, Audiences audiences) {
        if (evidence instanceof Evidence.Token token) {
            byte[] bytes = bytesOf(token.token());
            try {
                return authenticate(bytes, audiences);
            } catch (RejectedException e) {
                return rejected(e.reason());
            } finally {
                Arrays.fill(bytes, (byte) 0);
            }
        }
        return rejected("no login is known for this certificate or key; only tokens are accepted here");
    }

    /** Stops fetching. What is waiting is rejected. */
    @Override
    public void close() {
        pool.shutdownNow();
    }

    private CompletionStage<Authentication> authenticate(byte[] bytes, Audiences audiences) throws RejectedException {
        if (bytes.length > longestToken) {
            throw new RejectedException("the token is longer than max-token-size");
        }
        Shown shown = new Shown(ByteBuffer.wrap(sha256(bytes)), audiences);
        Authentication.Authenticated known = recall(shown);
        if (known != null) {
            return CompletableFuture.completedFuture(known);
        }
        Unproven unproven = read(bytes, shown);
        return unproven.door()
                .keys()
                .find(unproven.token().algorithm(), unproven.token().kid())
                .thenApply(search -> prove(unproven, search));
    }

    private Authentication.@Nullable Authenticated recall(Shown shown) {
        Remembered entry = remembered.getIfPresent(shown);
        if (entry == null) {
            return null;
        }
        if (clock.instant().isBefore(entry.notAfter()) && entry.keys().trusts(entry.thumbprint())) {
            return entry.answer();
        }
        remembered.invalidate(shown);
        return null;
    }

    private Unproven read(byte[] bytes, Shown shown) throws RejectedException {
        TokenText token = TokenText.parse(bytes);
        String claimed = claimedIssuer(token.claims());
        Door door = claimed == null ? null : doors.get(claimed);
        if (door == null) {
            String what = claimed == null ? "missing" : RejectedException.shown(claimed);
            throw new RejectedException(
                    "iss is " + what + ", expected '" + String.join("' or '", doors.keySet()) + "'");
        }
        IssuerSettings issuer = door.issuer();
        if (bytes.length > issuer.maxTokenSize().bytes()) {
            throw new RejectedException("the token is longer than the issuer's max-token-size");
        }
        if (!issuer.algorithms().contains(token.algorithm())) {
            throw new RejectedException("alg is " + RejectedException.shown(token.algorithm()) + ", expected "
                    + String.join(" or ", issuer.algorithms()));
        }
        Set<String> accepted = shown.audiences().of(issuer);
        Instant expires = ClaimChecks.check(token.claims(), issuer, accepted, clock.instant());
        Principal principal = Principals.of(token.claims(), issuer);
        Authentication.Authenticated answer = new Authentication.Authenticated(
                principal,
                expires,
                TokenText.text(token.claims(), "jti"),
                Principals.groupsLeftOut(token.claims(), issuer));
        return new Unproven(shown, token, door, answer, expires.plus(issuer.leeway()));
    }

    /** Who the token says has made it; without {@code iss} the trust domain of its SPIFFE ID (JWT-SVID, section 3). */
    private static @Nullable String claimedIssuer(JsonNode claims) throws RejectedException {
        String claimed = TokenText.text(claims, "iss");
        String subject = TokenText.text(claims, "sub");
        if (claimed != null || subject == null || !subject.startsWith(SpiffeId.SCHEME)) {
            return claimed;
        }
        int end = subject.indexOf('/', SpiffeId.SCHEME.length());
        return end < 0 ? subject : subject.substring(0, end);
    }

    private Authentication prove(Unproven unproven, IssuerKeys.Search search) {
        if (search instanceof IssuerKeys.Search.Failed failed) {
            return failed.rejection();
        }
        TokenText token = unproven.token();
        for (JWK key : ((IssuerKeys.Search.Found) search).keys()) {
            if (Signatures.good(key, token.algorithm(), token.signed(), token.signature())) {
                remembered.put(
                        unproven.shown(),
                        new Remembered(
                                unproven.claimed(),
                                unproven.door().keys(),
                                KeySet.thumbprint(key),
                                unproven.notAfter()));
                return unproven.claimed();
            }
        }
        return new Authentication.Rejected(
                Authentication.Cause.INVALID,
                "the signature is not one of issuer " + unproven.door().issuer().name());
    }

    private void afterwards(Duration wait, Runnable task) {
        CompletableFuture.delayedExecutor(wait.toMillis(), TimeUnit.MILLISECONDS, pool)
                .execute(task);
    }

    private static byte[] bytesOf(Secret secret) {
        try (secret) {
            return secret.copy();
        }
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("the JDK has SHA-256", e);
        }
    }

    private static CompletionStage<Authentication> rejected(String reason) {
        return CompletableFuture.completedFuture(new Authentication.Rejected(Authentication.Cause.INVALID, reason));
    }

    /** The small pool on which keys are fetched. */
    static ExecutorService pool() {
        AtomicInteger count = new AtomicInteger();
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(POOL, POOL, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(QUEUE), task -> {
                    Thread thread = new Thread(task, "identity-" + count.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }
}
