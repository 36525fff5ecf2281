package io.sallyport.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.jspecify.annotations.Nullable;

/**
 * One side of a relayed connection: feeds what its channel reads to a {@link FrameReader} and tells its owner of the rest.
 *
 * <ol>
 *   <li>{@link Events#burst()} follows every group of reads: the owner flushes the other side there.
 *   <li>{@link Events#closed} is called once. The other side's half-close is a close: neither a client that no longer
 *       listens nor a target that no longer speaks is worth waiting for. The reader is closed behind it.
 *   <li>Whatever a call back throws ends the connection by way of {@link Events#failed}.
 * </ol>
 */
@SuppressWarnings("FutureReturnValueIgnored")
public final class Leg extends ChannelInboundHandlerAdapter {

    private final FrameReader reader;
    private Events events;
    private boolean closed;

    /** A side that is not in a pipeline yet. */
    public Leg(FrameReader reader, Events events) {
        this.reader = reader;
        this.events = events;
    }

    /** The reader that this leg feeds. */
    public FrameReader reader() {
        return reader;
    }

    /** Tells somebody else from now on. */
    public void handTo(Events next) {
        events = next;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            reader.feed((ByteBuf) message);
        } catch (RuntimeException e) {
            events.failed(e);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        try {
            events.burst();
        } catch (RuntimeException e) {
            events.failed(e);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        events.writable(context.channel().isWritable());
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        close(null);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        close(cause);
        context.close();
    }

    private void close(@Nullable Throwable cause) {
        if (!closed) {
            closed = true;
            try {
                events.closed(cause);
            } finally {
                reader.close();
            }
        }
    }

    /** What happens on a leg; all calls come on its event loop. */
    public interface Events {

        /** A group of reads is over. */
        void burst();

        /** The channel takes more bytes, or should not be given more for now. */
        void writable(boolean writable);

        /** A frame was wrong, or a call back threw. */
        void failed(RuntimeException cause);

        /** The channel is gone. */
        void closed(@Nullable Throwable cause);
    }
}
