package io.sallyport.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a byte stream into frames of one type byte and a 32-bit length that counts itself.
 *
 * <pre>
 *             5 bytes, whole()          all bytes
 *   HEADER ───────────────────► WHOLE ────────────► HEADER     frame()
 *      │
 *      └───────────────────────► PARTS ───────────► HEADER     part(), part(), … part(last)
 * </pre>
 *
 * <ol>
 *   <li>A declared length is checked before anything is waited for, and nothing is allocated from it: what is kept grows
 *       with the bytes that have arrived.
 *   <li>Frames that lie in one buffer are handed over in place, without a copy.
 *   <li>While paused nothing is handed over; bytes that still arrive are kept and counted by {@link #backlog()}.
 *   <li>Confined to one event loop; {@link #pause()} and {@link #resume()} may be called from within a call back.
 * </ol>
 */
public final class FrameReader {

    private static final int HEADER = 5;
    private static final int LARGEST = 1 << 30;
    private static final int FIRST_CAPACITY = 1024;

    private final ByteBufAllocator allocator;
    private final ArrayDeque<ByteBuf> backlog = new ArrayDeque<>();
    private final byte[] header = new byte[HEADER];
    private Frames frames;
    private int headerFilled;
    private @Nullable ByteBuf whole;
    private int type;
    private int missing;
    private boolean inParts;
    private long backlogBytes;
    private boolean paused;
    private boolean running;
    private boolean closed;

    /** A reader that hands over to {@code frames}. */
    public FrameReader(ByteBufAllocator allocator, Frames frames) {
        this.allocator = allocator;
        this.frames = frames;
    }

    /** Hands over to somebody else from the next frame on. */
    public void handTo(Frames next) {
        frames = next;
    }

    /**
     * Reads bytes; takes over the buffer.
     *
     * @throws ProtocolException if the peer broke the protocol; the reader is of no use afterwards but to be closed
     */
    public void feed(ByteBuf bytes) {
        if (closed) {
            bytes.release();
            return;
        }
        backlog.add(bytes);
        backlogBytes += bytes.readableBytes();
        run();
    }

    /** Stops handing over, after the present frame. */
    public void pause() {
        paused = true;
    }

    /**
     * Goes on handing over.
     *
     * @throws ProtocolException as {@link #feed} does
     */
    public void resume() {
        paused = false;
        run();
    }

    /** Whether nothing is handed over at present. */
    public boolean isPaused() {
        return paused;
    }

    /** How many bytes wait here, those of an unfinished frame not counted. */
    public long backlog() {
        return backlogBytes;
    }

    /** Whether a part of a frame has been handed over whose end has not. */
    public boolean insideParts() {
        return inParts;
    }

    /** Drops what waits and whatever still comes. */
    public void close() {
        closed = true;
        paused = true;
        if (!running) {
            releaseAll();
        }
    }

    private void releaseAll() {
        ByteBuf bytes;
        while ((bytes = backlog.poll()) != null) {
            bytes.release();
        }
        backlogBytes = 0;
        if (whole != null) {
            whole.release();
            whole = null;
        }
    }

    private void run() {
        if (running) {
            return;
        }
        running = true;
        try {
            ByteBuf current;
            while (!paused && (current = backlog.peek()) != null) {
                int before = current.readableBytes();
                try {
                    consume(current);
                } finally {
                    frames.endOfBuffer();
                    backlogBytes -= before - current.readableBytes();
                }
                if (!current.isReadable()) {
                    backlog.poll();
                    current.release();
                }
            }
        } finally {
            running = false;
            if (closed) {
                releaseAll();
            }
        }
    }

    private void consume(ByteBuf in) {
        while (!paused && in.isReadable()) {
            if (inParts) {
                continueParts(in);
            } else if (whole != null) {
                continueWhole(in, whole);
            } else if (headerFilled > 0 || in.readableBytes() < HEADER) {
                fillHeader(in);
            } else {
                startInPlace(in);
            }
        }
    }

    private void startInPlace(ByteBuf in) {
        int start = in.readerIndex();
        int available = in.readableBytes();
        int frameType = in.getUnsignedByte(start);
        int size = size(in.getInt(start + 1));
        boolean wanted = frames.whole(frameType, size);
        if (available >= size) {
            in.skipBytes(size);
            frames.frame(frameType, in, start, start + size);
        } else if (wanted) {
            type = frameType;
            missing = size - available;
            whole = allocator.buffer(Math.max(FIRST_CAPACITY, available)).writeBytes(in, available);
        } else {
            type = frameType;
            missing = size - available;
            inParts = true;
            in.skipBytes(available);
            frames.part(frameType, in, start, start + available, false);
        }
    }

    /** A header that is cut by a buffer's end is put together on the side, so that the rest need not be copied. */
    private void fillHeader(ByteBuf in) {
        int count = Math.min(HEADER - headerFilled, in.readableBytes());
        in.readBytes(header, headerFilled, count);
        headerFilled += count;
        if (headerFilled < HEADER) {
            return;
        }
        headerFilled = 0;
        type = header[0] & 0xff;
        int size = size(((header[1] & 0xff) << 24)
                | ((header[2] & 0xff) << 16)
                | ((header[3] & 0xff) << 8)
                | (header[4] & 0xff));
        missing = size - HEADER;
        boolean wanted = frames.whole(type, size);
        ByteBuf head = allocator.buffer(wanted ? FIRST_CAPACITY : HEADER).writeBytes(header);
        if (wanted || missing == 0) {
            whole = head;
            finishWhole(head);
            return;
        }
        inParts = true;
        try {
            frames.part(type, head, 0, HEADER, false);
        } finally {
            frames.endOfBuffer();
            head.release();
        }
    }

    private void continueParts(ByteBuf in) {
        int start = in.readerIndex();
        int count = Math.min(missing, in.readableBytes());
        missing -= count;
        in.skipBytes(count);
        inParts = missing > 0;
        frames.part(type, in, start, start + count, missing == 0);
    }

    private void continueWhole(ByteBuf in, ByteBuf frame) {
        int count = Math.min(missing, in.readableBytes());
        frame.writeBytes(in, count);
        missing -= count;
        finishWhole(frame);
    }

    private void finishWhole(ByteBuf frame) {
        if (missing > 0) {
            return;
        }
        whole = null;
        try {
            frames.frame(type, frame, 0, frame.writerIndex());
        } finally {
            frames.endOfBuffer();
            frame.release();
        }
    }

    private static int size(int length) {
        if (length < HEADER - 1 || length >= LARGEST) {
            throw new ProtocolException("invalid message length");
        }
        return length + 1;
    }

    /** Who gets the frames. All offsets are absolute, and {@code start} is the frame's type byte unless said otherwise. */
    public interface Frames {

        /**
         * Decides from type and size alone how a frame is read.
         *
         * @param size the number of bytes including type and length
         * @return true to have it whole, false to have it in parts if it does not arrive in one piece
         * @throws ProtocolException if such a frame must not come now or is too long
         */
        boolean whole(int type, int size);

        /** A whole frame. The buffer is not to be kept beyond {@link #endOfBuffer()}. */
        void frame(int type, ByteBuf buffer, int start, int end);

        /**
         * A part of a frame; the first one begins with type and length.
         *
         * @param last whether the frame ends with it
         */
        void part(int type, ByteBuf buffer, int start, int end, boolean last);

        /** What was handed over since the last call goes away now: write or retain what is needed. */
        void endOfBuffer();
    }
}
