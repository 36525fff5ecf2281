package io.sallyport.api;

import java.time.Instant;

/**
 * Signs certificates of a protocol's own kind, with which a client logs in later without showing a token.
 *
 * <ol>
 *   <li>The core has authenticated whom the certificate is for, and writes the login down that the key id names before the
 *       certificate goes to the client. The connector decides about nothing but its form and the longest life.
 *   <li>A client that shows such a certificate is {@link io.sallyport.api.principal.Evidence.Certificate} with that key id:
 *       who it is, and whether it may still come in, the core knows by it.
 *   <li>{@link #sign} may be called from any thread, and does not block.
 * </ol>
 */
@ConsumerType
public interface CertificateAuthority {

    /**
     * Signs a certificate for a client's public key.
     *
     * @param publicKey the key as the protocol's clients write it, in one line
     * @param keyId the identifier that the certificate carries
     * @param latest when the certificate ends at the latest; the connector's own limit may be sooner
     * @throws IllegalArgumentException if the key cannot be read, or is too weak; the message is for the client
     */
    Signed sign(String publicKey, String keyId, Instant latest);

    /**
     * A signed certificate.
     *
     * @param certificate as the protocol's clients keep it in a file, in one line
     * @param fingerprint the fingerprint of the key that was signed, for the record
     * @param expires when it ends
     */
    record Signed(String certificate, String fingerprint, Instant expires) {}
}
