package io.sallyport.api.session;

import io.sallyport.api.ProviderType;
import io.sallyport.api.Recording;
import io.sallyport.api.action.Action;
import io.sallyport.api.credential.Credential;
import io.sallyport.api.principal.Principal;

/**
 * One principal on one target.
 *
 * <ol>
 *   <li>Every method is called on the session's executor, and nothing blocks.
 *   <li>An action is in the journal, with its verdict, before the verdict is visible to the connector.
 *   <li>After {@link #close}, or once the core has asked for an end, every action is denied.
 * </ol>
 */
@ProviderType
public interface Session {

    /** The identifier that clients, records and refusals show. */
    String id();

    /** Who acts. */
    Principal principal();

    /** On what. */
    TargetAccess target();

    /** With which credential of the target. It never reaches the client, a log or the record. */
    Credential credential();

    /** How much is recorded. */
    Recording recording();

    /** What to do with an answer that cannot be masked: true to let it pass, false to refuse. */
    boolean passUnmaskable();

    /** Asks for an action. */
    Exchange submit(Action action);

    /**
     * Asks for the preparation of an action whose values are not known yet. The verdict allows or denies the preparation
     * only, a hold is left to {@link #submit}, and the exchange needs no {@link Exchange#complete}.
     */
    Exchange prepare(Action action);

    /**
     * Records something that the gateway itself sends to the target (a Describe, a catalog query, the text that makes
     * the target fail). To be called before it is sent.
     *
     * @throws JournalUnavailableException if it cannot be recorded: then it must not be sent
     */
    void own(String what);

    /**
     * Records something that happened outside any action, such as a notification or a login detail.
     *
     * @throws JournalUnavailableException if it cannot be recorded
     */
    void note(String what);

    /** Ends the session: cancels open exchanges, gives the credential back, closes the record. Idempotent. */
    void close(Closing closing);

    /**
     * How a session ended.
     *
     * @param cause in one word, such as {@code client-closed}, {@code target-closed}, {@code protocol-violation}
     * @param detail more for the record; no secrets
     */
    record Closing(String cause, String detail) {}
}
