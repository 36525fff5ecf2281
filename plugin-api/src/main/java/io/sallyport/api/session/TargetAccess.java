package io.sallyport.api.session;

import io.sallyport.api.config.HostPort;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The target of a session as its grant opens it.
 *
 * @param name the target's name in the configuration
 * @param address the configured address
 * @param hosts where to connect, in order of preference
 * @param account the account to use on the target
 * @param database the database to use on the target, where there is one
 * @param options the target's own keys, an instance of {@link io.sallyport.api.ConnectorFactory#targetType()}
 * @param labels the target's labels
 */
public record TargetAccess(
        String name,
        URI address,
        List<HostPort> hosts,
        String account,
        @Nullable String database,
        Record options,
        Map<String, String> labels) {

    /** Copies the collections. */
    public TargetAccess {
        hosts = List.copyOf(hosts);
        labels = Map.copyOf(labels);
    }
}
