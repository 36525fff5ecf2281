package io.sallyport.masking;

import io.sallyport.api.guardrail.Mask;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Two masks on one value: the milder one sees only what the stricter one left. */
final class Layers implements Mask {
    private final Mask stricter;
    private final Mask milder;

    private Layers(Mask stricter, Mask milder) {
        this.stricter = stricter;
        this.milder = milder;
    }

    static @Nullable Mask of(List<Mask> masks) {
        return masks.stream()
                .sorted(Comparator.comparing(Mask::strength).reversed())
                .reduce(Layers::new)
                .orElse(null);
    }

    @Override
    public Strength strength() {
        return stricter.strength();
    }

    @Override
    public boolean apply(byte[] value, int offset, int length, Sink sink) {
        MaskedBytes left = new MaskedBytes();
        if (!stricter.apply(value, offset, length, left)) {
            return milder.apply(value, offset, length, sink);
        }
        if (left.isNull()) {
            sink.writeNull();
        } else if (!milder.apply(left.array(), 0, left.length(), sink)) {
            sink.write(left.array(), 0, left.length());
        }
        return true;
    }
}
