package io.sallyport.masking;

import io.sallyport.api.guardrail.Field;
import io.sallyport.api.guardrail.Mask;
import io.sallyport.masking.detect.Detector;
import io.sallyport.masking.detect.Detectors;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes the masks of one configuration. Immutable; the masks too. */
final class Masks {
    private final Detectors detectors;
    private final Mask.@Nullable Strength with;
    private final KeyedHash hash;

    Masks(MaskingConfig config) {
        Set<Detector> active = EnumSet.noneOf(Detector.class);
        active.addAll(config.detectors());
        detectors = new Detectors(active);
        with = config.with();
        hash = config.hashKey() == null ? KeyedHash.random() : KeyedHash.with(config.hashKey());
    }

    /** Masks a whole value. Only text and JSON have masks other than null. */
    Mask whole(Mask.Strength strength, Field.Type type) {
        return switch (type) {
            case TEXT, JSON ->
                strength == Mask.Strength.NULL
                        ? new NullMask()
                        : new WholeMask(strength, hash, type == Field.Type.JSON);
            case SCALAR, COMPOSITE, BYTES -> new NullMask();
        };
    }

    /** Masks findings inside a value; null if nothing is looked for there. */
    @Nullable
    Mask detecting(Field.Type type) {
        if (with == null || type == Field.Type.BYTES) {
            return null;
        }
        Replacement replacement =
                switch (with) {
                    case PARTIAL -> new Partial();
                    case HASH -> hash;
                    case REDACT, NULL -> Replacement.REDACTED;
                };
        Mask.Strength strength = type == Field.Type.SCALAR ? Mask.Strength.NULL : with;
        return new DetectorMask(detectors, replacement, strength, type == Field.Type.JSON);
    }
}
