package io.sallyport.postgres.target;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.sallyport.netty.Helpers;
import io.sallyport.postgres.target.Scram.Challenge;
import io.sallyport.postgres.target.Scram.Keys;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * SCRAM keys by password, salt and iterations, so that logins cost no derivation. The password enters the key of the cache
 * only as a hash with a secret of this process.
 */
final class DerivedKeys {

    private static final int ENTRIES = 1_000;
    private static final Duration UNUSED = Duration.ofHours(1);

    private final Helpers helpers;
    private final byte[] secret = new byte[32];
    private final Cache<String, Keys> cache =
            Caffeine.newBuilder().maximumSize(ENTRIES).expireAfterAccess(UNUSED).build();

    /** An empty cache whose derivations run on helpers. */
    DerivedKeys(Helpers helpers) {
        this.helpers = helpers;
        new SecureRandom().nextBytes(secret);
    }

    /** The keys; completes on {@code back} or at once. Wipes the password. */
    CompletionStage<Keys> keys(byte[] password, Challenge challenge, Executor back) {
        String key = name(password, challenge);
        Keys known = cache.getIfPresent(key);
        if (known != null) {
            Arrays.fill(password, (byte) 0);
            return CompletableFuture.completedFuture(known);
        }
        return helpers.call(
                () -> {
                    Keys derived = Scram.derive(password, challenge);
                    Arrays.fill(password, (byte) 0);
                    cache.put(key, derived);
                    return derived;
                },
                back);
    }

    private String name(byte[] password, Challenge challenge) {
        byte[] all = new byte[secret.length + challenge.salt().length + 8 + password.length];
        System.arraycopy(secret, 0, all, 0, secret.length);
        System.arraycopy(challenge.salt(), 0, all, secret.length, challenge.salt().length);
        int at = secret.length + challenge.salt().length;
        for (int i = 0; i < 4; i++) {
            all[at + i] = (byte) (challenge.iterations() >> (8 * i));
            all[at + 4 + i] = (byte) (challenge.salt().length >> (8 * i));
        }
        System.arraycopy(password, 0, all, at + 8, password.length);
        String name = HexFormat.of().formatHex(Scram.sha256(all));
        Arrays.fill(all, (byte) 0);
        return name;
    }
}
