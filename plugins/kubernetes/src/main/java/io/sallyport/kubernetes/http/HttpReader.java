package io.sallyport.kubernetes.http;

import io.netty.buffer.ByteBuf;
import io.sallyport.netty.ProtocolException;
import java.util.ArrayDeque;
import java.util.Arrays;

/**
 * Cuts a byte stream into HTTP/1.1 messages.
 *
 * <pre>
 *          head()            body(), body(), …            end()
 *   HEAD ─────────► LENGTH or CHUNKS or UNTIL_CLOSE ─────────────► HEAD
 *      └──────────► RAW: raw(), raw(), …
 * </pre>
 *
 * <ol>
 *   <li>A head is kept up to 64 KiB; of a body nothing is kept, and nothing is allocated from a declared length.
 *   <li>While paused nothing is handed over; bytes that still arrive are kept and counted by {@link #backlog()}.
 *   <li>Confined to one event loop; {@link #pause()} and {@link #resume()} may be called from within a call back.
 * </ol>
 */
public final class HttpReader {

    private static final int LONGEST_HEAD = 64 * 1024;
    private static final int FIRST_HEAD = 2 * 1024;

    private final ArrayDeque<ByteBuf> waiting = new ArrayDeque<>();
    private final Events events;
    private final ChunkSizes chunks = new ChunkSizes();
    private byte[] head = new byte[FIRST_HEAD];
    private int headLength;
    private State state = State.HEAD;
    private long missing;
    private long backlog;
    private boolean paused;
    private boolean running;
    private boolean closed;

    /** A reader that hands over to {@code events}. */
    public HttpReader(Events events) {
        this.events = events;
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
        waiting.add(bytes);
        backlog += bytes.readableBytes();
        run();
    }

    /**
     * The peer sends nothing more.
     *
     * @return whether that was a good moment: between two messages, or at the end of a body that ends so
     */
    public boolean ended() {
        if (state == State.UNTIL_CLOSE && waiting.isEmpty()) {
            state = State.HEAD;
            events.end();
            return true;
        }
        return state == State.RAW || (state == State.HEAD && headLength == 0);
    }

    /** Stops handing over, after the present piece. */
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

    /** From the next byte on, it is not HTTP. To be called between two messages. */
    public void raw() {
        state = State.RAW;
    }

    /** How many bytes wait here. */
    public long backlog() {
        return backlog;
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
        while ((bytes = waiting.poll()) != null) {
            bytes.release();
        }
        backlog = 0;
    }

    private void run() {
        if (running) {
            return;
        }
        running = true;
        try {
            ByteBuf current;
            while (!paused && (current = waiting.peek()) != null) {
                int before = current.readableBytes();
                step(current);
                backlog -= before - current.readableBytes();
                if (!current.isReadable()) {
                    waiting.poll();
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

    private void step(ByteBuf in) {
        switch (state) {
            case HEAD -> fillHead(in);
            case LENGTH, CHUNK -> passBody(in);
            case CHUNK_SIZE -> chunkSize(in);
            case UNTIL_CLOSE -> hand(in, in.readableBytes());
            case RAW -> {
                int length = in.readableBytes();
                ByteBuf slice = in.readRetainedSlice(length);
                events.raw(slice);
            }
        }
    }

    private void fillHead(ByteBuf in) {
        int start = headLength;
        int wanted = Math.min(in.readableBytes(), LONGEST_HEAD - headLength);
        if (wanted == 0) {
            throw new ProtocolException("a head of more than " + LONGEST_HEAD + " bytes");
        }
        if (headLength + wanted > head.length) {
            head = Arrays.copyOf(head, Math.min(LONGEST_HEAD, Math.max(head.length * 2, headLength + wanted)));
        }
        in.getBytes(in.readerIndex(), head, headLength, wanted);
        int end = headEnd(Math.max(0, start - 3), headLength + wanted);
        if (end < 0) {
            headLength += wanted;
            in.skipBytes(wanted);
            return;
        }
        in.skipBytes(end - start);
        headLength = 0;
        Head parsed = Head.parse(head, end);
        begin(events.head(parsed));
    }

    /** Where the head ends; a line that ends without a carriage return is found here, before more is waited for. */
    private int headEnd(int from, int to) {
        for (int i = Scan.lineFeed(head, from, to); i < to; i = Scan.lineFeed(head, i + 1, to)) {
            if (i == 0 || head[i - 1] != '\r') {
                throw new ProtocolException("a line that does not end with CR LF");
            }
            if (i >= 3 && head[i - 2] == '\n') {
                return i + 1;
            }
            if (i == 1) {
                throw new ProtocolException("an empty line where a head begins");
            }
        }
        return -1;
    }

    private void begin(long framing) {
        if (framing == Framing.CHUNKED) {
            state = State.CHUNK_SIZE;
            chunks.reset();
        } else if (framing == Framing.UNTIL_CLOSE) {
            state = State.UNTIL_CLOSE;
        } else if (framing == Framing.RAW) {
            state = State.RAW;
        } else if (framing == 0) {
            events.end();
        } else {
            state = State.LENGTH;
            missing = framing;
        }
    }

    private void passBody(ByteBuf in) {
        int length = (int) Math.min(missing, in.readableBytes());
        missing -= length;
        boolean last = missing == 0;
        boolean whole = last && state == State.LENGTH;
        if (last) {
            state = whole ? State.HEAD : State.CHUNK_SIZE;
        }
        hand(in, length);
        if (whole) {
            events.end();
        }
    }

    private void hand(ByteBuf in, int length) {
        int start = in.readerIndex();
        in.skipBytes(length);
        events.body(in, start, start + length);
    }

    private void chunkSize(ByteBuf in) {
        while (in.isReadable()) {
            long size = chunks.take(in.readByte());
            if (size == ChunkSizes.END) {
                state = State.HEAD;
                events.end();
                return;
            }
            if (size > 0) {
                missing = size;
                state = State.CHUNK;
                return;
            }
        }
    }

    private enum State {
        HEAD,
        LENGTH,
        CHUNK_SIZE,
        CHUNK,
        UNTIL_CLOSE,
        RAW
    }

    /** Takes what the reader reads; all calls come on the channel's event loop. */
    public interface Events {

        /**
         * A head is complete.
         *
         * @return the framing of the body that follows, see {@link Framing}; with zero {@link #end()} follows at once
         */
        long head(Head head);

        /** Bytes of the body, in a buffer that is only lent. */
        void body(ByteBuf buffer, int start, int end);

        /** The message is over. */
        void end();

        /** Bytes that are not HTTP; the buffer is taken over. */
        void raw(ByteBuf bytes);
    }
}
