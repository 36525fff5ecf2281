package io.sallyport.api.credential;

import io.sallyport.api.ConsumerType;
import io.sallyport.api.config.Secret;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the gateway shows to a target.
 *
 * <ol>
 *   <li>{@link #close()} gives a leased credential back and wipes its secrets; it may be called twice.
 *   <li>One that is not {@link #fresh()} is not shown to a target; a session ends when its credential is no longer
 *       {@link #standing()}.
 *   <li>Nothing of it is ever printed.
 * </ol>
 */
public final class Credential implements AutoCloseable {

    private final @Nullable String account;
    private final Map<Part, Secret> parts;
    private final Lease lease;
    private boolean closed;

    private Credential(@Nullable String account, Map<Part, Secret> parts, Lease lease) {
        this.account = account;
        this.parts = Map.copyOf(parts);
        this.lease = lease;
    }

    /**
     * For how long a credential is good. Its methods are called from any thread, return at once, and throw nothing.
     *
     * <ol>
     *   <li>{@link #giveBack} is called once.
     *   <li>What is over does not begin again.
     * </ol>
     */
    @ConsumerType
    @FunctionalInterface
    public interface Lease {

        /** Takes the credential back; what takes time, or must be tried again, is done later by the source. */
        void giveBack();

        /** Whether a target can still be expected to accept the credential for a new login. */
        default boolean fresh() {
            return true;
        }

        /** Whether sessions that were opened with the credential may go on. */
        default boolean standing() {
            return true;
        }
    }

    /**
     * A credential.
     *
     * @param account the account that it belongs to, null if it does not say
     * @param parts the secrets, which this credential wipes
     * @param giveBack run once when it is closed, must not block
     */
    public static Credential of(@Nullable String account, Map<Part, Secret> parts, Runnable giveBack) {
        return new Credential(account, parts, giveBack::run);
    }

    /**
     * A credential that is good for a time.
     *
     * @param account the account that it belongs to, null if it does not say
     * @param parts the secrets, which this credential wipes
     * @param lease says for how long, and takes it back
     */
    public static Credential leased(@Nullable String account, Map<Part, Secret> parts, Lease lease) {
        return new Credential(account, parts, lease);
    }

    /** Whether a target can still be expected to accept it for a new login. */
    public boolean fresh() {
        return lease.fresh();
    }

    /** Whether sessions that were opened with it may go on. */
    public boolean standing() {
        return lease.standing();
    }

    /** The kinds of secret that it has. */
    public Set<Part> kinds() {
        return parts.keySet();
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
            lease.giveBack();
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
        TOKEN,
        /** PEM certificates of the authorities by which the target itself is known. */
        AUTHORITIES,
        /**
         * What to do with the other parts before an action, in words that a source and the connectors that it serves
         * agree on, such as for which account to trade them.
         */
        USE
    }
}
