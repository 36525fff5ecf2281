package io.sallyport.kubernetes.session;

import io.sallyport.api.ConnectorContext;
import io.sallyport.kubernetes.upstream.ClusterTls;
import io.sallyport.kubernetes.upstream.Lendings;
import io.sallyport.netty.Connecting;
import io.sallyport.netty.EventLoops;
import io.sallyport.netty.Helpers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What all connections of one connector share.
 *
 * @param context the core's capabilities
 * @param loops the event loops
 * @param helpers threads for what must not run on them
 * @param connecting the way to targets
 * @param tls the contexts for targets
 * @param refused upgrades that were refused a moment ago
 * @param lendings what sessions have to give back to clusters
 * @param defaultTarget the target of requests whose path names none; null for none
 * @param patience how long a held request waits before it is answered with 429
 */
public record Services(
        ConnectorContext context,
        EventLoops loops,
        Helpers helpers,
        Connecting connecting,
        ClusterTls tls,
        RefusedUpgrades refused,
        Lendings lendings,
        @Nullable String defaultTarget,
        Duration patience) {}
