package io.sallyport.masking.detect;

/**
 * Verifies payment card numbers: a known issuer range with a length that it issues, a true Luhn digit, and a grouping that
 * people use.
 */
final class Card {
    static final int SHORTEST = 12;
    static final int LONGEST = 19;
    private static final int COMMON = 16;
    private static final int LONGEST_GAP = 3;
    private static final int SHORTEST_UNUSUAL = 14;
    private static final int LONGEST_PHONE = 15;

    private final byte[] digits = new byte[LONGEST];
    private int count;
    private int groups;
    private int previousLength;
    private int gap;
    private boolean fours;
    private boolean amex;
    private boolean uniform;
    private boolean tabbed;
    private boolean bestTabbed;

    /** Looks for a number that begins with the run of digits from {@code first} to {@code runEnd}. */
    boolean verify(Window window, int first, int runEnd) {
        int leading = window.at(first) - '0';
        int length = runEnd - first;
        if (leading < 2 || leading == 7 || length < 3 || length > LONGEST) {
            return false;
        }
        reset();
        int position = first;
        int end = runEnd;
        int best = -1;
        while (accept(window, position, end)) {
            if (count >= SHORTEST && shaped() && Issuers.issues(digits, count) && luhn()) {
                best = end;
                bestTabbed = tabbed;
            }
            int next = nextGroup(window, end, best >= 0);
            if (next < 0) {
                break;
            }
            position = next;
            end = window.digitsEnd(position, LONGEST);
        }
        window.examined += end - first;
        return best >= 0 && !partOfOther(window, first, best) && window.found(first, best);
    }

    private void reset() {
        count = 0;
        groups = 0;
        previousLength = 0;
        gap = 0;
        fours = true;
        amex = true;
        uniform = true;
        tabbed = false;
    }

    /** Takes in one more group; false when no card number continues like this. */
    private boolean accept(Window window, int position, int end) {
        int length = end - position;
        if (count + length > LONGEST) {
            return false;
        }
        fours &= groups == 0 || previousLength == 4;
        amex &= groups == 0 || (groups == 1 && previousLength == 4 && length == 6) || (groups == 2 && length >= 4);
        uniform &= length >= 3;
        for (int i = position; i < end; i++) {
            digits[count++] = (byte) (window.bytes[i] - '0');
        }
        groups++;
        previousLength = length;
        return fours || amex || uniform;
    }

    private boolean shaped() {
        if (groups == 1) {
            return true;
        }
        boolean lastIsShort = previousLength <= 4 || (groups == 3 && previousLength == 5);
        return (fours && lastIsShort)
                || (amex && groups == 3 && previousLength <= 5)
                || (uniform && count >= SHORTEST_UNUSUAL);
    }

    /**
     * The start of the next group of digits, or -1. Gaps that differ, dots and tabs also stand between separate numbers: after
     * them only the usual groupings count, and a number of the common length does not grow across them.
     */
    private int nextGroup(Window window, int end, boolean complete) {
        int position = end;
        int length = 0;
        for (int i = 0; i < LONGEST_GAP; i++) {
            length = window.separator(position);
            if (length == 0) {
                break;
            }
            position += length;
        }
        if (position == end || !Ascii.digit(window.at(position))) {
            return -1;
        }
        int kind = window.separator(end) == position - end ? window.at(position - 1) : -1;
        boolean listLike = kind == -1 || kind == '.' || kind == '\t';
        boolean same = gap == 0 || gap == kind;
        uniform &= same && !listLike;
        if (complete && (groups == 1 || (!same && count >= COMMON))) {
            return -1;
        }
        gap = kind;
        tabbed |= kind == '\t';
        return position;
    }

    /**
     * Whether the digits are a fraction's, an international phone number's (ITU-T E.164), a longer row of numbers', a hash's or a
     * UUID's.
     */
    private boolean partOfOther(Window window, int first, int past) {
        boolean fraction = groups == 1 && window.at(first - 1) == '.' && Ascii.digit(window.at(first - 2));
        boolean phone = window.at(first - 1) == '+' && past - first <= LONGEST_PHONE;
        return fraction
                || phone
                || (bestTabbed && inRow(window, first, past))
                || window.insideHexToken(first, past)
                || window.insideUuid(first, past);
    }

    private static boolean inRow(Window window, int first, int past) {
        boolean after = window.at(first - 1) == '\t' && Ascii.digit(window.at(first - 2));
        boolean before = window.at(past) == '\t' && Ascii.digit(window.at(past + 1));
        return after || before;
    }

    /** ISO/IEC 7812-1 annex B. */
    private boolean luhn() {
        int sum = 0;
        for (int i = 0; i < count; i++) {
            int digit = digits[count - 1 - i];
            int weighed = (i & 1) == 1 ? digit * 2 : digit;
            sum += weighed > 9 ? weighed - 9 : weighed;
        }
        return sum % 10 == 0;
    }
}
