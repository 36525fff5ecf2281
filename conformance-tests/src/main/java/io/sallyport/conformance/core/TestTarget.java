package io.sallyport.conformance.core;

import io.sallyport.api.config.HostPort;
import io.sallyport.api.credential.Credential;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A target that sessions can be opened on.
 *
 * @param scheme the scheme of its address
 * @param address where it listens
 * @param account its account
 * @param database its database
 * @param options its own keys
 * @param credential its secrets
 */
public record TestTarget(
        String scheme,
        HostPort address,
        String account,
        @Nullable String database,
        Record options,
        Map<Credential.Part, String> credential) {

    /** Copies the secrets. */
    public TestTarget {
        credential = Map.copyOf(credential);
    }
}
