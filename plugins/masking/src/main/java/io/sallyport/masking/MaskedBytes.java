package io.sallyport.masking;

import io.sallyport.api.guardrail.Mask;
import java.util.Arrays;

/** A sink that keeps the masked value. For one thread. */
final class MaskedBytes implements Mask.Sink {
    private byte[] array = new byte[64];
    private int length;
    private boolean isNull;

    @Override
    public void write(byte[] bytes, int offset, int count) {
        int needed = Math.addExact(length, count);
        if (needed > array.length) {
            array = Arrays.copyOf(array, (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(needed, array.length * 2L)));
        }
        System.arraycopy(bytes, offset, array, length, count);
        length = needed;
    }

    @Override
    public void writeNull() {
        isNull = true;
    }

    byte[] array() {
        return array;
    }

    int length() {
        return length;
    }

    boolean isNull() {
        return isNull;
    }
}
