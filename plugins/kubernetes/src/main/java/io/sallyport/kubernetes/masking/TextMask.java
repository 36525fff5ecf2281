package io.sallyport.kubernetes.masking;

import io.sallyport.api.guardrail.Mask;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Masks running text, such as a log, line by line.
 *
 * <p>A line leaves as soon as it is over. One without an end, and a block of armour (RFC 7468), is held up to a limit; then it is cut
 * where that takes nothing away from what the mask finds. Memory is twice the limit.
 */
final class TextMask implements AnswerMask {

    /** Longer than what a detector looks at, keys included. */
    private static final int LIMIT = 64 << 10;

    /** What is kept of a line without an end, since something may begin in it. */
    private static final int KEPT = 8 << 10;

    /** Longer words are no values that a detector looks for, or are cut without being told apart. */
    private static final int LONGEST_WORD = 4 << 10;

    private static final int CUTS = 32;
    private static final byte[] BEGIN = "-----BEGIN ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = "-----END ".getBytes(StandardCharsets.US_ASCII);

    private final Mask mask;
    private final MaskedValue masked = new MaskedValue();
    private byte[] held = new byte[4096];
    private int length;

    TextMask(Mask mask) {
        this.mask = mask;
    }

    @Override
    public void feed(byte[] bytes, int offset, int count, Sink out) {
        int at = offset;
        int end = offset + count;
        while (at < end) {
            int part = Math.min(end - at, LIMIT);
            append(bytes, at, part);
            at += part;
            lines(out);
            while (length >= LIMIT) {
                cut(out);
            }
        }
    }

    private void append(byte[] bytes, int offset, int count) {
        if (held.length - length < count) {
            held = Arrays.copyOf(held, Math.max(length + count, 2 * held.length));
        }
        System.arraycopy(bytes, offset, held, length, count);
        length += count;
    }

    /** Gives out the lines that are over, but for a block of armour that is not. */
    private void lines(Sink out) {
        int end = length;
        while (end > 0 && held[end - 1] != '\n') {
            end--;
        }
        int armour = openArmour(end);
        give(armour < 0 ? end : armour, out);
    }

    /** Where a line begins in which an armour begins that does not end before a position; -1 if there is none. */
    private int openArmour(int end) {
        int begin = last(BEGIN, end);
        if (begin < 0 || last(END, end) > begin) {
            return -1;
        }
        while (begin > 0 && held[begin - 1] != '\n') {
            begin--;
        }
        return begin;
    }

    private int last(byte[] what, int end) {
        for (int i = end - what.length; i >= 0; i--) {
            if (held[i] == what[0] && Arrays.equals(held, i, i + what.length, what, 0, what.length)) {
                return i;
            }
        }
        return -1;
    }

    /** Gives out the first bytes that are held, masked. */
    private void give(int count, Sink out) {
        if (count == 0) {
            return;
        }
        masked.reset();
        if (mask.apply(held, 0, count, masked)) {
            if (!masked.isNull()) {
                out.write(masked.bytes(), 0, masked.length());
            }
        } else {
            out.write(held, 0, count);
        }
        System.arraycopy(held, count, held, 0, length - count);
        length -= count;
    }

    /** Cuts a long text where both parts, masked apart, are what the whole is. */
    private void cut(Sink out) {
        byte[] whole = maskedRange(0, length);
        for (int i = 0; i < CUTS; i++) {
            int at = boundary(length - KEPT - i * (LIMIT - KEPT) / (2 * CUTS));
            byte[] head = maskedRange(0, at);
            byte[] tail = maskedRange(at, length);
            boolean same = head.length + tail.length == whole.length
                    && Arrays.equals(head, 0, head.length, whole, 0, head.length)
                    && Arrays.equals(tail, 0, tail.length, whole, head.length, whole.length);
            if (same) {
                give(at, out);
                return;
            }
        }
        throw new UnmaskableException("the answer has a text that cannot be masked in parts");
    }

    /** A position at or before another that is not within a character. */
    private int boundary(int position) {
        int at = position;
        while (at > 1 && (held[at] & 0xC0) == 0x80 && position - at < 4) {
            at--;
        }
        return at;
    }

    private byte[] maskedRange(int from, int to) {
        masked.reset();
        if (!mask.apply(held, from, to - from, masked)) {
            return Arrays.copyOfRange(held, from, to);
        }
        return masked.isNull() ? new byte[0] : Arrays.copyOf(masked.bytes(), masked.length());
    }

    /** A word that may go on keeps waiting, with the groups of a number before it: the next one may complete what is hidden. */
    @Override
    public void idle(Sink out) {
        int armour = openArmour(length);
        int end = armour < 0 ? length : armour;
        int begin = wordStart(end);
        while (begin > 1 && held[begin - 1] == ' ' && digit(held[begin - 2])) {
            begin = wordStart(begin - 1);
        }
        give(end - begin > LONGEST_WORD ? end : begin, out);
    }

    private int wordStart(int end) {
        int start = end;
        while (start > 0 && held[start - 1] > ' ') {
            start--;
        }
        return start;
    }

    private static boolean digit(byte c) {
        return c >= '0' && c <= '9';
    }

    @Override
    public void end(Sink out) {
        give(length, out);
    }
}
