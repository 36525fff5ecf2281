package io.sallyport.kubernetes;

import io.netty.handler.ssl.SslContext;
import io.sallyport.api.Connector;
import io.sallyport.api.ConnectorContext;
import io.sallyport.kubernetes.front.Connections;
import io.sallyport.kubernetes.front.Front;
import io.sallyport.kubernetes.session.RefusedUpgrades;
import io.sallyport.kubernetes.session.Services;
import io.sallyport.kubernetes.upstream.ClusterTls;
import io.sallyport.kubernetes.upstream.Lendings;
import io.sallyport.netty.Acceptor;
import io.sallyport.netty.Connecting;
import io.sallyport.netty.EventLoops;
import io.sallyport.netty.Helpers;
import io.sallyport.netty.TlsContexts;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A listener for clients of the Kubernetes API and everything behind it. */
final class KubernetesConnector implements Connector {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);
    private static final Duration GIVING_BACK = Duration.ofSeconds(3);
    private static final long POLL_NANOS = 10_000_000;

    private final KubernetesConfig config;
    private final ConnectorContext context;
    private @Nullable Running running;

    KubernetesConnector(KubernetesConfig config, ConnectorContext context) {
        this.config = config;
        this.context = context;
    }

    @Override
    public void start() throws IOException {
        SslContext tls =
                TlsContexts.server(config.tls().certificate(), config.tls().key(), Front.PROTOCOLS);
        int loopCount = config.eventLoops() == 0 ? Runtime.getRuntime().availableProcessors() : config.eventLoops();
        EventLoops loops = EventLoops.start(context, loopCount);
        Helpers helpers = new Helpers("sallyport-" + context.name());
        Lendings lendings = new Lendings();
        Services services = new Services(
                context,
                loops,
                helpers,
                new Connecting(loops.transport(), helpers, CONNECT_TIMEOUT),
                new ClusterTls(),
                new RefusedUpgrades(context.clock()),
                lendings,
                config.defaultTarget(),
                config.patience());
        Connections connections = new Connections();
        Front front = new Front(services, tls, connections);
        try {
            Acceptor acceptor =
                    Acceptor.bind(loops, config.listen(), context.limits().connections(), channel -> front.handler());
            running = new Running(loops, helpers, connections, lendings, acceptor);
        } catch (IOException e) {
            helpers.close();
            loops.close();
            throw e;
        }
    }

    @Override
    public InetSocketAddress address() {
        return running().acceptor.address();
    }

    private Running running() {
        Running now = running;
        if (now == null) {
            throw new IllegalStateException("not started");
        }
        return now;
    }

    @Override
    public void drain(Duration deadline) {
        Running now = running();
        now.acceptor.close();
        now.connections.drain();
        await(deadline, () -> now.connections.size() == 0);
        now.connections.end("the gateway shuts down");
        await(LAST_WORDS, () -> now.connections.size() == 0);
        await(GIVING_BACK, now.lendings::over);
        now.helpers.close();
        now.loops.close();
    }

    private static void await(Duration longest, BooleanSupplier condition) {
        long deadline = System.nanoTime() + longest.toNanos();
        while (!condition.getAsBoolean() && deadline - System.nanoTime() > 0) {
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private record Running(
            EventLoops loops, Helpers helpers, Connections connections, Lendings lendings, Acceptor acceptor) {}
}
