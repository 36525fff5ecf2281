package io.sallyport.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/**
 * The way out to one channel: neighbouring frames of one buffer leave as one slice, without a copy, and everything
 * written during a burst leaves with one flush.
 *
 * <p>Confined to the channel's event loop. Whoever forwards calls {@link #emit()} before the buffer goes away.
 */
@SuppressWarnings({"FutureReturnValueIgnored", "ReferenceEquality"})
public final class Outbound {

    private final Channel channel;
    private @Nullable ByteBuf run;
    private int runStart;
    private int runEnd;
    private boolean dirty;

    /** The way out to a channel. */
    public Outbound(Channel channel) {
        this.channel = channel;
    }

    /** The channel. */
    public Channel channel() {
        return channel;
    }

    /** Sends bytes of a buffer that somebody else owns. */
    public void forward(ByteBuf buffer, int start, int end) {
        if (buffer == run && start == runEnd) {
            runEnd = end;
            return;
        }
        emit();
        run = buffer;
        runStart = start;
        runEnd = end;
    }

    /** Sends a message of our own, after everything forwarded so far; takes over the buffer. */
    public void write(ByteBuf message) {
        emit();
        dirty = true;
        channel.write(message, channel.voidPromise());
    }

    /** Hands the pending slice to the channel. */
    public void emit() {
        ByteBuf buffer = run;
        if (buffer != null) {
            run = null;
            dirty = true;
            channel.write(buffer.retainedSlice(runStart, runEnd - runStart), channel.voidPromise());
        }
    }

    /** Puts everything on the wire. */
    public void flush() {
        emit();
        if (dirty) {
            dirty = false;
            channel.flush();
        }
    }
}
