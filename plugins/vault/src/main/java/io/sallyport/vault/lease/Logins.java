package io.sallyport.vault.lease;

import io.sallyport.api.config.Secret;
import io.sallyport.vault.http.Reply;
import io.sallyport.vault.http.VaultClient;
import io.sallyport.vault.http.VaultFailure;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gateway's login, made when it is needed and made again before it ends.
 *
 * <ol>
 *   <li>A given token that has changed where it is read from is used from the next credential on.
 *   <li>Leases stay with the login that they were asked for with.
 * </ol>
 *
 * <p>Blocks; one thread logs in, others wait for it.
 */
public final class Logins implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Logins.class);

    private final VaultClient client;
    private final Method method;
    private final LeaseKeeper keeper;
    private @Nullable Login current;

    /** Logins by this method. */
    public Logins(VaultClient client, Method method, LeaseKeeper keeper) {
        this.client = client;
        this.method = method;
        this.keeper = keeper;
    }

    /** The login to ask with now. */
    public synchronized Login current(Instant deadline) throws VaultFailure {
        Login present = current;
        if (present != null && present.lasting() && !changed(present)) {
            return present;
        }
        Login login = method instanceof Method.Given given ? given(given, deadline) : asked(deadline);
        if (present != null) {
            present.retire();
        }
        current = login;
        keeper.watch(login);
        return login;
    }

    /** Vault refuses this login: another one is made for the next call. */
    public synchronized void refused(Login login) {
        if (current == login) {
            login.retire();
            current = null;
        }
    }

    private boolean changed(Login present) throws VaultFailure {
        if (!(method instanceof Method.Given given)) {
            return false;
        }
        try (Secret now = read(given)) {
            return !now.equals(present.token());
        }
    }

    private static Secret read(Method.Given given) throws VaultFailure {
        try (Secret raw = given.token().get()) {
            return Secret.of(raw.reveal().strip());
        } catch (RuntimeException e) {
            throw unreadable();
        }
    }

    private static VaultFailure unreadable() {
        return new VaultFailure("what the gateway logs in with cannot be read; check the references under 'auth'");
    }

    private Login given(Method.Given given, Instant deadline) throws VaultFailure {
        Secret token = read(given);
        Instant from = Instant.now();
        Reply reply = client.get("auth/token/lookup-self", token, deadline);
        Duration left = Duration.ofSeconds(reply.seconds("data", "ttl"));
        return new Login(client, token, false, from, new Term.Extension(left, reply.flag("data", "renewable")));
    }

    private Login asked(Instant deadline) throws VaultFailure {
        Method.Asked asked = (Method.Asked) method;
        Map<String, Object> body;
        try {
            body = asked.body().read();
        } catch (IOException | RuntimeException e) {
            throw unreadable();
        }
        Instant from = Instant.now();
        Reply reply = client.post(asked.path(), null, body, deadline);
        Secret token = Secret.of(reply.need("auth", "client_token"));
        Duration length = Duration.ofSeconds(reply.seconds("auth", "lease_duration"));
        return new Login(client, token, true, from, new Term.Extension(length, reply.flag("auth", "renewable")));
    }

    /** Ends the login, and with it at Vault whatever still hangs on it; a given token is left alone. */
    @Override
    public synchronized void close() {
        Login present = current;
        current = null;
        if (present == null) {
            return;
        }
        present.retire();
        if (present.ours()) {
            try {
                client.post("auth/token/revoke-self", present.token(), Map.of(), Instant.now());
            } catch (VaultFailure e) {
                log.warn("the gateway's login is left to its end: {}", e.getMessage());
            }
        }
        present.token().close();
    }
}
