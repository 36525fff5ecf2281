package io.sallyport.kubernetes.stream;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** Reads one direction of a tunnel. Confined to one thread. */
public interface Tap extends AutoCloseable {

    /**
     * Reads the next bytes; the buffer's indices stay as they are.
     *
     * @throws io.sallyport.netty.ProtocolException if they are not what the protocol allows: what follows would not be
     *     understood, so the tunnel must end
     */
    void feed(ByteBuf bytes);

    /**
     * Reads the next bytes and gives those that may go on; takes over the buffer and hands over the one that it gives.
     *
     * @throws io.sallyport.netty.ProtocolException as {@link #feed} does; the buffer is taken over all the same
     */
    default ByteBuf pass(ByteBuf bytes) {
        try {
            feed(bytes);
            return bytes;
        } catch (RuntimeException e) {
            bytes.release();
            throw e;
        }
    }

    /** The connection is over: what was held back, null if this tap holds nothing back. */
    default @Nullable ByteBuf last() {
        return null;
    }

    /** Nothing came for a moment: what was held back, null if nothing is. */
    default @Nullable ByteBuf idle() {
        return null;
    }

    /** Frees what it holds. */
    @Override
    default void close() {}
}
