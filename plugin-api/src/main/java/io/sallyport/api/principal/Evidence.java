package io.sallyport.api.principal;

import io.sallyport.api.config.Secret;

/** What a client shows to prove who it is. */
public sealed interface Evidence {

    /**
     * A bearer token, such as an OIDC ID or access token. The core closes the secret when it has been verified.
     *
     * @param token the token in its compact form
     */
    record Token(Secret token) implements Evidence {}

    /**
     * A certificate that the connector has verified cryptographically against an authority of its own.
     *
     * @param keyId the identifier in the certificate, which names a login that the core knows
     */
    record Certificate(String keyId) implements Evidence {}

    /**
     * A public key whose possession the connector has verified.
     *
     * @param fingerprint the key's fingerprint, {@code SHA256:…}
     */
    record Key(String fingerprint) implements Evidence {}
}
