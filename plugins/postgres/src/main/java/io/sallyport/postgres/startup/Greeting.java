package io.sallyport.postgres.startup;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import io.sallyport.netty.ProtocolException;
import io.sallyport.postgres.wire.BackendMessages;
import io.sallyport.postgres.wire.FrontendMessages;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The packets before a session: encryption requests, a cancel request, or the startup message.
 *
 * <pre>
 *   first byte 0x16 ─────────────► TLS ──► StartupMessage or CancelRequest
 *   [GSSENCRequest ► N] [SSLRequest ► S ► TLS | ► N] ──► StartupMessage or CancelRequest
 * </pre>
 *
 * <ol>
 *   <li>Each encryption request is taken once, and nothing may follow it before its answer: such bytes could later be read
 *       as if they had come inside TLS.
 *   <li>A startup message in clear is taken from a loopback address only, and only if the configuration says so.
 *   <li>A connection that does not become a session within the login timeout is closed without a record.
 * </ol>
 */
@SuppressWarnings("FutureReturnValueIgnored")
public final class Greeting extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(Greeting.class);
    private static final int LONGEST_STARTUP = 10_000;
    private static final int HEAD = 8;
    private static final int SHORTEST_CANCEL = HEAD + 4 + 4;
    private static final int LONGEST_CANCEL = HEAD + 4 + 256;
    private static final int TLS_HANDSHAKE = 0x16;

    private final Services services;
    private final Relays relays;
    private @Nullable ByteBuf pending;
    private @Nullable Future<?> timeout;
    private boolean gssAsked;
    private boolean sslAsked;
    private boolean done;

    /** The first handler of an accepted connection. */
    public Greeting(Services services, Relays relays) {
        this.services = services;
        this.relays = relays;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        timeout = context.executor()
                .schedule(
                        () -> context.close(),
                        services.context().limits().loginTimeout().toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (timeout != null && !done) {
            timeout.cancel(false);
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        if (pending != null) {
            pending.release();
            pending = null;
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.debug("a connection failed before login: {}", cause.toString());
        context.close();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        if (done) {
            bytes.release();
            return;
        }
        ByteBuf all = pending;
        if (all == null) {
            pending = bytes;
        } else {
            pending = context.alloc()
                    .buffer(all.readableBytes() + bytes.readableBytes())
                    .writeBytes(all)
                    .writeBytes(bytes);
            all.release();
            bytes.release();
        }
        try {
            read(context);
        } catch (ProtocolException e) {
            LOG.info(
                    "protocol violation before login from {}: {}",
                    context.channel().remoteAddress(),
                    e.getMessage());
            refuse(context, "08P01", e.getMessage());
        }
    }

    private void read(ChannelHandlerContext context) {
        ByteBuf bytes = pending;
        if (bytes == null || !bytes.isReadable()) {
            return;
        }
        SslContext tls = services.tls();
        if (!gssAsked
                && !sslAsked
                && tls != null
                && !encrypted(context)
                && bytes.getUnsignedByte(bytes.readerIndex()) == TLS_HANDSHAKE) {
            startDirectTls(context, tls, bytes);
            return;
        }
        if (bytes.readableBytes() < HEAD) {
            return;
        }
        int length = bytes.getInt(bytes.readerIndex());
        if (length < HEAD || length > LONGEST_STARTUP) {
            throw new ProtocolException("invalid length of startup packet");
        }
        if (bytes.readableBytes() >= length) {
            packet(context, bytes, length);
        }
    }

    private void packet(ChannelHandlerContext context, ByteBuf bytes, int length) {
        int code = bytes.getInt(bytes.readerIndex() + 4);
        switch (code) {
            case FrontendMessages.SSL_REQUEST -> {
                onlyOnce(sslAsked || encrypted(context), length, bytes);
                sslAsked = true;
                answerSsl(context);
            }
            case FrontendMessages.GSS_REQUEST -> {
                onlyOnce(gssAsked || encrypted(context), length, bytes);
                gssAsked = true;
                context.writeAndFlush(Unpooled.buffer(1).writeByte('N'));
            }
            case FrontendMessages.CANCEL_REQUEST -> cancel(context, bytes, length);
            default -> startup(context, bytes, length, code);
        }
    }

    private static boolean encrypted(ChannelHandlerContext context) {
        return context.pipeline().get(SslHandler.class) != null;
    }

    private static void onlyOnce(boolean again, int length, ByteBuf bytes) {
        if (again || length != HEAD) {
            throw new ProtocolException("an encryption request out of place");
        }
        if (bytes.readableBytes() > HEAD) {
            throw new ProtocolException("bytes in clear behind an encryption request");
        }
        bytes.skipBytes(HEAD);
    }

    private void answerSsl(ChannelHandlerContext context) {
        SslContext tls = services.tls();
        if (tls == null) {
            context.writeAndFlush(Unpooled.buffer(1).writeByte('N'));
            return;
        }
        dropPending();
        context.writeAndFlush(Unpooled.buffer(1).writeByte('S'));
        context.pipeline().addFirst(tls.newHandler(context.alloc()));
    }

    private void startDirectTls(ChannelHandlerContext context, SslContext tls, ByteBuf bytes) {
        pending = null;
        SslHandler handler = tls.newHandler(context.alloc());
        handler.handshakeFuture().addListener(handshake -> {
            if (!handshake.isSuccess() || !"postgresql".equals(handler.applicationProtocol())) {
                context.close();
            }
        });
        context.pipeline().addFirst(handler);
        context.pipeline().fireChannelRead(bytes);
    }

    private void dropPending() {
        if (pending != null) {
            pending.release();
            pending = null;
        }
    }

    private void cancel(ChannelHandlerContext context, ByteBuf bytes, int length) {
        if (length >= SHORTEST_CANCEL && length <= LONGEST_CANCEL) {
            int from = bytes.readerIndex() + HEAD;
            byte[] secret = new byte[length - HEAD - 4];
            bytes.getBytes(from + 4, secret);
            Runnable cancel = services.cancelKeys().find(bytes.getInt(from), secret);
            if (cancel != null) {
                cancel.run();
            }
        }
        done = true;
        context.close();
    }

    private void startup(ChannelHandlerContext context, ByteBuf bytes, int length, int code) {
        if (code >>> 16 != 3) {
            refuse(context, "0A000", "unsupported frontend protocol " + (code >>> 16) + "." + (code & 0xffff));
            return;
        }
        if (!encrypted(context) && !clearAllowed(context)) {
            refuse(context, "28000", "connections without TLS are not let in: use sslmode=verify-full");
            return;
        }
        Future<?> running = timeout;
        if (running == null) {
            throw new IllegalStateException("bytes before the channel was active");
        }
        StartupMessage message = StartupMessage.read(bytes.slice(bytes.readerIndex(), length));
        bytes.skipBytes(length);
        ByteBuf rest = bytes.isReadable() ? bytes.retainedSlice() : Unpooled.EMPTY_BUFFER;
        done = true;
        new Login(services, relays, context.channel(), running).start(context, message, rest);
    }

    private boolean clearAllowed(ChannelHandlerContext context) {
        return services.plaintext()
                && context.channel().remoteAddress() instanceof InetSocketAddress address
                && address.getAddress().isLoopbackAddress();
    }

    private void refuse(ChannelHandlerContext context, String code, String reason) {
        done = true;
        if (timeout != null) {
            timeout.cancel(false);
        }
        context.writeAndFlush(BackendMessages.error("FATAL", code, "sallyport: " + reason, StandardCharsets.UTF_8))
                .addListener(ChannelFutureListener.CLOSE);
    }
}
