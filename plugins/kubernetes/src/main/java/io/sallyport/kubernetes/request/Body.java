package io.sallyport.kubernetes.request;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/** A request's body as it arrives; what is kept grows with what has come, never with what was announced. */
public final class Body {

    private static final byte[] NONE = new byte[0];
    private static final int FIRST = 4 * 1024;

    private byte[] bytes = NONE;
    private int length;

    /** Appends bytes; false if there would be more than may be. */
    public boolean add(ByteBuf buffer, int start, int end, long limit) {
        int more = end - start;
        if (length + (long) more > limit) {
            bytes = NONE;
            length = 0;
            return false;
        }
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(FIRST, Math.max(length + more, bytes.length + bytes.length / 2)));
        }
        buffer.getBytes(start, bytes, length, more);
        length += more;
        return true;
    }

    /** The whole body. */
    public byte[] whole() {
        if (bytes.length != length) {
            bytes = Arrays.copyOf(bytes, length);
        }
        return bytes;
    }
}
