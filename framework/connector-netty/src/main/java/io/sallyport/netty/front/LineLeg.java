package io.sallyport.netty.front;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.LineBasedFrameDecoder;
import io.netty.handler.codec.TooLongFrameException;
import io.sallyport.netty.LastWords;
import io.sallyport.netty.ReadGate;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One side of a connection whose messages are lines.
 *
 * <ol>
 *   <li>A line ends with a line feed, which may follow a carriage return; of a line that is too long nothing is handed over.
 *   <li>Lines wait here until they are taken by {@link #poll}. Above the limit of what may wait the channel is not read, so
 *       that no more comes than what has been received already.
 *   <li>What its owner throws ends it.
 *   <li>Its owner hears once that it ended, and nothing after that or after {@link #end} or {@link #close}.
 * </ol>
 */
@SuppressWarnings("FutureReturnValueIgnored")
public final class LineLeg extends SimpleChannelInboundHandler<ByteBuf> {

    private static final byte[] END = {'\n'};

    private final Channel channel;
    private final ReadGate gate;
    private final Runnable lines;
    private final Consumer<String> ended;
    private final long limit;
    private final ArrayDeque<byte[]> waiting = new ArrayDeque<>();
    private long waitingBytes;
    private boolean closed;

    private LineLeg(Channel channel, long limit, Runnable lines, Consumer<String> ended) {
        this.channel = channel;
        this.gate = new ReadGate(channel);
        this.limit = limit;
        this.lines = lines;
        this.ended = ended;
    }

    /**
     * Adds a leg to a channel's pipeline. On the channel's loop.
     *
     * @param longest the longest line, in bytes
     * @param limit the most bytes that may wait
     * @param lines runs when a line came, and when the peer takes more again
     * @param ended hears why the leg is of no use any more
     */
    public static LineLeg add(Channel channel, int longest, long limit, Runnable lines, Consumer<String> ended) {
        LineLeg leg = new LineLeg(channel, limit, lines, ended);
        channel.pipeline().addLast(new LineBasedFrameDecoder(longest, true, true), leg);
        return leg;
    }

    /** Takes the line that has waited longest; null if there is none. */
    public byte @Nullable [] poll() {
        byte[] line = waiting.poll();
        if (line != null) {
            waitingBytes -= line.length;
            if (!isOverfull()) {
                gate.open(ReadGate.Reason.BACKLOG);
            }
        }
        return line;
    }

    /** Whether more waits than may. */
    public boolean isOverfull() {
        return waitingBytes > limit;
    }

    /** The channel. */
    public Channel channel() {
        return channel;
    }

    /** Whether the peer takes what it is sent. */
    public boolean isWritable() {
        return channel.isWritable();
    }

    /** Sends a line, to which the line's end is added. */
    public void send(byte[] line) {
        channel.writeAndFlush(Unpooled.wrappedBuffer(line, END));
    }

    /** Sends a line of text. */
    public void send(String line) {
        send(line.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends a last line and closes when it has left; nothing is handed over from now on. */
    public void end(String line) {
        closed = true;
        waiting.clear();
        LastWords.say(channel, gate, Unpooled.copiedBuffer(line + "\n", StandardCharsets.UTF_8));
    }

    /** Closes without a word. */
    public void close() {
        closed = true;
        waiting.clear();
        channel.close();
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf line) {
        if (closed) {
            return;
        }
        waiting.add(ByteBufUtil.getBytes(line));
        waitingBytes += line.readableBytes();
        if (isOverfull()) {
            gate.close(ReadGate.Reason.BACKLOG);
        }
        lines.run();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (!closed && channel.isWritable()) {
            lines.run();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        closed("the connection was closed");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        closed(cause instanceof TooLongFrameException ? "a line is too long" : "the connection failed");
    }

    private void closed(String why) {
        if (!closed) {
            closed = true;
            ended.accept(why);
        }
    }
}
