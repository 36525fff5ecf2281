package io.sallyport.masking.detect;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A kind of sensitive value that can be recognised inside any text.
 *
 * <ol>
 *   <li>The configuration names a detector by {@link #label()}; nothing is switched on that is not named.
 *   <li>A detector never looks at column names, only at the bytes of the value.
 * </ol>
 */
public enum Detector {
    /** Payment card numbers of 12 to 19 digits (ISO/IEC 7812-1), grouped or not, with a true Luhn digit. */
    CREDIT_CARD,
    /** E-mail addresses in the practical part of RFC 5322's syntax. */
    EMAIL,
    /** International bank account numbers (ISO 13616) with true check digits, as people write them. */
    IBAN,
    /** United States social security numbers and taxpayer numbers, written {@code 123-45-6789}. */
    US_SSN,
    /** JSON Web Tokens in compact form (RFC 7519). */
    JWT,
    /** Private keys in textual encoding (RFC 7468) and OpenPGP armour (RFC 9580). */
    PRIVATE_KEY,
    /** Identifiers of AWS access keys. */
    AWS_ACCESS_KEY;

    private final String label = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** The name in the configuration, such as {@code credit-card}. */
    public String label() {
        return label;
    }

    /** The detector with this label, or nothing when there is none. */
    public static Optional<Detector> named(String label) {
        for (Detector detector : values()) {
            if (detector.label.equals(label)) {
                return Optional.of(detector);
            }
        }
        return Optional.empty();
    }

    /** All labels, in the order of the documentation. */
    public static List<String> labels() {
        List<String> labels = new ArrayList<>();
        for (Detector detector : values()) {
            labels.add(detector.label);
        }
        return List.copyOf(labels);
    }
}
