package io.sallyport.postgres.mask;

import io.netty.buffer.ByteBuf;
import io.sallyport.api.guardrail.Mask;
import java.util.Arrays;

/** Takes what a mask writes, so that a value and its length can be written together. */
final class MaskedValue implements Mask.Sink {

    private byte[] bytes = new byte[64];
    private int length;
    private boolean isNull;

    void reset() {
        length = 0;
        isNull = false;
    }

    @Override
    public void write(byte[] from, int offset, int count) {
        if (bytes.length - length < count) {
            bytes = Arrays.copyOf(bytes, Math.max(length + count, 2 * bytes.length));
        }
        System.arraycopy(from, offset, bytes, length, count);
        length += count;
    }

    @Override
    public void writeNull() {
        isNull = true;
    }

    /** Whether there is no value. */
    boolean isNull() {
        return isNull;
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    /** Writes length and value; null where a text is not valid. */
    void writeTo(ByteBuf out, boolean textIsValid) {
        if (isNull || !textIsValid) {
            out.writeInt(-1);
        } else {
            out.writeInt(length).writeBytes(bytes, 0, length);
        }
    }
}
