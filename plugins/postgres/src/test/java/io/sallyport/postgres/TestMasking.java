package io.sallyport.postgres;

import io.sallyport.api.guardrail.Field;
import io.sallyport.api.guardrail.Mask;
import io.sallyport.api.guardrail.Masking;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Redacts fields by their origin, and replaces the word {@code alice} in any text. */
record TestMasking(Set<String> origins) implements Masking {

    static final Masking SSN = new TestMasking(Set.of("public.customers.ssn"));

    @Override
    public @Nullable Mask maskFor(Field field) {
        if (field.origin() != null && origins.contains(field.origin().toString())) {
            return new Whole();
        }
        return field.type() == Field.Type.BYTES ? null : new Word();
    }

    @Override
    public Mask textMask() {
        return new Word();
    }

    @Override
    public boolean masksFields() {
        return true;
    }

    private record Whole() implements Mask {
        @Override
        public Strength strength() {
            return Strength.REDACT;
        }

        @Override
        public boolean apply(byte[] value, int offset, int length, Sink sink) {
            byte[] mark = "[a\tmask]".getBytes(StandardCharsets.US_ASCII);
            sink.write(mark, 0, mark.length);
            return true;
        }
    }

    private record Word() implements Mask {
        @Override
        public Strength strength() {
            return Strength.PARTIAL;
        }

        @Override
        public boolean apply(byte[] value, int offset, int length, Sink sink) {
            String text = new String(value, offset, length, StandardCharsets.ISO_8859_1);
            if (!text.contains("alice")) {
                return false;
            }
            byte[] masked = text.replace("alice", "*****").getBytes(StandardCharsets.ISO_8859_1);
            sink.write(masked, 0, masked.length);
            return true;
        }
    }
}
