package io.sallyport.masking.detect;

/**
 * The ranges in which card networks issue numbers, and the lengths that they issue, as the networks publish them. A number
 * outside of them is an ordinary number even when its Luhn digit is true, as one in ten is.
 */
final class Issuers {
    private Issuers() {}

    static boolean issues(byte[] digits, int count) {
        int four = digits[0] * 1000 + digits[1] * 100 + digits[2] * 10 + digits[3];
        return visa(four, count)
                || mastercard(four, count)
                || travel(four, count)
                || asian(four, count)
                || discover(four, count)
                || maestro(four, count)
                || regional(four, count);
    }

    private static boolean visa(int four, int count) {
        return within(four, 4000, 4999) && (count == 13 || count == 16 || count == 19);
    }

    private static boolean mastercard(int four, int count) {
        return count == 16 && (within(four, 5100, 5599) || within(four, 2221, 2720));
    }

    /** American Express and Diners Club. */
    private static boolean travel(int four, int count) {
        boolean amex = count == 15 && (within(four, 3400, 3499) || within(four, 3700, 3799));
        boolean diners =
                within(four, 3000, 3059) || four == 3095 || within(four, 3600, 3699) || within(four, 3800, 3999);
        return amex || (diners && (count == 14 || count >= 16));
    }

    /** JCB and UnionPay. */
    private static boolean asian(int four, int count) {
        return count >= 16 && (within(four, 3528, 3589) || within(four, 6200, 6299) || within(four, 8100, 8199));
    }

    private static boolean discover(int four, int count) {
        return count >= 16 && (four == 6011 || within(four, 6440, 6599));
    }

    private static boolean maestro(int four, int count) {
        return count >= Card.SHORTEST
                && (within(four, 5000, 5099)
                        || within(four, 5600, 5899)
                        || four == 6304
                        || within(four, 6330, 6339)
                        || within(four, 6390, 6399)
                        || within(four, 6700, 6799));
    }

    /** Mir, RuPay, Hipercard, InterPayment and Troy. */
    private static boolean regional(int four, int count) {
        boolean mir = within(four, 2200, 2204) && count >= 16;
        boolean rupay = count == 16 && (within(four, 6000, 6099) || within(four, 8200, 8299));
        boolean interPayment = within(four, 6360, 6369) && count >= 16;
        return mir || rupay || interPayment || (four == 9792 && count == 16);
    }

    private static boolean within(int value, int low, int high) {
        return value >= low && value <= high;
    }
}
