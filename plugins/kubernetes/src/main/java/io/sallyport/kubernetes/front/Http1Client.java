package io.sallyport.kubernetes.front;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.sallyport.kubernetes.http.Framing;
import io.sallyport.kubernetes.http.Head;
import io.sallyport.kubernetes.http.HeadWriter;
import io.sallyport.kubernetes.http.Headers;
import io.sallyport.kubernetes.http.HttpReader;
import io.sallyport.kubernetes.http.RequestLine;
import io.sallyport.kubernetes.relay.Call;
import io.sallyport.kubernetes.relay.ClientSide;
import io.sallyport.kubernetes.relay.Refusals;
import io.sallyport.kubernetes.session.ClusterSessions;
import io.sallyport.netty.LastWords;
import io.sallyport.netty.ProtocolException;
import io.sallyport.netty.ReadGate;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A client that speaks HTTP/1.1: one request at a time. What a client sends behind a request waits until that is answered.
 *
 * <pre>
 *   idle ──head──► asking ──end of body──► waiting ──end of answer──► idle
 *                     └──answered before the end of the body──► closed     └──101──► tunnel
 * </pre>
 *
 * <p>Confined to its event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored")
final class Http1Client extends ChannelInboundHandlerAdapter implements ClientSide, Connections.Open {

