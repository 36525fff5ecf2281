package io.sallyport.postgres.startup;

import io.netty.handler.ssl.SslContext;
import io.sallyport.api.ConnectorContext;
import io.sallyport.netty.EventLoops;
import io.sallyport.netty.Helpers;
import io.sallyport.postgres.target.TargetConnector;
import org.jspecify.annotations.Nullable;

/**
 * What all connections of one connector share.
 *
 * @param context what the core gives
 * @param loops the event loops
 * @param helpers threads for what must not run on a loop
 * @param tls what clients see, null if there is no TLS
 * @param plaintext whether clients may connect without TLS
 * @param targets the way to targets
 * @param cancelKeys the gateway's own cancel keys
 */
public record Services(
        ConnectorContext context,
        EventLoops loops,
        Helpers helpers,
        @Nullable SslContext tls,
        boolean plaintext,
        TargetConnector targets,
        CancelKeys cancelKeys) {}
