package io.sallyport.kubernetes.http;

import io.sallyport.netty.ProtocolException;

/**
 * Reads what stands between the chunks of a body, byte by byte: sizes without extensions, and trailers, which are dropped.
 *
 * <pre>
 *   FIRST ──digit──► DIGITS ──CR──► SIZE_LF ──LF──► the chunk ──► DATA_CR ──CR──► DATA_LF ──LF──► FIRST
 *                                      └─size 0──► LINE_START ──CR──► END_LF ──LF──► the end
 *                                                     └──► LINE ──CR──► LINE_LF ──LF──► LINE_START
 * </pre>
 */
final class ChunkSizes {

    /** The body is over. */
    static final long END = -1;

    private static final int MOST_DIGITS = 8;
    private static final int LONGEST_TRAILERS = 8 * 1024;

    private State state = State.FIRST;
    private long size;
    private int digits;
    private int trailers;

    void reset() {
        state = State.FIRST;
        size = 0;
        digits = 0;
        trailers = 0;
    }

    /** Takes a byte; gives the size of the chunk that begins behind it, {@link #END}, or 0 if neither. */
    long take(byte b) {
        switch (state) {
            case FIRST, DIGITS -> digit(b);
            case SIZE_LF -> {
                need(b, '\n');
                return sized();
            }
            case DATA_CR -> {
                need(b, '\r');
                state = State.DATA_LF;
            }
            case DATA_LF -> {
                need(b, '\n');
                state = State.FIRST;
            }
            case LINE_START, LINE -> trailer(b);
            case LINE_LF -> {
                need(b, '\n');
                state = State.LINE_START;
            }
            case END_LF -> {
                need(b, '\n');
                return END;
            }
        }
        return 0;
    }

    private long sized() {
        long next = size;
        size = 0;
        digits = 0;
        state = next == 0 ? State.LINE_START : State.DATA_CR;
        return next;
    }

    private void digit(byte b) {
        if (b == '\r' && state == State.DIGITS) {
            state = State.SIZE_LF;
            return;
        }
        int value = Character.digit(b, 16);
        if (value < 0 || ++digits > MOST_DIGITS) {
            throw new ProtocolException("a chunk's size that is no hexadecimal number");
        }
        size = (size << 4) | value;
        state = State.DIGITS;
    }

    private void trailer(byte b) {
        if (++trailers > LONGEST_TRAILERS) {
            throw new ProtocolException("trailers that are too long");
        }
        if (b == '\r') {
            state = state == State.LINE_START ? State.END_LF : State.LINE_LF;
        } else if ((b >= 0 && b < ' ' && b != '\t') || b == 0x7f) {
            throw new ProtocolException("a control character in a trailer");
        } else {
            state = State.LINE;
        }
    }

    private static void need(byte b, char wanted) {
        if (b != wanted) {
            throw new ProtocolException("a chunk that does not end where it says");
        }
    }

    private enum State {
        FIRST,
        DIGITS,
        SIZE_LF,
        DATA_CR,
        DATA_LF,
        LINE_START,
        LINE,
        LINE_LF,
        END_LF
    }
}
