package io.sallyport.masking.detect;

import java.util.EnumSet;
import java.util.Set;

/**
 * A set of detectors that is looked for in one pass.
 *
 * <ol>
 *   <li>Immutable; any thread may use it.
 *   <li>The work is linear in the length of the value, whatever the value is.
 *   <li>A value in which {@link #mayFind} sees no trigger costs no object, and one without a finding no copy.
 * </ol>
 */
public final class Detectors {
    static final byte NOTHING = 0;
    static final byte DIGIT = 1;
    static final byte AT = 2;
    static final byte TOKEN = 3;
    static final byte AWS = 4;
    static final byte ARMOUR = 5;

    /** The shortest finding is an address such as {@code a@b.cc}. */
    private static final int SHORTEST = 6;

    final boolean card;
    final boolean iban;
    final boolean ssn;
    final byte[] triggers = new byte[256];
    private final Set<Detector> active;

    /** Looks for exactly these; for nothing when the set is empty. */
    public Detectors(Set<Detector> active) {
        this.active = active.isEmpty() ? EnumSet.noneOf(Detector.class) : EnumSet.copyOf(active);
        card = active.contains(Detector.CREDIT_CARD);
        iban = active.contains(Detector.IBAN);
        ssn = active.contains(Detector.US_SSN);
        if (card || iban || ssn) {
            for (int digit = '0'; digit <= '9'; digit++) {
                triggers[digit] = DIGIT;
            }
        }
        // The rarest byte of each mark, so that ordinary text seldom stops the pass.
        arm(Detector.EMAIL, '@', AT);
        arm(Detector.JWT, 'J', TOKEN);
        arm(Detector.AWS_ACCESS_KEY, 'I', AWS);
        arm(Detector.PRIVATE_KEY, 'B', ARMOUR);
    }

    private void arm(Detector detector, char trigger, byte kind) {
        if (active.contains(detector)) {
            triggers[trigger] = kind;
        }
    }

    /** Whether nothing is looked for. */
    public boolean isEmpty() {
        return active.isEmpty();
    }

    /** Whether the range holds a byte at which a detector would look closer; without one a pass finds nothing. */
    public boolean mayFind(byte[] bytes, int offset, int length) {
        if (length < SHORTEST) {
            return false;
        }
        for (int i = offset; i < offset + length; i++) {
            if (triggers[bytes[i] & 0xff] != NOTHING) {
                return true;
            }
        }
        return false;
    }

    /**
     * Begins a pass over {@code length} bytes of UTF-8 text from {@code offset} on. The bytes must not change during the pass.
     *
     * @throws IndexOutOfBoundsException when the range does not lie in the array
     */
    public Findings scan(byte[] bytes, int offset, int length) {
        return new Findings(this, bytes, offset, length, false);
    }

    /** Begins a pass over a JSON document, in which no finding goes beyond the string that it begins in. */
    public Findings scanJson(byte[] bytes, int offset, int length) {
        return new Findings(this, bytes, offset, length, true);
    }
}
