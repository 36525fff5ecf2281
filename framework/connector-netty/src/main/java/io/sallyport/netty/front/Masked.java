package io.sallyport.netty.front;

import io.sallyport.api.guardrail.Mask;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/** Bytes of which an end is a value that a mask may hide. */
public final class Masked {

    private Masked() {}

    /**
     * The bytes with the value masked.
     *
     * @param from where the value begins; it goes on to the end
     * @param mask the mask, null for none
     * @return the very same array if there was nothing to hide
     */
    public static byte[] of(byte[] bytes, int from, @Nullable Mask mask) {
        ByteArrayOutputStream shown = new ByteArrayOutputStream(bytes.length);
        shown.write(bytes, 0, from);
        boolean hidden = mask != null && mask.apply(bytes, from, bytes.length - from, new Into(shown));
        return hidden ? shown.toByteArray() : bytes;
    }

    private record Into(ByteArrayOutputStream shown) implements Mask.Sink {

        @Override
        public void write(byte[] bytes, int offset, int length) {
            shown.write(bytes, offset, length);
        }

        @Override
        public void writeNull() {
            // What is masked to nothing is empty here.
        }
    }
}
