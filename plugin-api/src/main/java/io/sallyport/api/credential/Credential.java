package io.sallyport.api.credential;

import io.sallyport.api.config.Secret;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the gateway shows to a target.
 *
 * <ol>
 *   <li>{@link #close()} gives a leased credential back and wipes its secrets; it may be called twice.
 *   <li>Nothing of it is ever printed.
 * </ol>
 */
public final class Credential implements AutoCloseable {

    private final @Nullable String account;
    private final Map<Part, Secret> parts;
    private final Runnable giveBack;
    private boolean closed;

    private Credential(@Nullable String account, Map<Part, Secret> parts, Runnable giveBack) {
        this.account = account;
        this.parts = Map.copyOf(parts);
        this.giveBack = giveBack;
    }

    /**
     * A credential.
     *
     * @param account the account that it belongs to, null if it does not say
     * @param parts the secrets, which this credential wipes
     * @param giveBack run once when it is closed, must not block
     */
    public static Credential of(@Nullable String account, Map<Part, Secret> parts, Runnable giveBack) {
        return new Credential(account, parts, giveBack);
    }

    /** The account that the credential belongs to, null if it does not say. */
    public @Nullable String account() {
        return account;
    }

    /** A part of it, null if it has none of that kind. The credential owns the secret. */
    public @Nullable Secret part(Part part) {
        return parts.get(part);
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            parts.values().forEach(Secret::close);
            giveBack.run();
        }
    }

    @Override
    public String toString() {
        return "Credential[" + account + ", " + parts.keySet() + "]";
    }

    /** What a credential may consist of. */
    public enum Part {
        /** A password. */
        PASSWORD,
        /** A private key in PEM or OpenSSH form. */
        PRIVATE_KEY,
        /** A certificate for the private key. */
        CERTIFICATE,
        /** A bearer token. */
        TOKEN
    }
}
