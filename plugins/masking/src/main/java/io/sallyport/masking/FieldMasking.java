package io.sallyport.masking;

import io.sallyport.api.action.Resource;
import io.sallyport.api.guardrail.Field;
import io.sallyport.api.guardrail.Mask;
import io.sallyport.api.guardrail.Masking;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The masks of one guardrail: whole values by the field's origin, and findings inside every value. Names are never looked at, for
 * the client chooses them.
 */
final class FieldMasking implements Masking {
    private final List<MaskingConfig.MaskedField> fields;
    private final Masks masks;
    private final boolean masksFields;

    FieldMasking(List<MaskingConfig.MaskedField> fields, Masks masks, boolean masksFields) {
        this.fields = fields;
        this.masks = masks;
        this.masksFields = masksFields;
    }

    @Override
    public @Nullable Mask maskFor(Field field) {
        List<Mask> found = new ArrayList<>(2);
        Mask.Strength whole = strictest(field.origin());
        if (whole != null) {
            found.add(masks.whole(whole, field.type()));
        }
        Mask detecting = masks.detecting(field.type());
        if (detecting != null) {
            found.add(detecting);
        }
        return Layers.of(found);
    }

    private Mask.@Nullable Strength strictest(@Nullable Resource origin) {
        return origin == null
                ? null
                : fields.stream()
                        .filter(masked -> masked.field().touches(origin))
                        .map(MaskingConfig.MaskedField::with)
                        .max(Comparator.naturalOrder())
                        .orElse(null);
    }

    @Override
    public @Nullable Mask textMask() {
        return masks.detecting(Field.Type.TEXT);
    }

    @Override
    public boolean masksFields() {
        return masksFields;
    }
}
