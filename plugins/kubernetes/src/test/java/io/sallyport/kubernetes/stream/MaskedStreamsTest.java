package io.sallyport.kubernetes.stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.sallyport.kubernetes.masking.AnswerMask;
import io.sallyport.netty.ProtocolException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What a command writes is masked within the frames of a WebSocket. */
class MaskedStreamsTest {

    private final Recorded record = new Recorded();
    private final MaskedWebSocket tap = new MaskedWebSocket(record, new StreamMasks(Upper::new, false));

    private static byte[] frame(int channel, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        byte[] frame = new byte[bytes.length + 3];
        frame[0] = (byte) 0x82;
        frame[1] = (byte) (bytes.length + 1);
        frame[2] = (byte) channel;
        System.arraycopy(bytes, 0, frame, 3, bytes.length);
        return frame;
    }

    private byte[] pass(byte[] bytes) {
        ByteBuf passed = tap.pass(Unpooled.wrappedBuffer(bytes));
        byte[] out = ByteBufUtil.getBytes(passed);
        passed.release();
        return out;
    }

    @Test
    void whatIsHeldBackLeavesBeforeTheEndOfTheCommand() {
        // Given
        pass(frame(3, ""));
        assertArrayEquals(frame(1, "ONE\n"), pass(frame(1, "one\ntwo")));

        // When
        byte[] end = pass(frame(3, "{}"));

        // Then
        assertArrayEquals(
                Unpooled.wrappedBuffer(frame(1, "TWO"), frame(3, "{}")).copy().array(), end);
        assertEquals("ONE\nTWO", record.out.toString(StandardCharsets.UTF_8));
    }

    @Test
    void framesThatComeInPiecesAreMaskedWhole() {
        // Given
        byte[] frame = frame(2, "error\n");

        // When
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte b : frame) {
            out.writeBytes(pass(new byte[] {b}));
        }

        // Then
        assertArrayEquals(frame(2, "ERROR\n"), out.toByteArray());
    }

    @Test
    void aFrameWithAReservedBitEndsTheStream() {
        assertThrows(ProtocolException.class, () -> pass(new byte[] {(byte) 0xC2, 1, 1}));
    }

    /** Upper case, line by line. */
    private static final class Upper implements AnswerMask {

        private final StringBuilder held = new StringBuilder();

        @Override
        public void feed(byte[] bytes, int offset, int length, Sink out) {
            held.append(new String(bytes, offset, length, StandardCharsets.UTF_8));
            give(held.lastIndexOf("\n") + 1, out);
        }

        private void give(int count, Sink out) {
            byte[] bytes =
                    held.substring(0, count).toUpperCase(java.util.Locale.ROOT).getBytes(StandardCharsets.UTF_8);
            held.delete(0, count);
            out.write(bytes, 0, bytes.length);
        }

        @Override
        public void end(Sink out) {
            give(held.length(), out);
        }
    }

    private static final class Recorded implements Channels {

        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        @Override
        public void data(int channel, byte[] bytes, int offset, int length) {
            if (channel == STDOUT) {
                out.write(bytes, offset, length);
            }
        }

        @Override
        public void port(int port) {
            throw new IllegalStateException("a command has no ports");
        }

        @Override
        public void portData(int port, int length) {
            throw new IllegalStateException("a command has no ports");
        }
    }
}
