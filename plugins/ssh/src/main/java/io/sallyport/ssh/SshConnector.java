package io.sallyport.ssh;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.sallyport.api.Connector;
import io.sallyport.api.ConnectorContext;
import io.sallyport.netty.Acceptor;
import io.sallyport.netty.Connecting;
import io.sallyport.netty.EventLoops;
import io.sallyport.netty.Helpers;
import io.sallyport.ssh.login.Login;
import io.sallyport.ssh.target.TargetDoor;
import io.sallyport.ssh.transport.ClientEnd;
import io.sallyport.ssh.transport.ServerEnd;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A listener for SSH clients and everything behind it. */
final class SshConnector implements Connector {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration TARGET_LOGIN = Duration.ofSeconds(15);
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);
    private static final long POLL_NANOS = 10_000_000;

    private final SshConfig config;
    private final ConnectorContext context;
    private @Nullable Running running;

    SshConnector(SshConfig config, ConnectorContext context) {
        this.config = config;
        this.context = context;
    }

    private record Running(
            EventLoops loops,
            Helpers helpers,
            ServerEnd server,
            ClientEnd client,
            Reception reception,
            Acceptor acceptor) {}

    @Override
    public void start() throws IOException {
        KeyPair hostKey = KeyFiles.readOrMake(config.hostKey());
        Path caKey = config.caKey();
        KeyPair authority = caKey == null ? null : KeyFiles.readOrMake(caKey);
        int count = config.eventLoops() == 0 ? Runtime.getRuntime().availableProcessors() : config.eventLoops();
        EventLoops loops = EventLoops.start(context, count);
        Helpers helpers = new Helpers("sallyport-" + context.name());
        ClientEnd client = new ClientEnd(TARGET_LOGIN);
        TargetDoor targets =
                new TargetDoor(client, new Connecting(loops.transport(), helpers, CONNECT_TIMEOUT), helpers);
        Reception reception = new Reception(context, loops, targets, authority == null ? null : authority.getPublic());
        ServerEnd server =
                new ServerEnd(hostKey, context.limits().loginTimeout(), session -> new Login(session, reception));
        try {
            Acceptor acceptor = Acceptor.bind(
                    loops, config.listen(), context.limits().connections(), channel -> attach(server, channel));
            running = new Running(loops, helpers, server, client, reception, acceptor);
        } catch (IOException e) {
            server.close();
            client.close();
            helpers.close();
            loops.close();
            throw e;
        }
    }

    private static ChannelHandler attach(ServerEnd server, Channel channel) {
        try {
            server.accept(channel);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ChannelInboundHandlerAdapter();
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
        await(now, System.nanoTime() + deadline.toNanos());
        now.reception.end("the gateway shuts down");
        await(now, System.nanoTime() + LAST_WORDS.toNanos());
        now.server.close();
        now.client.close();
        now.helpers.close();
        now.loops.close();
    }

    private static void await(Running now, long deadline) {
        while (now.reception.size() > 0 && deadline - System.nanoTime() > 0) {
            LockSupport.parkNanos(POLL_NANOS);
        }
    }
}
