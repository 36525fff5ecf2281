package io.sallyport.masking.detect;

/**
 * The bytes of one value, and the finding that a verifier made in them.
 *
 * <p>Nothing before {@code free} may be part of a new finding, but it may be looked at: what stands before a number decides
 * whether it is one. Verifiers add what they looked at to {@code examined}, so that a test can hold them to linear work.
 */
final class Window {
    private static final String ESCAPE_LETTERS = "nrtbf";
    private static final int ESCAPE_UNICODE = 6;
    private static final int UUID = 36;
    private static final int LONGEST_TOKEN = 128;

    final byte[] bytes;
    final int from;
    final int limit;
    final boolean json;
    int free;
    int start;
    int end;
    long examined;

    Window(byte[] bytes, int from, int limit, boolean json) {
        this.bytes = bytes;
        this.from = from;
        this.limit = limit;
        this.json = json;
        this.free = from;
    }

    /** The byte at a position as 0 to 255, or -1 outside the value. */
    int at(int position) {
        return position >= from && position < limit ? bytes[position] & 0xff : -1;
    }

    /** Takes down a finding. */
    boolean found(int first, int past) {
        start = first;
        end = past;
        return true;
    }

    /** The end of the run of digits that begins here. */
    int digitsEnd(int position) {
        int i = position;
        while (i < limit && Ascii.digit(bytes[i])) {
            i++;
        }
        return i;
    }

    /** The end of the run of digits that begins here, looking at no more than so many and one. */
    int digitsEnd(int position, int most) {
        int i = position;
        while (i - position <= most && Ascii.digit(at(i))) {
            i++;
        }
        examined += i - position + 1L;
        return i;
    }

    /** How many bytes the separator here has: blanks, hyphens, a dot or a tab, plain or as a JSON escape; 0 when it is none. */
    int separator(int position) {
        return switch (at(position)) {
            case ' ', '-', '.', '\t' -> 1;
            case 0xC2 -> at(position + 1) == 0xA0 ? 2 : 0;
            case 0xE2 -> typographic(at(position + 1), at(position + 2)) ? 3 : 0;
            case '\\' -> escapedSeparator(position);
            default -> 0;
        };
    }

    /** Whether the bytes E2 xx yy are a blank or hyphen: U+2000 to U+200D, U+2010 to U+2015, U+202F, U+2060. */
    private static boolean typographic(int second, int third) {
        if (second == 0x81) {
            return third == 0xA0;
        }
        return second == 0x80
                && ((third >= 0x80 && third <= 0x8D) || (third >= 0x90 && third <= 0x95) || third == 0xAF);
    }

    private int escapedSeparator(int position) {
        if (at(position + 1) == 't') {
            return 2;
        }
        int value = unicodeEscape(position);
        boolean blank = value == 0x09 || value == 0x20 || value == 0x2d || value == 0x2e || value == 0xa0;
        boolean utf = (value >= 0x2000 && value <= 0x200d) || (value >= 0x2010 && value <= 0x2015) || value == 0x202f;
        return blank || utf ? ESCAPE_UNICODE : 0;
    }

    /** The code unit of the escape (u and four hexadecimal digits) whose backslash is here, or -1 when it is none. */
    private int unicodeEscape(int slash) {
        if (at(slash + 1) != 'u') {
            return -1;
        }
        int value = 0;
        for (int i = 2; i < ESCAPE_UNICODE; i++) {
            int c = at(slash + i);
            if (!Ascii.hex(c)) {
                return -1;
            }
            value = value << 4 | Character.digit(c, 16);
        }
        return value;
    }

    /**
     * The first position from here on that is not inside a JSON escape: a replacement must not tear such as a line feed's
     * apart, and the escape's own letters and digits are not part of the text.
     */
    int pastEscape(int position) {
        if (at(position - 1) == '\\' && escapes(position - 1) && ESCAPE_LETTERS.indexOf(at(position)) >= 0) {
            return position + 1;
        }
        for (int back = 1; back < ESCAPE_UNICODE; back++) {
            int slash = position - back;
            if (at(slash) == '\\') {
                return unicodeEscape(slash) >= 0 && escapes(slash) ? slash + ESCAPE_UNICODE : position;
            }
        }
        return position;
    }

    /** Whether a backslash begins an escape, rather than being the escaped half of a pair. */
    boolean escapes(int slash) {
        int first = slash;
        while (at(first - 1) == '\\') {
            first--;
        }
        examined += slash - first + 1L;
        return (slash - first) % 2 == 0;
    }

    /** Whether a word can begin here: no letter or digit stands before it, unless it belongs to an escape or a finding. */
    boolean wordStart(int position) {
        return position == free || !Ascii.alphanumeric(at(position - 1)) || pastEscape(position - 1) == position;
    }

    /** Whether a word can end before this position. */
    boolean wordEnd(int position) {
        return !Ascii.alphanumeric(at(position));
    }

    /** Whether a range of digits is only a piece of a hexadecimal token: letters a to f touch it and nothing else does. */
    boolean insideHexToken(int first, int past) {
        int left = first;
        while (left > free
                && first - left < LONGEST_TOKEN
                && Ascii.alphanumeric(at(left - 1))
                && pastEscape(left - 1) == left - 1) {
            left--;
            if (!Ascii.hex(at(left))) {
                return false;
            }
        }
        int right = past;
        while (right - past < LONGEST_TOKEN && Ascii.alphanumeric(at(right))) {
            if (!Ascii.hex(at(right))) {
                return false;
            }
            right++;
        }
        examined += first - left + right - past;
        return left < first || right > past;
    }

    /** Whether a range lies in a UUID's 8-4-4-4-12 digits, which may happen to be all decimal. */
    boolean insideUuid(int first, int past) {
        int left = first;
        while (left > free && past - left <= UUID && uuidByte(at(left - 1)) && pastEscape(left - 1) == left - 1) {
            left--;
        }
        int right = past;
        while (right - left <= UUID && uuidByte(at(right))) {
            right++;
        }
        examined += right - left;
        return right - left == UUID
                && at(left + 8) == '-'
                && at(left + 13) == '-'
                && at(left + 18) == '-'
                && at(left + 23) == '-';
    }

    private static boolean uuidByte(int c) {
        return Ascii.hex(c) || c == '-';
    }
}
