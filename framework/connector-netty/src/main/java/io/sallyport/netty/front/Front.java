package io.sallyport.netty.front;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslContext;
import io.sallyport.api.Connector;
import io.sallyport.api.ConnectorContext;
import io.sallyport.api.config.HostPort;
import io.sallyport.api.session.SessionExecutor;
import io.sallyport.netty.Acceptor;
import io.sallyport.netty.Connecting;
import io.sallyport.netty.EventLoops;
import io.sallyport.netty.Helpers;
import io.sallyport.netty.TlsContexts;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * A connector in which each client connection is one session: a listener with its event loops, and the session objects of
 * the connections that came in by it.
 *
 * <ol>
 *   <li>Each accepted connection gets a session object on its own loop, and loses it when its channel is closed.
 *   <li>A connection to a target lives on the loop of the client that it is for.
 *   <li>{@link #drain} asks every session to end when nothing runs in it, then at the deadline to end at once, and frees
 *       the loops when all are gone or a second later.
 * </ol>
 */
public final class Front implements Connector {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final ConnectorContext context;
    private final HostPort listen;
    private final Tls tls;
    private final BiFunction<Front, Channel, FrontSession> accepted;
    private final Map<Channel, FrontSession> sessions = new ConcurrentHashMap<>();
    private @Nullable Running running;

    /**
     * A connector that is not started yet.
     *
     * @param listen where clients connect
     * @param tls the files for TLS
     * @param accepted makes the session object of a connection and adds its handlers to the channel's pipeline
     */
    public Front(
            ConnectorContext context, HostPort listen, Tls tls, BiFunction<Front, Channel, FrontSession> accepted) {
        this.context = context;
        this.listen = listen;
        this.tls = tls;
        this.accepted = accepted;
    }

    /**
     * The PEM files for TLS.
     *
     * @param certificate what clients see; null for none, and no TLS
     * @param key its key
     * @param authorities who vouches for targets; null for the JDK's own
     */
    public record Tls(
            @Nullable Path certificate,
            @Nullable Path key,
            @Nullable Path authorities) {}

    private record Running(
            EventLoops loops, Helpers helpers, Connecting connecting, Acceptor acceptor, SslContext targets) {}

    @Override
    public void start() throws IOException {
        Path certificate = tls.certificate();
        Path key = tls.key();
        SslContext clients =
                certificate == null || key == null ? null : TlsContexts.server(certificate, key, List.of());
        SslContext targets = TlsContexts.client(tls.authorities());
        EventLoops loops = EventLoops.start(context, Runtime.getRuntime().availableProcessors());
        Helpers helpers = new Helpers("sallyport-" + context.name());
        try {
            Acceptor acceptor =
                    Acceptor.bind(loops, listen, context.limits().connections(), channel -> new Initializer(clients));
            Connecting connecting = new Connecting(loops.transport(), helpers, CONNECT_TIMEOUT);
            running = new Running(loops, helpers, connecting, acceptor, targets);
        } catch (IOException e) {
            helpers.close();
            loops.close();
            throw e;
        }
    }

    private Running running() {
        return Objects.requireNonNull(running, "the connector is not started");
    }

    @Override
    public InetSocketAddress address() {
        return running().acceptor.address();
    }

    /** What the core gave to the connector. */
    public ConnectorContext context() {
        return context;
    }

    /** The session executor of a channel's loop. */
    public SessionExecutor executor(Channel channel) {
        return running().loops.executor(channel.eventLoop());
    }

    /**
     * Runs something on a channel's loop when a login that began now takes too long.
     *
     * @return to be cancelled when the session is open
     */
    public Future<?> loginTimeout(Channel channel, Runnable late) {
        return channel.eventLoop()
                .schedule(late, context.limits().loginTimeout().toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Connects to the first host that answers, on the loop given.
     *
     * @param encrypted whether by TLS, and the target's certificate verified together with its host name
     * @return completes on the loop with a channel that has no handlers of its owner yet, or fails with an
     *     {@link IOException} that names no address
     */
    public CompletionStage<Channel> connect(List<HostPort> hosts, boolean encrypted, EventLoop loop) {
        Running now = running();
        return now.connecting.connect(hosts, loop).thenApply(connected -> {
            Channel channel = connected.channel();
            if (encrypted) {
                HostPort host = connected.host();
                channel.pipeline()
                        .addLast(TlsContexts.clientHandler(now.targets, channel, host.host(), host.port(), true));
            }
            return channel;
        });
    }

    @Override
    public void drain(Duration deadline) {
        Running now = running();
        now.acceptor.close();
        sessions.forEach((channel, session) -> channel.eventLoop().execute(() -> session.drain(false)));
        await(deadline);
        sessions.forEach((channel, session) -> channel.eventLoop().execute(() -> session.drain(true)));
        await(LAST_WORDS);
        now.helpers.close();
        now.loops.close();
    }

    private void await(Duration time) {
        long deadline = System.nanoTime() + time.toNanos();
        while (!sessions.isEmpty() && deadline - System.nanoTime() > 0) {
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private final class Initializer extends ChannelInitializer<Channel> {

        private final @Nullable SslContext encryption;

        Initializer(@Nullable SslContext encryption) {
            this.encryption = encryption;
        }

        @Override
        @SuppressWarnings("FutureReturnValueIgnored")
        protected void initChannel(Channel channel) {
            if (encryption != null) {
                channel.pipeline().addLast(encryption.newHandler(channel.alloc()));
            }
            sessions.put(channel, accepted.apply(Front.this, channel));
            channel.closeFuture().addListener(closed -> sessions.remove(channel));
        }
    }
}
