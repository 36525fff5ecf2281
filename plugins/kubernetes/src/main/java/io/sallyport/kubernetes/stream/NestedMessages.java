package io.sallyport.kubernetes.stream;

import io.netty.buffer.Unpooled;

/** Messages of {@code SPDY/3.1+portforward.k8s.io}: their bytes, one after the other, are a SPDY connection. */
public final class NestedMessages implements WebSocketTap.Messages {

    private final Tap inner;

    /** Messages that carry what the inner tap reads. */
    public NestedMessages(Tap inner) {
        this.inner = inner;
    }

    @Override
    public void part(byte[] bytes, int length) {
        inner.feed(Unpooled.wrappedBuffer(bytes, 0, length));
    }

    @Override
    public void end() {
        // Where a message ends means nothing to the connection inside.
    }

    @Override
    public void close() {
        inner.close();
    }
}
