package io.sallyport.netty;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.sallyport.api.config.HostPort;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * A listening socket whose accept loop has a thread of its own and only registers channels, so that no client can stop
 * the others from coming in. Connections beyond the limit are closed as they come.
 */
public final class Acceptor implements AutoCloseable {

    private static final int BACKLOG = 1024;
    private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(128 * 1024, 512 * 1024);

    private final EventLoops loops;
    private final EventLoopGroup accepting;
    private final int limit;
    private final AtomicInteger connections = new AtomicInteger();
    private final Channel listener;

    @SuppressWarnings("FutureReturnValueIgnored")
    private Acceptor(EventLoops loops, HostPort address, int limit, Function<Channel, ChannelHandler> handlers)
            throws IOException {
        this.loops = loops;
        this.limit = limit;
        this.accepting = loops.transport().group(1, "sallyport-accept");
        ChannelFuture bound = new ServerBootstrap()
                .group(accepting, loops.group())
                .channel(loops.transport().serverChannel())
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
                .childHandler(new Initializer(handlers))
                .bind(new InetSocketAddress(address.host(), address.port()))
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            accepting.shutdownGracefully(0, 1, TimeUnit.SECONDS);
            throw new IOException("cannot listen on " + address + ": is the address taken?", bound.cause());
        }
        this.listener = bound.channel();
    }

    /**
     * Binds and accepts.
     *
     * @param limit the most connections at one time
     * @param handlers makes the first handler of each accepted channel, on the channel's loop
     * @throws IOException naming the address that is taken
     */
    public static Acceptor bind(
            EventLoops loops, HostPort address, int limit, Function<Channel, ChannelHandler> handlers)
            throws IOException {
        return new Acceptor(loops, address, limit, handlers);
    }

    /** Where it listens, with the actual port. */
    public InetSocketAddress address() {
        return (InetSocketAddress) listener.localAddress();
    }

    /** How many connections are open. */
    public int connections() {
        return connections.get();
    }

    /** Stops accepting; open connections stay. */
    @Override
    public void close() {
        listener.close().awaitUninterruptibly(2, TimeUnit.SECONDS);
        accepting.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    }

    private final class Initializer extends ChannelInitializer<Channel> {

        private final Function<Channel, ChannelHandler> handlers;

        Initializer(Function<Channel, ChannelHandler> handlers) {
            this.handlers = handlers;
        }

        @Override
        @SuppressWarnings("FutureReturnValueIgnored")
        protected void initChannel(Channel channel) {
            int now = connections.incrementAndGet();
            channel.closeFuture().addListener(closed -> connections.decrementAndGet());
            if (now > limit) {
                channel.close();
                return;
            }
            loops.transport().tune(channel);
            channel.pipeline().addLast(handlers.apply(channel));
        }
    }
}
