package io.sallyport.kubernetes.front;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.sallyport.kubernetes.session.ClusterSessions;
import io.sallyport.kubernetes.session.Services;
import java.net.InetSocketAddress;
import java.util.List;

/** Sets up what a new connection goes through: TLS, then HTTP/1.1 or HTTP/2 as its handshake says. */
public final class Front {

    /** The versions of HTTP that are offered, the preferred one first. */
    public static final List<String> PROTOCOLS =
            List.of(ApplicationProtocolNames.HTTP_2, ApplicationProtocolNames.HTTP_1_1);

    private final Services services;
    private final SslContext tls;
    private final Connections connections;

    /** For all connections of a listener. */
    public Front(Services services, SslContext tls, Connections connections) {
        this.services = services;
        this.tls = tls;
        this.connections = connections;
    }

    /** The first handler of a connection. */
    public ChannelHandler handler() {
        return new ChannelInitializer<Channel>() {
            @Override
            protected void initChannel(Channel channel) {
                SslHandler handshake = tls.newHandler(channel.alloc());
                handshake.setHandshakeTimeoutMillis(
                        services.context().limits().loginTimeout().toMillis());
                channel.pipeline().addLast(handshake, new Negotiated());
            }
        };
    }

    private final class Negotiated extends ApplicationProtocolNegotiationHandler {

        Negotiated() {
            super(ApplicationProtocolNames.HTTP_1_1);
        }

        @Override
        protected void configurePipeline(ChannelHandlerContext context, String protocol) {
            Channel channel = context.channel();
            ClusterSessions sessions =
                    new ClusterSessions(services, channel.eventLoop(), (InetSocketAddress) channel.remoteAddress());
            if (protocol.equals(ApplicationProtocolNames.HTTP_2)) {
                Http2Connection.set(channel, sessions, connections);
            } else {
                channel.pipeline().addLast(new Http1Client(channel, sessions, connections));
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }

        @Override
        protected void handshakeFailure(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}
