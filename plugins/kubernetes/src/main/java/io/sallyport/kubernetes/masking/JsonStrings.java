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
    private static final long BACKSLASHES = ONES * '\\';

    private JsonStrings() {}

    /** Whether the inside of a string has an escape; strings are long, so eight bytes are looked at in one step. */
    static boolean hasEscape(byte[] raw, int offset, int length) {
        int end = offset + length;
        int at = offset;
        while (at + Long.BYTES <= end) {
            long word = (long) LONGS.get(raw, at) ^ BACKSLASHES;
            if (((word - ONES) & ~word & TOP_BITS) != 0) {
                return true;
            }
            at += Long.BYTES;
        }
        while (at < end && raw[at] != '\\') {
            at++;
        }
        return at < end;
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
