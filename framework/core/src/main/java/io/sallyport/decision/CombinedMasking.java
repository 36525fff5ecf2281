package io.sallyport.decision;

import io.sallyport.api.guardrail.Field;
import io.sallyport.api.guardrail.Mask;
import io.sallyport.api.guardrail.Masking;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The maskings of several guardrails as one: per field the strictest mask first, the others behind it. */
final class CombinedMasking implements Masking {

    private final List<Masking> parts;

    private CombinedMasking(List<Masking> parts) {
        this.parts = parts;
    }

    /** Null for none, the only one for one, else their combination. */
    static @Nullable Masking of(List<Masking> parts) {
        return switch (parts.size()) {
            case 0 -> null;
            case 1 -> parts.get(0);
            default -> new CombinedMasking(List.copyOf(parts));
        };
    }

    @Override
    public @Nullable Mask maskFor(Field field) {
        List<Mask> masks = new ArrayList<>();
        for (Masking part : parts) {
            Mask mask = part.maskFor(field);
            if (mask != null) {
                masks.add(mask);
            }
        }
        return MaskChain.of(masks);
    }

    @Override
    public @Nullable Mask textMask() {
        List<Mask> masks = new ArrayList<>();
        for (Masking part : parts) {
            Mask mask = part.textMask();
            if (mask != null) {
                masks.add(mask);
            }
        }
        return MaskChain.of(masks);
    }

    @Override
    public boolean masksFields() {
        for (Masking part : parts) {
            if (part.masksFields()) {
                return true;
            }
        }
        return false;
    }

    /** Equal if the parts are, so that connectors may keep what they worked out for a masking. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CombinedMasking that && parts.equals(that.parts);
    }

    @Override
    public int hashCode() {
        return parts.hashCode();
    }
}
