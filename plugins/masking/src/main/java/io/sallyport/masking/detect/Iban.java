package io.sallyport.masking.detect;

/**
 * Verifies international bank account numbers: a country of the registry, that country's length, and check digits that are true
 * modulo 97 (ISO 13616-1, ISO 7064). Case and grouping are free.
 */
final class Iban {
    /** Country and length, from the IBAN registry that SWIFT publishes for ISO 13616. */
    private static final String REGISTRY =
            "AD24AE23AL28AT20AZ28BA20BE16BG22BH22BI27BR29BY28CH21CR22CY28CZ24DE22DJ27DK18DO28EE20EG29ES24FI18FK18FO18FR27"
                    + "GB22GE22GI23GL18GR27GT28HN28HR21HU28IE22IL23IQ23IS26IT27JO30KW30KZ20LB28LC32LI21LT20LU20LV21LY25"
                    + "MC27MD24ME22MK19MN20MR27MT31MU30NI28NL18NO15OM23PK24PL28PS29PT25QA29RO24RS22RU33SA24SC31SD18SE24"
                    + "SI19SK24SM27SO23ST25SV28TL23TN24TR26UA29VA22VG24XK20YE30";

    private static final int LONGEST_GAP = 2;
    private static final byte[] LENGTHS = lengths();

    private Iban() {}

    private static byte[] lengths() {
        byte[] lengths = new byte[26 * 26];
        for (int i = 0; i < REGISTRY.length(); i += 4) {
            int country = (REGISTRY.charAt(i) - 'A') * 26 + REGISTRY.charAt(i + 1) - 'A';
            lengths[country] = Byte.parseByte(REGISTRY.substring(i + 2, i + 4));
        }
        return lengths;
    }

    /** The length of an account number of the country whose code is here, or 0. */
    private static int length(int first, int second) {
        if (!Ascii.letter(first) || !Ascii.letter(second)) {
            return 0;
        }
        return LENGTHS[(Ascii.upper(first) - 'A') * 26 + Ascii.upper(second) - 'A'];
    }

    /** Looks for a number whose check digits begin at {@code digit}; the country's code stands before it. */
    static boolean verify(Window window, int digit) {
        int start = digit - 2;
        if (!Ascii.letter(window.at(digit - 1))) {
            if (window.at(digit - 1) != ' ' && window.at(digit - 1) != '-') {
                return false;
            }
            start = digit - 3;
        }
        int length = length(window.at(start), window.at(start + 1));
        if (length == 0 || start < window.free || !Ascii.digit(window.at(digit + 1)) || !window.wordStart(start)) {
            return false;
        }
        return account(window, start, digit, length);
    }

    private static boolean account(Window window, int start, int digit, int length) {
        int remainder = 0;
        int position = digit + 2;
        for (int left = length - 4; left > 0; left--) {
            position = skipGap(window, position);
            int c = window.at(position++);
            if (!Ascii.alphanumeric(c)) {
                window.examined += position - start;
                return false;
            }
            remainder = shift(remainder, c);
        }
        window.examined += position - start;
        remainder = shift(remainder, window.at(start));
        remainder = shift(remainder, window.at(start + 1));
        remainder = shift(remainder, window.at(digit));
        remainder = shift(remainder, window.at(digit + 1));
        return remainder == 1
                && window.wordEnd(position)
                && !window.insideUuid(start, position)
                && window.found(start, position);
    }

    private static int skipGap(Window window, int position) {
        int next = position;
        for (int i = 0; i < LONGEST_GAP; i++) {
            next += window.separator(next);
        }
        return next;
    }

    /** Appends a digit, or a letter as the two digits 10 to 35, to a number that is known modulo 97. */
    private static int shift(int remainder, int c) {
        return Ascii.digit(c) ? (remainder * 10 + c - '0') % 97 : (remainder * 100 + Ascii.upper(c) - 'A' + 10) % 97;
    }
}
