package io.sallyport.kubernetes;

import io.sallyport.api.guardrail.Field;
import io.sallyport.api.guardrail.Mask;
import io.sallyport.api.guardrail.Masking;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Replaces one card number in any text. */
record TestMasking() implements Masking {

    static final String CARD = "4111111111111111";

    @Override
    public @Nullable Mask maskFor(Field field) {
        return new Word();
    }

    @Override
    public Mask textMask() {
        return new Word();
    }

    @Override
    public boolean masksFields() {
        return false;
    }

    private record Word() implements Mask {
        @Override
        public Strength strength() {
            return Strength.PARTIAL;
        }

        @Override
        public boolean apply(byte[] value, int offset, int length, Sink sink) {
            String text = new String(value, offset, length, StandardCharsets.ISO_8859_1);
            if (!text.contains(CARD)) {
                return false;
            }
            byte[] masked = text.replace(CARD, "XXXX").getBytes(StandardCharsets.ISO_8859_1);
            sink.write(masked, 0, masked.length);
            return true;
        }
    }
}
