package io.sallyport.kubernetes.front;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.util.ReferenceCountUtil;
import io.sallyport.kubernetes.http.Headers;
import io.sallyport.kubernetes.http.RequestLine;
import io.sallyport.kubernetes.relay.Call;
import io.sallyport.kubernetes.relay.ClientSide;
import io.sallyport.kubernetes.relay.Refusals;
import io.sallyport.kubernetes.session.ClusterSessions;
import io.sallyport.netty.ProtocolException;
import io.sallyport.netty.ReadGate;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One request of a client that speaks HTTP/2: a stream, whose window is the back-pressure. Upgrades are not possible here;
 * kubectl makes them over HTTP/1.1. Confined to its event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored")
final class Http2Client extends ChannelInboundHandlerAdapter implements ClientSide {

    /** Fields of a connection, which a stream does not have (RFC 9113, 8.2.2). */
    private static final Set<String> OF_CONNECTIONS =
            Set.of("connection", "proxy-connection", "keep-alive", "transfer-encoding", "upgrade");

    private static final int MOST_FIELDS = 128;

    private final Channel channel;
    private final ClusterSessions sessions;
    private final Http2Connection connection;
    private final ReadGate gate;
    private @Nullable Call call;
    private boolean started;
    private boolean requestEnded;
    private boolean answerEnded;
    private boolean headOnly;
    private boolean expects;

    Http2Client(Channel channel, ClusterSessions sessions, Http2Connection connection) {
        this.channel = channel;
        this.sessions = sessions;
        this.connection = connection;
        this.gate = new ReadGate(channel);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        connection.began(this);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            if (message instanceof Http2HeadersFrame frame) {
                if (!started) {
                    started = true;
                    head(frame.headers(), frame.isEndStream());
                } else if (frame.isEndStream()) {
                    requested();
                }
            } else if (message instanceof Http2DataFrame frame) {
                data(frame);
            }
        } catch (ProtocolException e) {
            broken(e.getMessage());
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void data(Http2DataFrame frame) {
        ByteBuf bytes = frame.content();
        if (call != null && bytes.isReadable()) {
            call.body(bytes, bytes.readerIndex(), bytes.writerIndex());
        }
        if (frame.isEndStream()) {
            requested();
        }
    }

    private void requested() {
        requestEnded = true;
        if (call != null) {
            call.requested();
        }
    }

    private void head(Http2Headers frame, boolean whole) {
        RequestLine line = RequestLine.of(text(frame.method()), text(frame.path()));
        Headers headers = fields(frame);
        headOnly = line.method().equals("HEAD");
        expects = headers.count("expect") > 0;
        requestEnded = whole;
        Call made = new Call(this, sessions, line, headers);
        call = made;
        made.start();
        if (whole && call != null) {
            made.requested();
        }
    }

    private static String text(@Nullable CharSequence value) {
        return value == null ? "" : value.toString();
    }

    private static Headers fields(Http2Headers frame) {
        Headers headers = new Headers();
        for (Map.Entry<CharSequence, CharSequence> field : frame) {
            String name = field.getKey().toString();
            String value = field.getValue().toString();
            if (name.startsWith(":")) {
                continue;
            }
            if (headers.size() == MOST_FIELDS) {
                throw new ProtocolException("more than " + MOST_FIELDS + " header fields");
            }
            if (OF_CONNECTIONS.contains(name)) {
                throw new ProtocolException("a header field that HTTP/2 does not have");
            }
            check(name, value);
            headers.add(name, value);
        }
        return headers;
    }

    private static void check(String name, String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((c < ' ' && c != '\t') || c == 0x7f || c > 0xff) {
                throw new ProtocolException("a control character in a header field");
            }
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c <= ' ' || c >= 0x7f || (c >= 'A' && c <= 'Z') || c == ':') {
                throw new ProtocolException("a character in a header's name that no name has");
            }
        }
    }

    private void broken(String reason) {
        Call present = call;
        call = null;
        if (present != null) {
            present.gone();
        }
        headOnly = false;
        Refusals.malformed(this, reason);
    }

    /** The gateway ends the connection. */
    void end(String reason) {
        if (call != null) {
            call.sessionEnds(reason);
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
        if (wanted) {
            gate.open(ReadGate.Reason.PEER_SLOW);
        } else {
            gate.close(ReadGate.Reason.PEER_SLOW);
        }
    }

    @Override
    public void proceed() {
        if (expects) {
            expects = false;
            channel.writeAndFlush(new DefaultHttp2HeadersFrame(new DefaultHttp2Headers().status("100")));
        }
    }

    @Override
    public void head(int status, Headers headers, long length) {
        Http2Headers out = new DefaultHttp2Headers(false).status(Integer.toString(status));
        for (int i = 0; i < headers.size(); i++) {
            out.add(headers.name(i), headers.value(i));
        }
        boolean none = status == 204 || status == 304;
        if (length >= 0 && (!none || headOnly)) {
            out.add("content-length", Long.toString(length));
        }
        channel.write(new DefaultHttp2HeadersFrame(out));
    }

    @Override
    public void body(ByteBuf bytes) {
        channel.write(new DefaultHttp2DataFrame(bytes));
    }

    @Override
    public void end() {
        answerEnded = true;
        call = null;
        var written = channel.writeAndFlush(new DefaultHttp2DataFrame(true));
        if (!requestEnded) {
            written.addListener(done -> channel.close());
            gate.openAll();
        }
    }

    @Override
    public void flush() {
        channel.flush();
    }

    @Override
    public void abort() {
        if (!answerEnded) {
            answerEnded = true;
            channel.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.INTERNAL_ERROR))
                    .addListener(done -> channel.close());
        }
    }

    @Override
    public boolean writable() {
        return channel.isWritable();
    }

    @Override
    public boolean canTunnel() {
        return false;
    }

    @Override
    public void tunnel(Headers headers) {
        abort();
    }

    @Override
    public void raw(ByteBuf bytes) {
        bytes.release();
    }

    @Override
    public void wantRaw(boolean wanted) {
        // There is no tunnel.
    }

    @Override
    public void closeTunnel() {
        abort();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (call != null) {
            call.writable(channel.isWritable());
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        connection.ended(this);
        Call present = call;
        call = null;
        if (present != null) {
            present.gone();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
