package io.sallyport.decision;

import io.sallyport.api.guardrail.Mask;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Several masks on one value. The strictest works first and the milder ones see what it left, so that a detector still
 * hides what a partial mask shows.
 */
final class MaskChain implements Mask {

    private final List<Mask> masks;

    private MaskChain(List<Mask> masks) {
        this.masks = masks;
    }

    static @Nullable Mask of(List<Mask> masks) {
        if (masks.size() < 2) {
            return masks.isEmpty() ? null : masks.get(0);
        }
        List<Mask> strictestFirst = new ArrayList<>(masks);
        strictestFirst.sort(Comparator.comparing(Mask::strength).reversed());
        return new MaskChain(List.copyOf(strictestFirst));
    }

    @Override
    public Strength strength() {
        return masks.get(0).strength();
    }

    @Override
    public boolean apply(byte[] value, int offset, int length, Sink sink) {
        byte[] current = value;
        int from = offset;
        int size = length;
        boolean changed = false;
        for (Mask mask : masks) {
            Collected collected = new Collected();
            if (mask.apply(current, from, size, collected)) {
                if (collected.isNull) {
                    sink.writeNull();
                    return true;
                }
                current = collected.bytes.toByteArray();
                from = 0;
                size = current.length;
                changed = true;
            }
        }
        if (changed) {
            sink.write(current, from, size);
        }
        return changed;
    }

    private static final class Collected implements Sink {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private boolean isNull;

        @Override
        public void write(byte[] part, int offset, int length) {
            bytes.write(part, offset, length);
        }

        @Override
        public void writeNull() {
            isNull = true;
        }
    }
}
