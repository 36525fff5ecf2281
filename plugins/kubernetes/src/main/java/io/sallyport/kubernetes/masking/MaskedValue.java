package io.sallyport.kubernetes.masking;

import io.sallyport.api.guardrail.Mask;
import java.util.Arrays;

/** Takes what a mask writes, or any other bytes that belong together. For one thread. */
final class MaskedValue implements Mask.Sink {

    private byte[] bytes = new byte[256];
    private int length;
    private boolean isNull;

    void reset() {
        length = 0;
        isNull = false;
    }

    @Override
    public void write(byte[] from, int offset, int count) {
        if (bytes.length - length < count) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(length, count), 2 * bytes.length));
        }
        System.arraycopy(from, offset, bytes, length, count);
        length += count;
    }

    void write(int octet) {
        if (bytes.length == length) {
            bytes = Arrays.copyOf(bytes, 2 * length);
        }
        bytes[length++] = (byte) octet;
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
}
