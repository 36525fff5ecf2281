package io.sallyport.masking;

import io.sallyport.api.config.Default;
import io.sallyport.api.config.Description;
import io.sallyport.api.config.ResourcePattern;
import io.sallyport.api.config.Secret;
import io.sallyport.api.guardrail.Mask.Strength;
import io.sallyport.masking.detect.Detector;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a masking guardrail hides.
 *
 * <ol>
 *   <li>An empty list of detectors means that no detector runs.
 *   <li>How the detectors mask must be said; there is no default that could be too mild.
 * </ol>
 *
 * @param fields the fields that are masked as a whole, by their origin
 * @param detectors what is looked for inside all other values
 * @param with how the detectors' findings are masked
 * @param hashKey the key of hashes; a random one if it is absent
 */
@Description("Hides fields by their origin, and sensitive values inside any text.")
public record MaskingConfig(
        @Description("Fields that are masked as a whole wherever they come out.") @Default("[]")
        List<MaskedField> fields,

        @Description(
                "What is looked for inside texts: credit-card, email, iban, us-ssn, jwt, private-key, aws-access-key.")
        @Default("[]")
        List<Detector> detectors,

        @Description(
                "How the detectors mask what they find: partial, hash, redact or \"null\". Needed if there are detectors.")
        @Nullable
        Strength with,

        @Description("The key of the hashes. Without it hashes differ from one start of a gateway to the next.")
        @Nullable
        Secret hashKey) {

    private static final int SHORTEST_KEY = 16;

    /** Checks and copies. */
    public MaskingConfig {
        fields = List.copyOf(fields);
        detectors = List.copyOf(detectors);
        if (!detectors.isEmpty() && with == null) {
            throw new IllegalArgumentException("detectors need 'with': partial, hash, redact or \"null\" (in quotes)");
        }
        if (detectors.isEmpty() && with != null) {
            throw new IllegalArgumentException("'with' says how detectors mask, but there are no detectors");
        }
        if (hashKey != null && !longEnough(hashKey)) {
            throw new IllegalArgumentException("'hash-key' needs at least " + SHORTEST_KEY + " bytes");
        }
    }

    private static boolean longEnough(Secret key) {
        byte[] copy = key.copy();
        Arrays.fill(copy, (byte) 0);
        return copy.length >= SHORTEST_KEY;
    }

    /**
     * One field.
     *
     * @param field its origin
     * @param with how its values are masked
     */
    public record MaskedField(
            @Description("The origin of the field, such as public.customers.ssn.")
            ResourcePattern field,

            @Description("How its values are masked: partial, hash, redact or \"null\".")
            Strength with) {

        /** Checks both. */
        public MaskedField {
            Objects.requireNonNull(field, "field");
            Objects.requireNonNull(with, "with");
        }
    }
}
