package io.sallyport.kubernetes.masking;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The inside of JSON strings (RFC 8259, section 7), in UTF-8. */
final class JsonStrings {

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final int REPLACEMENT = 0xFFFD;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long TOP_BITS = 0x8080808080808080L;
    private static final long QUOTES = ONES * '"';
    private static final long BACKSLASHES = ONES * '\\';

    private JsonStrings() {}

    /**
     * Where the first quotation mark or backslash is, {@code to} if there is none. Strings are most of an answer, so eight bytes
     * are looked at in one step.
     */
    static int special(byte[] bytes, int from, int to) {
        int at = from;
        while (at + Long.BYTES <= to) {
            long word = (long) LONGS.get(bytes, at);
            if (hasZero(word ^ QUOTES) || hasZero(word ^ BACKSLASHES)) {
                break;
            }
            at += Long.BYTES;
        }
        while (at < to && bytes[at] != '"' && bytes[at] != '\\') {
            at++;
        }
        return at;
    }

    private static boolean hasZero(long word) {
        return ((word - ONES) & ~word & TOP_BITS) != 0;
    }

    /** Whether the inside of a string, in which no quotation mark stands without a backslash, has an escape. */
    static boolean hasEscape(byte[] raw, int offset, int length) {
        return special(raw, offset, offset + length) < offset + length;
    }

    /** Writes the text that a string's inside stands for. */
    static void unescape(byte[] raw, int offset, int length, MaskedValue out) {
        int end = offset + length;
        int at = offset;
        while (at < end) {
            byte c = raw[at];
            if (c != '\\') {
                out.write(c);
                at++;
                continue;
            }
            if (at + 1 >= end) {
                throw new UnmaskableException("the answer has a string that ends in an escape");
            }
            byte kind = raw[at + 1];
            if (kind == 'u') {
                at = unicode(raw, at, end, out);
            } else {
                out.write(single(kind));
                at += 2;
            }
        }
    }

    private static int single(byte kind) {
        return switch (kind) {
            case '"', '\\', '/' -> kind;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> throw new UnmaskableException("the answer has an escape that JSON does not know");
        };
    }

    private static int unicode(byte[] raw, int at, int end, MaskedValue out) {
        int unit = unit(raw, at, end);
        int next = at + 6;
        int point = unit;
        if (Character.isHighSurrogate((char) unit) && next + 1 < end && raw[next] == '\\' && raw[next + 1] == 'u') {
            int low = unit(raw, next, end);
            if (Character.isLowSurrogate((char) low)) {
                point = Character.toCodePoint((char) unit, (char) low);
                next += 6;
            }
        }
        if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
            point = REPLACEMENT;
        }
        byte[] utf8 = Character.toString(point).getBytes(StandardCharsets.UTF_8);
        out.write(utf8, 0, utf8.length);
        return next;
    }

    private static int unit(byte[] raw, int at, int end) {
        int unit = 0;
        for (int i = at + 2; i < at + 6; i++) {
            int digit = i < end ? Character.digit(raw[i], 16) : -1;
            if (digit < 0) {
                throw new UnmaskableException("the answer has an incomplete escape");
            }
            unit = unit * 16 + digit;
        }
        return unit;
    }

    /** Writes a text as a string with its quotation marks. */
    static void quote(byte[] text, int offset, int length, MaskedValue out) {
        out.write('"');
        for (int i = offset; i < offset + length; i++) {
            int c = text[i];
            if (c == '"' || c == '\\') {
                out.write('\\');
                out.write(c);
            } else if (c == '\n') {
                out.write('\\');
                out.write('n');
            } else if (c >= 0 && c < ' ') {
                out.write(new byte[] {'\\', 'u', '0', '0', HEX[c >> 4], HEX[c & 0xf]}, 0, 6);
            } else {
                out.write(c);
            }
        }
        out.write('"');
    }
}
