package io.sallyport.postgres.target;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import io.sallyport.api.session.Session;
import io.sallyport.api.session.TargetAccess;
import io.sallyport.netty.Connecting;
import io.sallyport.netty.Connecting.Connected;
import io.sallyport.netty.Helpers;
import io.sallyport.netty.TlsContexts;
import io.sallyport.postgres.PostgresTarget;
import io.sallyport.postgres.PostgresTarget.Mode;
import io.sallyport.postgres.PostgresTarget.TargetTls;
import io.sallyport.postgres.wire.FrontendMessages;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;

/**
 * Connects to targets, with TLS as the target's options say. A target that refuses TLS, or whose certificate does not
 * verify, is an error: nothing else is ever tried. Safe for use by several threads.
 */
@SuppressWarnings("FutureReturnValueIgnored")
public final class TargetConnector {

    private static final int CANCEL_SECONDS = 5;

    private final Connecting connecting;
    private final Helpers helpers;
    private final DerivedKeys derivedKeys;
    private final ConcurrentMap<TargetTls, SslContext> contexts = new ConcurrentHashMap<>();

    /** A way to connect. */
    public TargetConnector(Connecting connecting, Helpers helpers) {
        this.connecting = connecting;
        this.helpers = helpers;
        this.derivedKeys = new DerivedKeys(helpers);
    }

    /** Connects and logs in with the session's credential; completes on the loop, or fails with {@link RefusedStartup}. */
    public CompletionStage<TargetSession> login(Session session, Map<String, String> passedOn, EventLoop loop) {
        return new TargetLogin(this, session, passedOn).start(loop);
    }

    /** Runs statements of the gateway's own on a second connection of a session. */
    public SideConnection ask(Session session, List<String> statements, EventLoop loop) {
        return SideConnection.ask(this, session, statements, loop);
    }

    /** SCRAM keys that were derived. */
    DerivedKeys derivedKeys() {
        return derivedKeys;
    }

    /** Connects; completes on the loop, or fails with {@link RefusedStartup}. */
    CompletionStage<Connected> connect(TargetAccess target, EventLoop loop) {
        return secured(connecting.connect(target.hosts(), loop), target, loop);
    }

    /** Asks the server of an earlier connection to cancel what that connection runs. */
    public void cancel(TargetAccess target, TargetSession session) {
        EventLoop loop = session.channel().eventLoop();
        byte[] key = session.cancelKey();
        if (key == null) {
            return;
        }
        secured(connecting.again(session.connected(), loop), target, loop).thenAccept(connected -> {
            Channel channel = connected.channel();
            channel.writeAndFlush(FrontendMessages.cancelRequest(session.process(), key));
            loop.schedule(() -> channel.close(), CANCEL_SECONDS, TimeUnit.SECONDS);
        });
    }

    private CompletionStage<Connected> secured(
            CompletionStage<Connected> connection, TargetAccess target, EventLoop loop) {
        CompletableFuture<Connected> result = new CompletableFuture<>();
        TargetTls tls = ((PostgresTarget) target.options()).tls();
        connection.whenComplete((connected, failure) -> {
            if (connected == null) {
                result.completeExceptionally(new RefusedStartup("08001", "the target cannot be reached"));
            } else if (tls.mode() == Mode.DISABLE) {
                result.complete(connected);
            } else {
                secure(connected, tls, loop, result);
            }
        });
        return result;
    }

    private void secure(Connected connected, TargetTls tls, EventLoop loop, CompletableFuture<Connected> result) {
        SslContext known = contexts.get(tls);
        if (known != null) {
            askForTls(connected, tls, known, result);
            return;
        }
        helpers.call(() -> TlsContexts.client(tls.ca()), loop).whenComplete((made, failure) -> {
            if (made == null) {
                connected.channel().close();
                result.completeExceptionally(
                        new RefusedStartup("08001", "the authorities for the target's certificate cannot be read"));
            } else {
                contexts.putIfAbsent(tls, made);
                askForTls(connected, tls, made, result);
            }
        });
    }

    private static void askForTls(
            Connected connected, TargetTls tls, SslContext context, CompletableFuture<Connected> result) {
        Channel channel = connected.channel();
        channel.closeFuture()
                .addListener(closed -> result.completeExceptionally(
                        new RefusedStartup("08006", "the target closed the connection before TLS was settled")));
        channel.pipeline().addLast(new TlsAnswer(connected, tls, context, result));
        channel.writeAndFlush(FrontendMessages.sslRequest());
    }

    /** Waits for the one byte that answers SSLRequest. */
    private static final class TlsAnswer extends SimpleChannelInboundHandler<ByteBuf> {

        private final Connected connected;
        private final TargetTls tls;
        private final SslContext context;
        private final CompletableFuture<Connected> result;

        TlsAnswer(Connected connected, TargetTls tls, SslContext context, CompletableFuture<Connected> result) {
            this.connected = connected;
            this.tls = tls;
            this.context = context;
            this.result = result;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext here, ByteBuf bytes) {
            if (!bytes.isReadable()) {
                return;
            }
            if (bytes.readableBytes() != 1 || bytes.getByte(bytes.readerIndex()) != 'S') {
                result.completeExceptionally(
                        new RefusedStartup("08001", "the target refuses TLS, which its configuration requires"));
                here.close();
                return;
            }
            SslHandler handler = TlsContexts.clientHandler(
                    context,
                    here.channel(),
                    connected.host().host(),
                    connected.host().port(),
                    tls.mode() == Mode.VERIFY_FULL);
            handler.handshakeFuture().addListener((Future<Channel> done) -> {
                if (done.isSuccess()) {
                    result.complete(connected);
                } else {
                    result.completeExceptionally(
                            new RefusedStartup("08001", "the target's certificate does not verify"));
                    here.close();
                }
            });
            here.pipeline().addFirst(handler);
            here.pipeline().remove(this);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext here, Throwable cause) {
            here.close();
        }
    }
}
