package io.sallyport.kubernetes.http;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Looks for single bytes, eight at a time: most of a head is one long token. */
final class Scan {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long TOP_BITS = 0x8080808080808080L;
    private static final long LINE_FEEDS = ONES * '\n';
    private static final long BLANKS = ONES * ' ';
    private static final long DELETES = ONES * 0x7f;

    private Scan() {}

    /** Where the first line feed is, {@code to} if there is none. */
    static int lineFeed(byte[] bytes, int from, int to) {
        int at = from;
        while (at + Long.BYTES <= to && !hasZero((long) LONGS.get(bytes, at) ^ LINE_FEEDS)) {
            at += Long.BYTES;
        }
        while (at < to && bytes[at] != '\n') {
            at++;
        }
        return at;
    }

    /** Where the first control character is, a tab included, {@code to} if there is none. */
    static int control(byte[] bytes, int from, int to) {
        int at = from;
        while (at + Long.BYTES <= to && !hasControl((long) LONGS.get(bytes, at))) {
            at += Long.BYTES;
        }
        while (at < to && !isControl(bytes[at])) {
            at++;
        }
        return at;
    }

    static boolean isControl(byte b) {
        return (b >= 0 && b < ' ') || b == 0x7f;
    }

    private static boolean hasZero(long word) {
        return ((word - ONES) & ~word & TOP_BITS) != 0;
    }

    private static boolean hasControl(long word) {
        return ((word - BLANKS) & ~word & TOP_BITS) != 0 || hasZero(word ^ DELETES);
    }
}
