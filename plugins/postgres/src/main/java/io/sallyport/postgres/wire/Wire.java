package io.sallyport.postgres.wire;

import io.netty.buffer.ByteBuf;
import io.sallyport.netty.ProtocolException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads fields of a message within the message's bounds.
 *
 * <p>Every method throws {@link ProtocolException} if the field does not lie within the bounds.
 */
public final class Wire {

    /** Bytes before a message's body: type and length. */
    public static final int HEADER = 5;

    /** What a decoder puts where bytes mean nothing; it may also be written by its writer. */
    private static final char REPLACEMENT = '\uFFFD';

    private Wire() {}

    /** Where the zero byte is that ends the string at {@code from}. */
    public static int stringEnd(ByteBuf buffer, int from, int end) {
        int zero = from > end ? -1 : buffer.indexOf(from, end, (byte) 0);
        if (zero < 0) {
            throw new ProtocolException("a string without end");
        }
        return zero;
    }

    /** Text between two offsets. */
    public static String text(ByteBuf buffer, int from, int to, Charset charset) {
        return from == to ? "" : buffer.toString(from, to - from, charset);
    }

    /** Whether the text that was read between two offsets says all that the bytes say, so that they can be had from it again. */
    public static boolean isWhole(String text, ByteBuf buffer, int from, int to, Charset charset) {
        return text.indexOf(REPLACEMENT) < 0 || Arrays.equals(text.getBytes(charset), bytes(buffer, from, to));
    }

    /** A name between two offsets: one character for each byte, so that different bytes are different names. */
    public static String name(ByteBuf buffer, int from, int to) {
        return from == to ? "" : buffer.toString(from, to - from, StandardCharsets.ISO_8859_1);
    }

    /** An unsigned 16-bit number. */
    public static int count(ByteBuf buffer, int from, int end) {
        need(from, 2, end);
        return buffer.getUnsignedShort(from);
    }

    /** A 32-bit number. */
    public static int number(ByteBuf buffer, int from, int end) {
        need(from, 4, end);
        return buffer.getInt(from);
    }

    /** Checks that so many bytes are there. */
    public static void need(int from, long bytes, int end) {
        if (from < 0 || bytes < 0 || bytes > (long) end - from) {
            throw new ProtocolException("a message shorter than its fields");
        }
    }

    /** The columns of the DataRow between two offsets, all in text; null for a null. */
    public static @Nullable String[] row(ByteBuf buffer, int start, int end, Charset charset) {
        int count = count(buffer, start + HEADER, end);
        @Nullable String[] columns = new @Nullable String[count];
        int at = start + HEADER + 2;
        for (int i = 0; i < count; i++) {
            int length = number(buffer, at, end);
            at += 4;
            if (length >= 0) {
                need(at, length, end);
                columns[i] = buffer.toString(at, length, charset);
                at += length;
            }
        }
        return columns;
    }

    /** Bytes between two offsets. */
    public static byte[] bytes(ByteBuf buffer, int from, int to) {
        byte[] bytes = new byte[to - from];
        buffer.getBytes(from, bytes);
        return bytes;
    }
}
