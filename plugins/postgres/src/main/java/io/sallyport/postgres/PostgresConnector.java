package io.sallyport.postgres;

import io.netty.handler.ssl.SslContext;
import io.sallyport.api.Connector;
import io.sallyport.api.ConnectorContext;
import io.sallyport.netty.Acceptor;
import io.sallyport.netty.Connecting;
import io.sallyport.netty.EventLoops;
import io.sallyport.netty.Helpers;
import io.sallyport.netty.TlsContexts;
import io.sallyport.postgres.PostgresConfig.Plaintext;
import io.sallyport.postgres.PostgresConfig.ServerTls;
import io.sallyport.postgres.relay.Relayer;
import io.sallyport.postgres.startup.CancelKeys;
import io.sallyport.postgres.startup.Greeting;
import io.sallyport.postgres.startup.Services;
import io.sallyport.postgres.statement.StatementReader;
import io.sallyport.postgres.target.TargetConnector;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A listener for PostgreSQL clients and everything behind it. */
final class PostgresConnector implements Connector {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);
    private static final long POLL_NANOS = 10_000_000;

    private final PostgresConfig config;
    private final ConnectorContext context;
    private final StatementReader reader;
    private @Nullable Running running;

    PostgresConnector(PostgresConfig config, ConnectorContext context, StatementReader reader) {
        this.config = config;
        this.context = context;
        this.reader = reader;
    }

    @Override
    public void start() throws IOException {
        ServerTls files = config.tls();
        SslContext tls =
                files == null ? null : TlsContexts.server(files.certificate(), files.key(), List.of("postgresql"));
        int loopCount = config.eventLoops() == 0 ? Runtime.getRuntime().availableProcessors() : config.eventLoops();
        EventLoops loops = EventLoops.start(context, loopCount);
        Helpers helpers = new Helpers("sallyport-" + context.name());
        Services services = new Services(
                context,
                loops,
                helpers,
                tls,
                config.plaintext() == Plaintext.LOOPBACK,
                new TargetConnector(new Connecting(loops.transport(), helpers, CONNECT_TIMEOUT), helpers),
                new CancelKeys());
        Relayer relayer = new Relayer(services, reader);
        try {
            Acceptor acceptor = Acceptor.bind(
                    loops, config.listen(), context.limits().connections(), channel -> new Greeting(services, relayer));
            running = new Running(loops, helpers, relayer, acceptor);
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
        now.relayer.drain();
        await(now, System.nanoTime() + deadline.toNanos());
        now.relayer.end("the gateway shuts down");
        await(now, System.nanoTime() + LAST_WORDS.toNanos());
        now.helpers.close();
        now.loops.close();
    }

    private static void await(Running now, long deadline) {
        while (now.relayer.size() > 0 && deadline - System.nanoTime() > 0) {
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private record Running(EventLoops loops, Helpers helpers, Relayer relayer, Acceptor acceptor) {}
}
