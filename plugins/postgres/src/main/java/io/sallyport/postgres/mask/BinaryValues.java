package io.sallyport.postgres.mask;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The text of values in binary format, as far as a mask needs it. */
final class BinaryValues {

    private static final int NUMERIC_NEGATIVE = 0x4000;
    private static final int NUMERIC_SPECIAL = 0xC000;

    private BinaryValues() {}

    /** The text, or null if it is not known how this type looks in binary. */
    static @Nullable String text(int type, ByteBuf buffer, int at, int length) {
        if (type == FieldTypes.INT4 && length == 4) {
            return Integer.toString(buffer.getInt(at));
        }
        if (type == FieldTypes.INT8 && length == 8) {
            return Long.toString(buffer.getLong(at));
        }
        if (type == FieldTypes.INT2 && length == 2) {
            return Short.toString(buffer.getShort(at));
        }
        if (type == FieldTypes.OID && length == 4) {
            return Long.toString(buffer.getUnsignedInt(at));
        }
        if (type == FieldTypes.BOOL && length == 1) {
            return buffer.getByte(at) == 0 ? "f" : "t";
        }
        if (type == FieldTypes.FLOAT4 && length == 4) {
            return Float.toString(buffer.getFloat(at));
        }
        if (type == FieldTypes.FLOAT8 && length == 8) {
            return Double.toString(buffer.getDouble(at));
        }
        if (type == FieldTypes.UUID && length == 16) {
            return new UUID(buffer.getLong(at), buffer.getLong(at + 8)).toString();
        }
        if (type == FieldTypes.JSONB && length >= 1 && buffer.getByte(at) == 1) {
            return buffer.toString(at + 1, length - 1, StandardCharsets.UTF_8);
        }
        return type == FieldTypes.NUMERIC ? numeric(buffer, at, length) : null;
    }

    /** numeric_send: digit count, weight, sign, scale, and digits to the base of 10,000. */
    private static @Nullable String numeric(ByteBuf buffer, int at, int length) {
        if (length < 8) {
            return null;
        }
        int digits = buffer.getUnsignedShort(at);
        int weight = buffer.getShort(at + 2);
        int sign = buffer.getUnsignedShort(at + 4);
        int scale = buffer.getUnsignedShort(at + 6);
        if (length != 8 + 2 * digits || (sign & NUMERIC_SPECIAL) == NUMERIC_SPECIAL || weight > 4096) {
            return null;
        }
        StringBuilder text = new StringBuilder();
        if (sign == NUMERIC_NEGATIVE) {
            text.append('-');
        }
        for (int i = 0; i <= weight; i++) {
            appendDigits(text, i < digits ? buffer.getUnsignedShort(at + 8 + 2 * i) : 0);
        }
        if (scale > 0) {
            text.append('.');
            int point = text.length();
            for (int i = weight + 1; text.length() - point < scale; i++) {
                appendDigits(text, i >= 0 && i < digits ? buffer.getUnsignedShort(at + 8 + 2 * i) : 0);
            }
            text.setLength(point + scale);
        }
        return text.toString();
    }

    private static void appendDigits(StringBuilder text, int digits) {
        text.append((char) ('0' + digits / 1000 % 10))
                .append((char) ('0' + digits / 100 % 10))
                .append((char) ('0' + digits / 10 % 10))
                .append((char) ('0' + digits % 10));
    }
}
