package io.sallyport.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The way out to one channel: neighbouring frames of one buffer leave as one slice, without a copy, and everything
 * written during a burst leaves with one flush.
 *
 * <p>A message that is {@linkplain #trickle trickled} leaves in pieces, each when the one before is on the wire, so that no
 * more than a piece of it is ever copied or encrypted; what is written meanwhile waits behind it.
 *
 * <p>Confined to the channel's event loop. Whoever forwards calls {@link #emit()} before the buffer goes away.
 */
@SuppressWarnings({"FutureReturnValueIgnored", "ReferenceEquality"})
public final class Outbound {

    private static final int PIECE = 64 * 1024;

    private final Channel channel;
    private final ArrayDeque<ByteBuf> behind = new ArrayDeque<>(0);
    private @Nullable ByteBuf trickling;
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
        if (trickling != null) {
            behind.add(buffer.retainedSlice(start, end - start));
            return;
        }
        emit();
        run = buffer;
        runStart = start;
        runEnd = end;
    }

    /** Sends a message of our own, after everything forwarded so far; takes over the buffer. */
    public void write(ByteBuf message) {
        if (trickling != null) {
            behind.add(message);
            return;
        }
        emit();
        dirty = true;
        channel.write(message, channel.voidPromise());
    }

    /**
     * Sends bytes of a buffer that somebody else owns piece by piece, after everything forwarded so far.
     *
     * @param sent runs when the last piece is on the wire, never if the channel fails
     */
    public void trickle(ByteBuf buffer, int start, int end, Runnable sent) {
        flush();
        trickling = buffer.retainedSlice(start, end - start);
        sendPiece(sent);
    }

    private void sendPiece(Runnable sent) {
        ByteBuf rest = trickling;
        if (rest == null) {
            return;
        }
        channel.writeAndFlush(rest.readRetainedSlice(Math.min(PIECE, rest.readableBytes())))
                .addListener(written -> {
                    if (!written.isSuccess()) {
                        drop();
                    } else if (rest.isReadable()) {
                        sendPiece(sent);
                    } else {
                        trickled(rest);
                        sent.run();
                    }
                });
    }

    private void trickled(ByteBuf rest) {
        trickling = null;
        rest.release();
        ByteBuf message;
        while ((message = behind.poll()) != null) {
            write(message);
        }
        flush();
    }

    private void drop() {
        ByteBuf rest = trickling;
        if (rest != null) {
            trickling = null;
            rest.release();
        }
        ByteBuf message;
        while ((message = behind.poll()) != null) {
            message.release();
        }
    }

    /** Whether a message is on its way of which the end has not left. */
    public boolean isTrickling() {
        return trickling != null;
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
