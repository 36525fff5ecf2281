package io.sallyport.ssh.output;

import io.sallyport.api.guardrail.Mask;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Masks a stream of bytes by whole lines.
 *
 * <ol>
 *   <li>Nothing leaves before its line is complete or the stream ends; a block that begins with {@code -----BEGIN} leaves
 *       when its {@code -----END} line is complete.
 *   <li>Of a line that is longer than the window, what ends at white space leaves; where there is none, nothing does and
 *       {@link #feed} says so.
 *   <li>At most one window is kept.
 *   <li>Where what cannot be masked may pass, lines that are not text (NUL, not UTF-8) pass as they are, and lines that are
 *       longer than the window, or are waited for, pass in parts.
 * </ol>
 */
public final class LineMask {

    /** The most bytes of one line that are looked at together. */
    public static final int WINDOW = 64 * 1024;

    private static final byte[] BEGIN = "-----BEGIN".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = "-----END".getBytes(StandardCharsets.US_ASCII);

    private final Mask mask;
    private final Taker taker;
    private final boolean lenient;
    private byte[] kept = new byte[1024];
    private int size;

    /** Takes what may leave. */
    @FunctionalInterface
    public interface Taker {
        /** Bytes that may leave; the array is good during the call only. */
        void take(byte[] bytes, int offset, int length);
    }

    /** A stream that is masked. */
    public LineMask(Mask mask, Taker taker) {
        this(mask, taker, false);
    }

    /**
     * A stream that is masked.
     *
     * @param lenient whether what cannot be masked may pass
     */
    public LineMask(Mask mask, Taker taker, boolean lenient) {
        this.mask = mask;
        this.taker = taker;
        this.lenient = lenient;
    }

    /** How much waits for the end of its line. */
    public int waiting() {
        return size;
    }

    /**
     * Takes what arrived.
     *
     * @return false if a line cannot be judged: nothing more of the stream may leave
     */
    public boolean feed(byte[] bytes, int offset, int length) {
        int from = offset;
        int end = offset + length;
        while (from < end) {
            int part = Math.min(end - from, WINDOW - size);
            keep(bytes, from, part);
            from += part;
            int whole = complete();
            if (whole == 0 && size == WINDOW) {
                whole = lastSpace();
                if (whole == 0 && lenient) {
                    whole = size;
                }
                if (whole == 0) {
                    return false;
                }
            }
            emit(whole);
        }
        return true;
    }

    /** The stream has ended: what is left leaves. */
    public void end() {
        emit(size);
    }

    private void keep(byte[] bytes, int offset, int length) {
        if (kept.length < size + length) {
            byte[] larger = new byte[Math.min(WINDOW, Math.max(size + length, 2 * kept.length))];
            System.arraycopy(kept, 0, larger, 0, size);
            kept = larger;
        }
        System.arraycopy(bytes, offset, kept, size, length);
        size += length;
    }

    /** How much ends with a line, without a block that has no end yet. */
    private int complete() {
        int last = size - 1;
        while (last >= 0 && kept[last] != '\n') {
            last--;
        }
        int whole = last + 1;
        int begin = lastIndexOf(BEGIN, whole);
        if (begin >= 0 && lastIndexOf(END, whole) < begin) {
            return begin;
        }
        return whole;
    }

    private int lastIndexOf(byte[] what, int end) {
        for (int i = end - what.length; i >= 0; i--) {
            int j = 0;
            while (j < what.length && kept[i + j] == what[j]) {
                j++;
            }
            if (j == what.length) {
                return i;
            }
        }
        return -1;
    }

    private int lastSpace() {
        int last = size - 1;
        while (last >= 0 && kept[last] != ' ' && kept[last] != '\t' && kept[last] != '\n' && kept[last] != 0) {
            last--;
        }
        return last + 1;
    }

    private void emit(int length) {
        if (length == 0) {
            return;
        }
        int from = 0;
        while (from < length) {
            boolean text = !lenient || isText(from, lineEnd(from, length));
            int to = lineEnd(from, length);
            while (to < length && lenient && isText(to, lineEnd(to, length)) == text) {
                to = lineEnd(to, length);
            }
            if (text) {
                emitMasked(from, lenient ? to : length);
            } else {
                taker.take(kept, from, to - from);
            }
            from = lenient ? to : length;
        }
        System.arraycopy(kept, length, kept, 0, size - length);
        size -= length;
    }

    private int lineEnd(int from, int end) {
        int at = from;
        while (at < end && kept[at] != '\n') {
            at++;
        }
        return Math.min(end, at + 1);
    }

    private boolean isText(int from, int to) {
        boolean ascii = true;
        for (int i = from; i < to; i++) {
            if (kept[i] == 0) {
                return false;
            }
            ascii &= kept[i] > 0;
        }
        try {
            return ascii || StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(kept, from, to - from)) != null;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private void emitMasked(int from, int to) {
        Masked masked = new Masked();
        if (mask.apply(kept, from, to - from, masked)) {
            byte[] bytes = masked.bytes.toByteArray();
            taker.take(bytes, 0, bytes.length);
        } else {
            taker.take(kept, from, to - from);
        }
    }

    private static final class Masked implements Mask.Sink {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        @Override
        public void write(byte[] more, int offset, int length) {
            bytes.write(more, offset, length);
        }

        @Override
        public void writeNull() {
            bytes.reset();
        }
    }
}
