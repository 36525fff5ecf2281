package io.sallyport.masking;

import io.sallyport.api.guardrail.Mask;
import java.util.Arrays;
import java.util.function.IntPredicate;

/** Replaces characters by stars and keeps the others, so that a value keeps its shape. */
final class Stars {
    private static final int UNICODE_ESCAPE = 6;

    private Stars() {}

    static boolean alphanumeric(int c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    }

    /** The length of the JSON escape here, 0 if there is none: its letters and digits are no part of the text. */
    static int escape(byte[] value, int position, int end) {
        if (value[position] != '\\') {
            return 0;
        }
        boolean unicode = position + 1 < end && value[position + 1] == 'u';
        return Math.min(unicode ? UNICODE_ESCAPE : 2, end - position);
    }

    /** Writes a range with stars for the hidden bytes outside of escapes, except the last few of them. */
    static void write(byte[] value, int start, int end, IntPredicate hidden, int keepLast, Mask.Sink sink) {
        byte[] masked = Arrays.copyOfRange(value, start, end);
        int[] kept = new int[keepLast];
        int count = 0;
        int position = start;
        while (position < end) {
            int escape = escape(value, position, end);
            if (escape > 0) {
                position += escape;
                continue;
            }
            if (hidden.test(value[position] & 0xff)) {
                masked[position - start] = '*';
                if (keepLast > 0) {
                    kept[count++ % keepLast] = position;
                }
            }
            position++;
        }
        for (int i = 0; i < Math.min(count, keepLast); i++) {
            masked[kept[i] - start] = value[kept[i]];
        }
        sink.write(masked, 0, masked.length);
    }

    /**
     * Writes any text with stars for its letters and digits, one for each character. At most four ASCII letters and digits stay at
     * the end, and no more than a quarter of them.
     */
    static void text(byte[] value, int start, int end, Mask.Sink sink) {
        byte[] masked = new byte[end - start];
        int left = 0;
        for (int i = start; i < end; i++) {
            left += alphanumeric(value[i] & 0xff) ? 1 : 0;
        }
        int hide = left - Math.min(4, left / 4);
        int length = 0;
        for (int i = start; i < end; i++) {
            int c = value[i] & 0xff;
            if (alphanumeric(c)) {
                masked[length++] = hide-- > 0 ? (byte) '*' : value[i];
            } else if (c < 0x80) {
                masked[length++] = value[i];
            } else if (c >= 0xC0) {
                masked[length++] = '*';
            }
        }
        sink.write(masked, 0, length);
    }
}
