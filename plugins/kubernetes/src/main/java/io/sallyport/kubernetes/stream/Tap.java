package io.sallyport.kubernetes.stream;

import io.netty.buffer.ByteBuf;

/** Reads one direction of a tunnel. Confined to one thread. */
public interface Tap extends AutoCloseable {

    /**
     * Reads the next bytes; the buffer's indices stay as they are.
     *
     * @throws io.sallyport.netty.ProtocolException if they are not what the protocol allows: what follows would not be
     *     understood, so the tunnel must end
     */
    void feed(ByteBuf bytes);

    /** Frees what it holds. */
    @Override
    default void close() {}
}
