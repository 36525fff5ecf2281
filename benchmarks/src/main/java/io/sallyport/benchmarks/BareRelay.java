package io.sallyport.benchmarks;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Carries bytes between a client and a target, and nothing else: the least that a proxy on this JVM and this library can
 * cost. Both legs of a connection share one of two event loops; each leg is read while the other can be written.
 *
 * <p>Arguments: the port to listen on, the target's host and port. When it listens, it prints its port.
 */
public final class BareRelay {

    private static final int LOOPS = 2;

    private BareRelay() {}

    /** Runs until the process ends. */
    public static void main(String[] arguments) throws InterruptedException {
        InetSocketAddress target = new InetSocketAddress(arguments[1], Integer.parseInt(arguments[2]));
        Channel listener = listen(Integer.parseInt(arguments[0]), target);
        System.out.println(((InetSocketAddress) listener.localAddress()).getPort());
        listener.closeFuture().sync();
    }

    private static Channel listen(int port, InetSocketAddress target) throws InterruptedException {
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(LOOPS, EpollIoHandler.newFactory());
        return new ServerBootstrap()
                .group(loops)
                .channel(EpollServerSocketChannel.class)
                .childOption(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel client) {
                        connect(client, target);
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), port)
                .sync()
                .channel();
    }

    private static void connect(Channel client, InetSocketAddress target) {
        ChannelFuture connecting = new Bootstrap()
                .group(client.eventLoop())
                .channel(EpollSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new Leg(client))
                .connect(target);
        client.pipeline().addLast(new Leg(connecting.channel()));
        connecting.addListener((ChannelFuture done) -> {
            if (done.isSuccess()) {
                client.config().setAutoRead(true);
            } else {
                client.close();
            }
        });
    }

    /** One side of a connection; what it reads goes to the other. */
    private static final class Leg extends ChannelInboundHandlerAdapter {

        private final Channel other;

        Leg(Channel other) {
            this.other = other;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            other.write(message, other.voidPromise());
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            other.flush();
            if (!other.isWritable()) {
                context.channel().config().setAutoRead(false);
            }
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext context) {
            other.config().setAutoRead(context.channel().isWritable());
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            other.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}
