package io.sallyport.kubernetes.front;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http2.DefaultHttp2GoAwayFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.util.ReferenceCountUtil;
import io.sallyport.kubernetes.session.ClusterSessions;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** A client connection that speaks HTTP/2. Confined to its event loop. */
@SuppressWarnings("FutureReturnValueIgnored")
final class Http2Connection extends ChannelInboundHandlerAdapter implements Connections.Open {

    private static final int STREAMS = 100;
    private static final int WINDOW = 256 * 1024;
    private static final int LONGEST_HEAD = 64 * 1024;

    private final Channel channel;
    private final ClusterSessions sessions;
    private final Connections connections;
    private final Set<Http2Client> clients = new LinkedHashSet<>();
    private boolean draining;

    private Http2Connection(Channel channel, ClusterSessions sessions, Connections connections) {
        this.channel = channel;
        this.sessions = sessions;
        this.connections = connections;
    }

    /** Sets up a connection whose handshake chose HTTP/2. */
    static void set(Channel channel, ClusterSessions sessions, Connections connections) {
        Http2Connection connection = new Http2Connection(channel, sessions, connections);
        ChannelHandler streams = new ChannelInitializer<Channel>() {
            @Override
            protected void initChannel(Channel stream) {
                stream.pipeline().addLast(new Http2Client(stream, sessions, connection));
            }
        };
        ChannelPipeline pipeline = channel.pipeline();
        pipeline.addLast(Http2FrameCodecBuilder.forServer()
                .initialSettings(Http2Settings.defaultSettings()
                        .maxConcurrentStreams(STREAMS)
                        .initialWindowSize(WINDOW)
                        .maxHeaderListSize(LONGEST_HEAD))
                .build());
        pipeline.addLast(new Http2MultiplexHandler(streams));
        pipeline.addLast(connection);
        connections.add(connection);
        connection.limitLogin();
    }

    private void limitLogin() {
        long patience = sessions.services().context().limits().loginTimeout().toMillis();
        channel.eventLoop()
                .schedule(
                        () -> {
                            if (!sessions.admitted()) {
                                channel.close();
                            }
                        },
                        patience,
                        TimeUnit.MILLISECONDS);
    }

    void began(Http2Client client) {
        clients.add(client);
    }

    void ended(Http2Client client) {
        clients.remove(client);
        if (draining && clients.isEmpty()) {
            channel.close();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ReferenceCountUtil.release(message);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        connections.remove(this);
        context.fireChannelInactive();
        sessions.close("client-closed", "the client closed the connection");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }

    @Override
    public void drain() {
        channel.eventLoop().execute(() -> {
            draining = true;
            channel.writeAndFlush(new DefaultHttp2GoAwayFrame(Http2Error.NO_ERROR));
            if (clients.isEmpty()) {
                channel.close();
            }
        });
    }

    @Override
    public void end(String reason) {
        channel.eventLoop().execute(() -> {
            Set.copyOf(clients).forEach(client -> client.end(reason));
            sessions.close("shutdown", reason);
            channel.flush();
            channel.close();
        });
    }
}
