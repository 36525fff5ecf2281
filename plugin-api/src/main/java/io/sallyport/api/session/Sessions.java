package io.sallyport.api.session;

import io.sallyport.api.ConsumerType;
import io.sallyport.api.ProviderType;
import java.util.concurrent.CompletionStage;

/**
 * Admits clients.
 *
 * <ol>
 *   <li>{@link #open} never blocks; its stage completes on the executor given.
 *   <li>The session's opening is in the journal before the stage completes with {@link Opening.Opened}.
 *   <li>An unknown target and a forbidden one give the same refusal.
 *   <li>Doubt of any kind (the issuer cannot be reached, the store is stale, the journal cannot write) refuses.
 * </ol>
 */
@ProviderType
public interface Sessions {

    /**
     * Authenticates the evidence, finds the grant, fetches the credential, opens the record.
     *
     * @param executor a registered executor, on which the session will live
     * @param listener hears what the core wants of the session, on that executor
     */
    CompletionStage<Opening> open(Admission admission, SessionExecutor executor, Listener listener);

    /** What became of an admission. */
    sealed interface Opening {

        /**
         * The client is in.
         *
         * @param session the session, open since before the stage completed
         */
        record Opened(Session session) implements Opening {}

        /**
         * The client stays out.
         *
         * @param cause what kind of refusal it is, for the protocol's own code
         * @param reason what the client may know
         */
        record Refused(Cause cause, String reason) implements Opening {}
    }

    /** Why a client stays out. */
    enum Cause {
        /** The evidence does not prove an identity. */
        UNAUTHENTICATED,
        /** No grant covers this principal, target, account or database, or there is no such target. */
        FORBIDDEN,
        /** A limit is reached: sessions, connections. */
        TOO_MANY,
        /** The gateway cannot admit now: journal, store, issuer or credential source does not answer. */
        UNAVAILABLE
    }

    /** What the core wants of a session. */
    @ConsumerType
    interface Listener {

        /**
         * The session must end: refuse what comes, stop what runs, tell the client in the protocol's own way, then call
         * {@link Session#close}. No verdict allows anything from now on.
         */
        void end(Ending ending);
    }

    /**
     * Why a session must end.
     *
     * @param cause the kind of end
     * @param reason what the client may know
     */
    record Ending(EndCause cause, String reason) {}

    /** The kinds of end that the core asks for. */
    enum EndCause {
        /** An operator or a changed grant ended it. */
        REVOKED,
        /** The longest allowed life, the token's life or the grant's window is over. */
        EXPIRED,
        /** Nothing happened for too long. */
        IDLE,
        /** The journal cannot write. */
        JOURNAL,
        /** The gateway shuts down. */
        SHUTDOWN
    }
}
