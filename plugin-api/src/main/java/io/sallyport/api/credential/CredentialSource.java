package io.sallyport.api.credential;

import io.sallyport.api.ConsumerType;

/**
 * Gives out credentials.
 *
 * <ol>
 *   <li>{@link #credential} may block; it runs on a bounded pool with a deadline of ten seconds, after which the session
 *       is refused and a credential that still comes is closed.
 *   <li>It is called from several threads at once.
 *   <li>An exception refuses the session; its message goes to the operator, never to the client.
 * </ol>
 */
@ConsumerType
public interface CredentialSource extends AutoCloseable {

    /**
     * A credential for one session.
     *
     * @throws Exception if there is none; the message says what to do and shows no secret
     */
    @SuppressWarnings("PMD.SignatureDeclareThrowsException")
    Credential credential(CredentialRequest request) throws Exception;

    /** Gives back everything that is still leased. */
    @Override
    default void close() {}
}
