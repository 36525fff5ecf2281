package io.sallyport.kubernetes.upstream;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.sallyport.api.session.TargetAccess;
import io.sallyport.netty.Connecting;
import io.sallyport.netty.Connecting.Connected;
import io.sallyport.netty.TlsContexts;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one session to its API server: idle ones are used again, others are made and verified. Confined to
 * the session's event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored")
public final class Upstream {

    private static final int MOST_IDLE = 4;

    private final Connecting connecting;
    private final TargetAccess target;
    private final SslContext tls;
    private final EventLoop loop;
    private final ArrayDeque<UpstreamConnection> idle = new ArrayDeque<>();
    private final Set<UpstreamConnection> all = new HashSet<>();
    private boolean closed;

    /** Without a connection yet. */
    public Upstream(Connecting connecting, TargetAccess target, SslContext tls, EventLoop loop) {
        this.connecting = connecting;
        this.target = target;
        this.tls = tls;
        this.loop = loop;
    }

    /** What the Host header says. */
    public String host() {
        return target.hosts().get(0).toString();
    }

    /** A connection that was used before and is idle, null if there is none. */
    public @Nullable UpstreamConnection pooled() {
        UpstreamConnection connection;
        while ((connection = idle.pollLast()) != null) {
            if (connection.usable()) {
                return connection;
            }
        }
        return null;
    }

    /** A new connection; completes on the loop, or fails with words that a client may read. */
    public CompletionStage<UpstreamConnection> connect() {
        CompletableFuture<UpstreamConnection> result = new CompletableFuture<>();
        connecting.connect(target.hosts(), loop).whenComplete((connected, failure) -> {
            if (connected == null) {
                String why = failure instanceof IOException && failure.getMessage() != null
                        ? failure.getMessage()
                        : "no connection";
                result.completeExceptionally(new IOException("the target cannot be reached: " + why));
            } else {
                secure(connected, result);
            }
        });
        return result;
    }

    private void secure(Connected connected, CompletableFuture<UpstreamConnection> result) {
        Channel channel = connected.channel();
        SslHandler handler = TlsContexts.clientHandler(
                tls, channel, connected.host().host(), connected.host().port(), true);
        UpstreamConnection connection = new UpstreamConnection(channel, this);
        channel.pipeline().addLast(handler, connection);
        handler.handshakeFuture().addListener(done -> {
            if (closed || !done.isSuccess()) {
                channel.close();
                result.completeExceptionally(new IOException(
                        closed
                                ? "the session is over"
                                : "the target cannot be trusted: its certificate does not verify"));
            } else {
                all.add(connection);
                result.complete(connection);
            }
        });
    }

    void idle(UpstreamConnection connection) {
        if (closed || idle.size() >= MOST_IDLE) {
            connection.close();
        } else {
            idle.add(connection);
        }
    }

    void gone(UpstreamConnection connection) {
        all.remove(connection);
        idle.remove(connection);
    }

    /** Ends every connection. */
    public void close() {
        closed = true;
        Set.copyOf(all).forEach(UpstreamConnection::close);
    }
}
