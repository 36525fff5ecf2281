package io.sallyport.api.principal;

import io.sallyport.api.config.Secret;
import java.security.cert.X509Certificate;
import java.util.List;

/** What a client shows to prove who it is. */
public sealed interface Evidence {

    /**
     * A bearer token, such as an OIDC ID or access token. The core closes the secret when it has been verified.
     *
     * @param token the token in its compact form
     */
    record Token(Secret token) implements Evidence {}

    /**
     * A certificate of the connector's own {@link io.sallyport.api.CertificateAuthority}, which the connector has verified
     * cryptographically, with possession of its key.
     *
     * @param keyId the identifier in the certificate, which names a login that the core knows
     */
    record Certificate(String keyId) implements Evidence {}

    /**
     * X.509 certificates that a client has shown in a TLS handshake. The connector has verified that the client possesses the
     * first one's key, and nothing else: whom they make of the client, and whether they are good, the core decides.
     *
     * @param chain the client's own certificate first, then what it sent to lead to an authority
     */
    record ClientCertificate(List<X509Certificate> chain) implements Evidence {

        /** Copies the chain, which is not empty. */
        public ClientCertificate {
            chain = List.copyOf(chain);
            if (chain.isEmpty()) {
                throw new IllegalArgumentException("a chain has at least the client's own certificate");
            }
        }
    }

    /**
     * A public key whose possession the connector has verified.
     *
     * @param fingerprint the key's fingerprint, {@code SHA256:…}
     */
    record Key(String fingerprint) implements Evidence {}
}
