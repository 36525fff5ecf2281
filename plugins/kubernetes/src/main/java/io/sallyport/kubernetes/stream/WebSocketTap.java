package io.sallyport.kubernetes.stream;

import io.netty.buffer.ByteBuf;
import io.sallyport.netty.ProtocolException;

/**
 * Reads the frames of a WebSocket (RFC 6455), in one direction, and hands over the payload of its messages as it comes.
 *
 * <pre>
 *   HEAD ──2 to 14 bytes──► PAYLOAD ──all of it──► HEAD
 * </pre>
 *
 * <ol>
 *   <li>Extensions are not negotiated, so the reserved bits must be 0; a client masks, a server does not.
 *   <li>A message is never kept: its parts are handed over in order.
 * </ol>
 */
public final class WebSocketTap implements Tap {

    private static final int LONGEST_HEAD = 14;
    private static final int CONTINUATION = 0;
    private static final int BINARY = 2;
    private static final int CLOSE = 8;
    private static final int PONG = 10;

    private final boolean fromClient;
    private final Messages messages;
    private final byte[] head = new byte[LONGEST_HEAD];
    private final byte[] mask = new byte[4];
    private int headLength;
    private int headWanted = 2;
    private long missing;
    private int maskAt;
    private boolean control;
    private boolean last;
    private boolean inMessage;

    /** A tap on the client's or on the server's side. */
    public WebSocketTap(boolean fromClient, Messages messages) {
        this.fromClient = fromClient;
        this.messages = messages;
    }

    @Override
    public void feed(ByteBuf bytes) {
        int at = bytes.readerIndex();
        int end = bytes.writerIndex();
        while (at < end) {
            if (missing > 0) {
                int length = (int) Math.min(missing, end - at);
                payload(bytes, at, length);
                at += length;
            } else {
                head[headLength++] = bytes.getByte(at++);
                headByte();
            }
        }
    }

    private void headByte() {
        if (headLength == 2) {
            int length = head[1] & 0x7f;
            headWanted = 2 + (length == 127 ? 8 : length == 126 ? 2 : 0) + (fromClient ? 4 : 0);
            check();
        }
        if (headLength >= 2 && headLength == headWanted) {
            begin();
        }
    }

    private void check() {
        int opcode = head[0] & 0x0f;
        boolean masked = (head[1] & 0x80) != 0;
        boolean known = opcode <= BINARY || (opcode >= CLOSE && opcode <= PONG);
        if ((head[0] & 0x70) != 0 || !known || masked != fromClient) {
            throw new ProtocolException("a WebSocket frame that nobody negotiated");
        }
        control = opcode >= CLOSE;
        boolean finished = (head[0] & 0x80) != 0;
        if (control) {
            if (!finished || (head[1] & 0x7f) > 125) {
                throw new ProtocolException("a WebSocket control frame that is too long or in parts");
            }
            return;
        }
        if ((opcode == CONTINUATION) != inMessage) {
            throw new ProtocolException("a WebSocket frame out of order");
        }
        inMessage = !finished;
        last = finished;
    }

    private void begin() {
        int short0 = head[1] & 0x7f;
        int at = 2;
        missing = short0;
        if (short0 >= 126) {
            int digits = short0 == 126 ? 2 : 8;
            missing = 0;
            for (int i = 0; i < digits; i++) {
                missing = (missing << 8) | (head[at++] & 0xff);
            }
            if (missing < 0) {
                throw new ProtocolException("a WebSocket frame whose length is negative");
            }
        }
        if (fromClient) {
            System.arraycopy(head, at, mask, 0, 4);
        }
        maskAt = 0;
        headLength = 0;
        headWanted = 2;
        if (missing == 0 && !control && last) {
            messages.end();
        }
    }

    private void payload(ByteBuf bytes, int at, int length) {
        missing -= length;
        if (!control) {
            byte[] plain = new byte[length];
            bytes.getBytes(at, plain);
            if (fromClient) {
                for (int i = 0; i < length; i++) {
                    plain[i] ^= mask[(maskAt + i) & 3];
                }
                maskAt = (maskAt + length) & 3;
            }
            messages.part(plain, plain.length);
            if (missing == 0 && last) {
                messages.end();
            }
        }
    }

    @Override
    public void close() {
        messages.close();
    }

    /** Takes messages. */
    public interface Messages {

        /** The next bytes of a message. */
        void part(byte[] bytes, int length);

        /** The message is over. */
        void end();

        /** Frees what is held. */
        default void close() {}
    }
}
