package io.sallyport.netty;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.resolver.NoopAddressResolverGroup;
import io.sallyport.api.config.HostPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Connects to the first of several hosts that answers, on a given event loop and without blocking it: names are resolved
 * by helpers, addresses are tried in order.
 */
public final class Connecting {

    private final Transport transport;
    private final Helpers helpers;
    private final Duration timeout;

    /**
     * A way to connect.
     *
     * @param timeout how long one address is tried
     */
    public Connecting(Transport transport, Helpers helpers, Duration timeout) {
        this.transport = transport;
        this.helpers = helpers;
        this.timeout = timeout;
    }

    /**
     * Connects.
     *
     * @return completes on the loop with a channel without handlers of its owner yet, or fails with an
     *     {@link IOException} that names no address
     */
    public CompletionStage<Connected> connect(List<HostPort> hosts, EventLoop loop) {
        CompletableFuture<Connected> result = new CompletableFuture<>();
        helpers.call(() -> resolve(hosts), loop).whenComplete((addresses, failure) -> {
            if (addresses == null || addresses.isEmpty()) {
                result.completeExceptionally(new IOException("the host name cannot be resolved", failure));
            } else {
                attempt(addresses, loop, result, null);
            }
        });
        return result;
    }

    /** Connects to the server of an earlier connection again; as {@link #connect} otherwise. */
    public CompletionStage<Connected> again(Connected earlier, EventLoop loop) {
        CompletableFuture<Connected> result = new CompletableFuture<>();
        ArrayDeque<Candidate> one = new ArrayDeque<>();
        one.add(new Candidate(earlier.host, earlier.address));
        attempt(one, loop, result, null);
        return result;
    }

    private static ArrayDeque<Candidate> resolve(List<HostPort> hosts) throws IOException {
        ArrayDeque<Candidate> all = new ArrayDeque<>();
        IOException last = null;
        for (HostPort host : hosts) {
            try {
                List<InetAddress> addresses = new ArrayList<>(List.of(InetAddress.getAllByName(host.host())));
                for (InetAddress address : addresses) {
                    all.add(new Candidate(host, new InetSocketAddress(address, host.port())));
                }
            } catch (IOException e) {
                last = e;
            }
        }
        if (all.isEmpty() && last != null) {
            throw last;
        }
        return all;
    }

    @SuppressWarnings("FutureReturnValueIgnored")
    private void attempt(
            ArrayDeque<Candidate> left, EventLoop loop, CompletableFuture<Connected> result, @Nullable Throwable last) {
        Candidate candidate = left.poll();
        if (candidate == null) {
            result.completeExceptionally(new IOException("no host accepts a connection", last));
            return;
        }
        Bootstrap bootstrap = new Bootstrap()
                .group(loop)
                .channelFactory(this::newChannel)
                .resolver(NoopAddressResolverGroup.INSTANCE)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) timeout.toMillis())
                .handler(new ChannelInboundHandlerAdapter());
        bootstrap.connect(candidate.address).addListener((ChannelFuture done) -> {
            if (done.isSuccess()) {
                transport.tune(done.channel());
                result.complete(new Connected(done.channel(), candidate.host, candidate.address));
            } else {
                attempt(left, loop, result, done.cause());
            }
        });
    }

    private Channel newChannel() {
        return transport == Transport.EPOLL
                ? new io.netty.channel.epoll.EpollSocketChannel()
                : new io.netty.channel.socket.nio.NioSocketChannel();
    }

    private record Candidate(HostPort host, InetSocketAddress address) {}

    /**
     * A connection.
     *
     * @param channel the channel, without handlers of its owner yet
     * @param host the configured host that answered, by which its certificate is verified
     * @param address the address that answered, for further connections to the same server
     */
    public record Connected(Channel channel, HostPort host, InetSocketAddress address) {}
}
