package io.sallyport.vault.lease;

import io.sallyport.api.config.Secret;
import io.sallyport.vault.http.Reply;
import io.sallyport.vault.http.VaultClient;
import io.sallyport.vault.http.VaultFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A token with which the gateway asks. What was asked for with it ends with it at Vault, so it is renewed while it is the
 * one in use or leases hang on it.
 */
public final class Login extends Term {

    private static final int LASTING_PART = 3;

    private final VaultClient client;
    private final Secret token;
    private final boolean ours;
    private final AtomicInteger leases = new AtomicInteger();
    private volatile boolean current = true;

    Login(VaultClient client, Secret token, boolean ours, Instant from, Extension lent) {
        super(from, lent);
        this.client = client;
        this.token = token;
        this.ours = ours;
    }

    /** The token. */
    public Secret token() {
        return token;
    }

    /** Whether the gateway made the token by logging in, so that it may end it. */
    boolean ours() {
        return ours;
    }

    void hold() {
        leases.incrementAndGet();
    }

    void release() {
        leases.decrementAndGet();
    }

    /** Another one is in use from now on. */
    void retire() {
        current = false;
    }

    /** Whether new leases should hang on it: a third of its time is left, as it is while it can be renewed. */
    boolean lasting() {
        return good(length(), LASTING_PART);
    }

    @Override
    boolean wanted() {
        return current || leases.get() > 0;
    }

    @Override
    String name() {
        return "the gateway's login";
    }

    @Override
    Extension renew() throws VaultFailure {
        Reply reply = client.post(
                "auth/token/renew-self",
                token,
                Map.of("increment", length().toSeconds()),
                Instant.now().plus(LeaseKeeper.PATIENCE));
        return new Extension(
                Duration.ofSeconds(reply.seconds("auth", "lease_duration")), reply.flag("auth", "renewable"));
    }
}
