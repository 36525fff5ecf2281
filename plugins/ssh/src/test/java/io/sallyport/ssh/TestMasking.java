package io.sallyport.ssh;

import io.sallyport.api.guardrail.Field;
import io.sallyport.api.guardrail.Mask;
import io.sallyport.api.guardrail.Masking;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Hides one word wherever it stands. */
final class TestMasking implements Masking {

    private final String word;

    private TestMasking(String word) {
        this.word = word;
    }

    static Masking hiding(String word) {
        return new TestMasking(word);
    }

    @Override
    public @Nullable Mask maskFor(Field field) {
        return null;
    }

    @Override
    public Mask textMask() {
        return new Mask() {
            @Override
            public Strength strength() {
                return Strength.PARTIAL;
            }

            @Override
            public boolean apply(byte[] value, int offset, int length, Sink sink) {
                String text = new String(value, offset, length, StandardCharsets.ISO_8859_1);
                if (!text.contains(word)) {
                    return false;
                }
                byte[] hidden = text.replace(word, "*").getBytes(StandardCharsets.ISO_8859_1);
                sink.write(hidden, 0, hidden.length);
                return true;
            }
        };
    }

    @Override
    public boolean masksFields() {
        return false;
    }
}