    private static final ByteBuf CRLF = Unpooled.unreleasableBuffer(
            Unpooled.wrappedBuffer(new byte[] {'\r', '\n'}).asReadOnly());
    private static final ByteBuf LAST_CHUNK =
            Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII))
                    .asReadOnly());
    private static final int MOST_WAITING = 256 * 1024;

    private final Channel channel;
    private final ClusterSessions sessions;
    private final Connections connections;
    private final ReadGate gate;
    private final HttpReader reader = new HttpReader(new Requests());
    private @Nullable Call call;
    private boolean requestEnded;
    private boolean answerBegun;
    private boolean answerEnded;
    private boolean bodyless;
    private boolean headOnly;
    private boolean expects;
    private boolean chunked;
    private boolean last;
    private boolean closed;

    Http1Client(Channel channel, ClusterSessions sessions, Connections connections) {
        this.channel = channel;
        this.sessions = sessions;
        this.connections = connections;
        this.gate = new ReadGate(channel);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        connections.add(this);
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

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            reader.feed((ByteBuf) message);
            if (reader.backlog() > MOST_WAITING) {
                gate.close(ReadGate.Reason.BACKLOG);
            }
        } catch (ProtocolException e) {
            broken(e.getMessage());
        } catch (RuntimeException e) {
            channel.close();
        }
    }

    private void resume() {
        try {
            reader.resume();
            if (reader.backlog() <= MOST_WAITING) {
                gate.open(ReadGate.Reason.BACKLOG);
            }
        } catch (ProtocolException e) {
            broken(e.getMessage());
        }
    }

    /** The bytes have no reading, or more than one: nothing after them can be trusted. */
    private void broken(String reason) {
        reader.close();
        last = true;
        Call present = call;
        call = null;
        if (present != null) {
            present.gone();
        }
        if (answerBegun && !answerEnded) {
            channel.close();
            return;
        }
        answerBegun = false;
        answerEnded = false;
        requestEnded = false;
        bodyless = false;
        headOnly = false;
        Refusals.malformed(this, reason);
    }

    private void next() {
        call = null;
        if (last || closed) {
            close();
        } else {
            resume();
        }
    }

    private void close() {
        reader.close();
        if (!closed) {
            closed = true;
            LastWords.say(channel, gate, Unpooled.EMPTY_BUFFER);
        }
    }

    @Override
    public EventLoop loop() {
        return channel.eventLoop();
    }

    @Override
    public ByteBufAllocator alloc() {
        return channel.alloc();
    }

    @Override
    public void wantBody(boolean wanted) {
        if (!wanted) {
            reader.pause();
        } else if (!requestEnded) {
            resume();
        }
    }

    @Override
    public void proceed() {
        if (expects) {
            expects = false;
            ByteBuf out = channel.alloc().buffer(32);
            HeadWriter.answer(out, 100);
            HeadWriter.end(out);
            channel.writeAndFlush(out);
        }
    }

    @Override
    public void head(int status, Headers headers, long length) {
        answerBegun = true;
        boolean none = headOnly || status == 204 || status == 304;
        last |= !requestEnded && !bodyless;
        chunked = !none && length < 0;
        ByteBuf out = channel.alloc().buffer(512);
        HeadWriter.answer(out, status);
        HeadWriter.fields(out, headers);
        if (chunked) {
            HeadWriter.field(out, "transfer-encoding", "chunked");
        } else if (length >= 0 && (!none || headOnly)) {
            HeadWriter.field(out, "content-length", Long.toString(length));
        }
        if (last) {
            HeadWriter.field(out, "connection", "close");
        }
        HeadWriter.end(out);
        write(out);
    }

    @Override
    public void body(ByteBuf bytes) {
        if (!bytes.isReadable()) {
            bytes.release();
        } else if (chunked) {
            ByteBuf size = channel.alloc().buffer(12);
            size.writeCharSequence(Integer.toHexString(bytes.readableBytes()), StandardCharsets.US_ASCII);
            write(size.writeByte('\r').writeByte('\n'));
            write(bytes);
            write(CRLF.duplicate());
        } else {
            write(bytes);
        }
    }

    @Override
    public void end() {
        if (chunked) {
            write(LAST_CHUNK.duplicate());
        }
        answerEnded = true;
        if (requestEnded) {
            channel.flush();
            next();
        } else if (!bodyless) {
            channel.flush();
            call = null;
            close();
        }
    }

    private void write(ByteBuf bytes) {
        channel.write(bytes, channel.voidPromise());
    }

    @Override
    public void flush() {
        channel.flush();
    }

    @Override
    public void abort() {
        channel.close();
    }

    @Override
    public boolean writable() {
        return channel.isWritable();
    }

    @Override
    public boolean canTunnel() {
        return true;
    }

    @Override
    public void tunnel(Headers headers) {
        answerBegun = true;
        ByteBuf out = channel.alloc().buffer(256);
        HeadWriter.answer(out, 101);
        HeadWriter.fields(out, headers);
        HeadWriter.end(out);
        channel.writeAndFlush(out);
        reader.raw();
        resume();
    }

    @Override
    public void raw(ByteBuf bytes) {
        write(bytes);
    }

    @Override
    public void wantRaw(boolean wanted) {
        if (wanted) {
            gate.open(ReadGate.Reason.PEER_SLOW);
        } else {
            gate.close(ReadGate.Reason.PEER_SLOW);
        }
    }

    @Override
    public void closeTunnel() {
        close();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        channel.flush();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (call != null) {
            call.writable(channel.isWritable());
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        reader.close();
        closed = true;
        connections.remove(this);
        Call present = call;
        call = null;
        if (present != null) {
            present.gone();
        }
        sessions.close("client-closed", "the client closed the connection");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }

    @Override
    public void drain() {
        channel.eventLoop().execute(() -> {
            last = true;
            if (call == null) {
                close();
            }
        });
    }

    @Override
    public void end(String reason) {
        channel.eventLoop().execute(() -> {
            Call present = call;
            if (present != null) {
                present.sessionEnds(reason);
            }
            sessions.close("shutdown", reason);
            close();
        });
    }

    /** What the client asks for. */
    private final class Requests implements HttpReader.Events {

        @Override
        public long head(Head head) {
            RequestLine line = RequestLine.parse(head.line());
            Headers headers = head.headers();
            long framing = Framing.ofRequest(headers);
            boolean reads = !line.method().startsWith("P") && !line.method().equals("DELETE");
            if (headers.count("host") != 1) {
                throw new ProtocolException("not exactly one Host header");
            }
            if (reads && framing != 0) {
                throw new ProtocolException("a body of a request that has none");
            }
            expects = Framing.expectsContinue(headers);
            bodyless = framing == 0;
            headOnly = line.method().equals("HEAD");
            requestEnded = false;
            answerBegun = false;
            answerEnded = false;
            last |= headers.lists("connection", "close");
            Call made = new Call(Http1Client.this, sessions, line, headers);
            call = made;
            made.start();
            return framing;
        }

        @Override
        public void body(ByteBuf buffer, int start, int end) {
            if (call != null) {
                call.body(buffer, start, end);
            }
        }

        @Override
        public void end() {
            requestEnded = true;
            reader.pause();
            if (answerEnded) {
                next();
            } else if (call != null) {
                call.requested();
            }
        }

        @Override
        public void raw(ByteBuf bytes) {
            if (call == null) {
                bytes.release();
            } else {
                call.raw(bytes);
            }
        }
    }
}
