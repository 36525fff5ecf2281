package io.sallyport.postgres.mask;

import io.netty.buffer.ByteBuf;
import io.sallyport.api.guardrail.Field;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The text of values in binary format, as far as a mask needs it. */
final class BinaryValues {

    private static final LocalDate EPOCH = LocalDate.of(2000, 1, 1);
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
        return switch (type) {
            case FieldTypes.NUMERIC -> numeric(buffer, at, length);
            case FieldTypes.DATE ->
                length == 4 ? EPOCH.plusDays(buffer.getInt(at)).toString() : null;
            case FieldTypes.TIMESTAMP, FieldTypes.TIMESTAMPTZ -> length == 8 ? moment(buffer.getLong(at)) : null;
            case FieldTypes.TIME, FieldTypes.TIMETZ, FieldTypes.INTERVAL, FieldTypes.MONEY ->
                length >= 8 ? Long.toString(buffer.getLong(at)) : null;
            case FieldTypes.INET, FieldTypes.CIDR -> address(buffer, at, length);
            default -> array(buffer, at, length);
        };
    }

    private static String moment(long microseconds) {
        boolean infinite = microseconds == Long.MAX_VALUE || microseconds == Long.MIN_VALUE;
        return infinite
                ? "infinity"
                : EPOCH.atStartOfDay().plus(microseconds, ChronoUnit.MICROS).toString();
    }

    /** inet_send: family, bits, whether it is a network, length, address. */
    private static @Nullable String address(ByteBuf buffer, int at, int length) {
        if (length != 8 && length != 20) {
            return null;
        }
        StringBuilder text = new StringBuilder();
        for (int i = 4; i < length; i++) {
            text.append(i == 4 ? "" : ".").append(buffer.getUnsignedByte(at + i));
        }
        return text.toString();
    }

    /** array_send: dimensions, null flag, element type, two numbers for each dimension, and the elements with lengths. */
    private static @Nullable String array(ByteBuf buffer, int at, int length) {
        if (length < 12) {
            return null;
        }
        int dimensions = buffer.getInt(at);
        int flag = buffer.getInt(at + 4);
        int type = buffer.getInt(at + 8);
        if (dimensions < 0 || dimensions > 6 || (flag & ~1) != 0 || 12 + 8 * dimensions > length) {
            return null;
        }
        StringBuilder text = new StringBuilder("{");
        int end = at + length;
        int next = at + 12 + 8 * dimensions;
        while (next < end) {
            int size = end - next < 4 ? -2 : buffer.getInt(next);
            next += 4;
            if (size < -1 || size > end - next) {
                return null;
            }
            String element = size < 0 ? "NULL" : element(type, buffer, next, size);
            if (element == null) {
                return null;
            }
            text.append(element).append(',');
            next += Math.max(size, 0);
        }
        return text.append('}').toString();
    }

    private static @Nullable String element(int type, ByteBuf buffer, int at, int length) {
        boolean readable = FieldTypes.of(type) == Field.Type.TEXT || type == FieldTypes.JSON;
        if (readable) {
            return buffer.toString(at, length, StandardCharsets.UTF_8);
        }
        return FieldTypes.of(type) == Field.Type.COMPOSITE ? null : text(type, buffer, at, length);
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
