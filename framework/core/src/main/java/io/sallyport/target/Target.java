package io.sallyport.target;

import io.sallyport.api.config.HostPort;
import io.sallyport.api.credential.CredentialSource;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A target of the configuration, ready for sessions.
 *
 * @param name its name there
 * @param connector the name of the connector that carries its sessions
 * @param endpoint where it is
 * @param options the connector's own keys
 * @param labels its labels
 * @param supply where its credential comes from
 */
public record Target(
        String name, String connector, Endpoint endpoint, Record options, Map<String, String> labels, Supply supply) {

    /** Copies the labels. */
    public Target {
        labels = Map.copyOf(labels);
    }

    /**
     * Where a target is.
     *
     * @param address the address as configured
     * @param hosts the hosts that it names, in order of preference
     * @param account the target's own account; empty where the credential tells it
     * @param database the target's own database, null if it has none
     */
    public record Endpoint(
            URI address,
            List<HostPort> hosts,
            String account,
            @Nullable String database) {

        /** Copies the list. */
        public Endpoint {
            hosts = List.copyOf(hosts);
        }
    }

    /**
     * Where a target's credential comes from.
     *
     * @param source the source
     * @param options the source's own keys for this target
     * @param reuse how long a lease is shared by the sessions of one principal, null for not at all
     */
    public record Supply(
            CredentialSource source,
            Record options,
            @Nullable Duration reuse) {}
}
