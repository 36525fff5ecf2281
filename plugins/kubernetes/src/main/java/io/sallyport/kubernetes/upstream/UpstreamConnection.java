package io.sallyport.kubernetes.upstream;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.sallyport.kubernetes.http.Framing;
import io.sallyport.kubernetes.http.Head;
import io.sallyport.kubernetes.http.Headers;
import io.sallyport.kubernetes.http.HttpReader;
import io.sallyport.netty.ProtocolException;
import io.sallyport.netty.ReadGate;
import org.jspecify.annotations.Nullable;

/**
 * One connection to an API server: one request at a time, each followed by its answer.
 *
 * <pre>
 *   idle ──send──► waiting ──head──► answering ──end──► idle, or closed if the server says so
 *                     └──101──► tunnel ──► closed
 * </pre>
 *
 * <p>Confined to its event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored")
public final class UpstreamConnection extends ChannelInboundHandlerAdapter implements HttpReader.Events {

    private static final int SWITCHING_PROTOCOLS = 101;

    private final Channel channel;
    private final ReadGate gate;
    private final Upstream owner;
    private final HttpReader reader = new HttpReader(this);
    private @Nullable Answers answers;
    private boolean headOnly;
    private boolean upgrade;
    private boolean interim;
    private boolean answered;
    private boolean last;
    private boolean closed;

    UpstreamConnection(Channel channel, Upstream owner) {
        this.channel = channel;
        this.gate = new ReadGate(channel);
        this.owner = owner;
    }

    /** What reading from the server depends on. */
    public ReadGate gate() {
        return gate;
    }

    /** The channel. */
    public Channel channel() {
        return channel;
    }

    /** Whether the server has begun to answer the present request. */
    public boolean answered() {
        return answered;
    }

    boolean usable() {
        return !closed && channel.isActive() && answers == null;
    }

    /**
     * Sends a request.
     *
     * @param request its bytes, which are taken over
     * @param headMethod whether the answer has no body whatever its head says
     * @param mayUpgrade whether an answer of 101 opens a tunnel; otherwise it breaks the protocol
     */
    public void send(ByteBuf request, boolean headMethod, boolean mayUpgrade, Answers receiver) {
        answers = receiver;
        headOnly = headMethod;
        upgrade = mayUpgrade;
        answered = false;
        last = false;
        channel.writeAndFlush(request);
    }

    /** Sends bytes through the tunnel; takes over the buffer. */
    public void sendRaw(ByteBuf bytes) {
        channel.writeAndFlush(bytes);
    }

    /** Ends the connection; whoever waits for an answer hears nothing more. */
    public void close() {
        answers = null;
        channel.close();
    }

    @Override
    public long head(Head head) {
        Answers receiver = answers;
        if (receiver == null) {
            throw new ProtocolException("an answer to nothing");
        }
        int status = status(head.line());
        if (status == SWITCHING_PROTOCOLS) {
            if (!upgrade) {
                throw new ProtocolException("a change of protocol that nobody asked for");
            }
            answered = true;
            // A command may end while its input is still being sent: what it said last must be read all the same.
            channel.config().setAutoClose(false);
            receiver.head(status, head.headers());
            return Framing.RAW;
        }
        interim = status < 200;
        if (interim) {
            return 0;
        }
        answered = true;
        boolean none = headOnly || status == 204 || status == 304;
        long framing = none ? 0 : Framing.ofAnswer(head.headers());
        last = framing == Framing.UNTIL_CLOSE || head.headers().lists("connection", "close");
        receiver.head(status, head.headers());
        return framing;
    }

    private static int status(String line) {
        boolean known = line.startsWith("HTTP/1.1 ") || line.startsWith("HTTP/1.0 ");
        if (!known || line.length() < 12 || (line.length() > 12 && line.charAt(12) != ' ')) {
            throw new ProtocolException("a status line that is none");
        }
        int status = 0;
        for (int i = 9; i < 12; i++) {
            char c = line.charAt(i);
            if (c < '0' || c > '9') {
                throw new ProtocolException("a status that is no number");
            }
            status = status * 10 + (c - '0');
        }
        if (status < 100) {
            throw new ProtocolException("a status that is no status");
        }
        return status;
    }

    @Override
    public void body(ByteBuf buffer, int start, int end) {
        if (answers != null) {
            answers.body(buffer, start, end);
        }
    }

    @Override
    public void end() {
        if (interim) {
            interim = false;
            return;
        }
        Answers receiver = answers;
        answers = null;
        boolean reuse = !last && receiver != null;
        if (receiver != null) {
            receiver.end();
        }
        gate.openAll();
        if (reuse) {
            owner.idle(this);
        } else {
            channel.close();
        }
    }

    @Override
    public void raw(ByteBuf bytes) {
        if (answers == null) {
            bytes.release();
        } else {
            answers.raw(bytes);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            reader.feed((ByteBuf) message);
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (answers != null) {
            answers.burst();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (answers != null) {
            answers.writable(context.channel().isWritable());
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        try {
            reader.ended();
        } catch (RuntimeException e) {
            failed(e);
        }
        failed(null);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        failed(cause);
    }

    private void failed(@Nullable Throwable cause) {
        Answers receiver = answers;
        answers = null;
        if (!closed) {
            closed = true;
            reader.close();
            owner.gone(this);
            channel.close();
        }
        if (receiver != null) {
            receiver.closed(cause);
        }
    }

    /** Takes an answer; all calls come on the connection's event loop. */
    public interface Answers {

        /** The answer begins; with 101 the connection is a tunnel from here on. */
        void head(int status, Headers headers);

        /** Bytes of the body, in a buffer that is only lent. */
        void body(ByteBuf buffer, int start, int end);

        /** The answer is over. */
        void end();

        /** Bytes of the tunnel; the buffer is taken over. */
        void raw(ByteBuf bytes);

        /** A group of reads is over. */
        void burst();

        /** The server takes more bytes, or should not be given more for now. */
        void writable(boolean writable);

        /** The connection is gone before the answer was over. */
        void closed(@Nullable Throwable cause);
    }
}
