package io.sallyport.kubernetes.stream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sallyport.netty.ProtocolException;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Masks what a command writes over a WebSocket: the server's messages of standard output and error are written anew, each
 * as one frame; all others pass as they are, behind what was held back of the streams that they end.
 */
public final class MaskedWebSocket implements Tap {

    private static final int LONGEST = 1024 * 1024;
    private static final int FIN = 0x80;
    private static final int BINARY = 2;
    private static final int CLOSES = 255;

    private final Channels channels;
    private final StreamMasks masks;
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();
    private ByteBuf pending = Unpooled.EMPTY_BUFFER;

    /** A masker on the server's side. */
    public MaskedWebSocket(Channels channels, StreamMasks masks) {
        this.channels = channels;
        this.masks = masks;
    }

    @Override
    public void feed(ByteBuf bytes) {
        pass(bytes.retainedDuplicate()).release();
    }

    @Override
    public ByteBuf pass(ByteBuf bytes) {
        ByteBuf in = pending.isReadable() ? Unpooled.wrappedBuffer(pending, bytes) : bytes;
        ByteBuf out = Unpooled.buffer(in.readableBytes() + 64);
        pending = Unpooled.EMPTY_BUFFER;
        try {
            while (frame(in, out)) {
                // As long as whole frames are there.
            }
            if (in.isReadable()) {
                pending = Unpooled.copiedBuffer(in);
            }
            return out;
        } catch (RuntimeException e) {
            out.release();
            throw e;
        } finally {
            in.release();
        }
    }

    /** Takes one frame; false if it is not whole yet. */
    private boolean frame(ByteBuf in, ByteBuf out) {
        int start = in.readerIndex();
        int available = in.readableBytes();
        if (available < 2) {
            return false;
        }
        int first = in.getUnsignedByte(start);
        int second = in.getUnsignedByte(start + 1);
        int digits = second == 127 ? 8 : second == 126 ? 2 : 0;
        if ((first & 0x70) != 0 || second > 127) {
            throw new ProtocolException("a WebSocket frame that nobody negotiated");
        }
        if (available < 2 + digits) {
            return false;
        }
        long length = digits == 0 ? second : digits == 2 ? in.getUnsignedShort(start + 2) : in.getLong(start + 2);
        if (length < 0 || length > LONGEST) {
            throw new ProtocolException("a WebSocket frame that is too long to be masked");
        }
        int whole = 2 + digits + (int) length;
        if (available < whole) {
            return false;
        }
        if ((first & 0x08) != 0) {
            out.writeBytes(in, whole);
            return true;
        }
        in.skipBytes(2 + digits);
        byte[] payload = new byte[(int) length];
        in.readBytes(payload);
        data(first, payload, out);
        return true;
    }

    private void data(int first, byte[] payload, ByteBuf out) {
        if (message.size() + payload.length > LONGEST) {
            throw new ProtocolException("a WebSocket message that is too long to be masked");
        }
        message.writeBytes(payload);
        if ((first & FIN) == 0) {
            return;
        }
        byte[] whole = message.toByteArray();
        message.reset();
        if (whole.length == 0) {
            write(whole, out);
            return;
        }
        int channel = whole[0] & 0xff;
        if (masks.masks(channel)) {
            if (whole.length > 1) {
                emit(channel, masks.mask(channel, whole, 1, whole.length - 1), out);
            } else {
                write(whole, out);
            }
            return;
        }
        // A server begins each channel with an empty message, which is no end.
        if (channel == Channels.ERROR && whole.length > 1) {
            finish(Channels.STDOUT, out);
            finish(Channels.STDERR, out);
        } else if (channel == CLOSES && whole.length > 1 && masks.masks(whole[1] & 0xff)) {
            finish(whole[1] & 0xff, out);
        }
        if (whole.length > 1 && channel != CLOSES) {
            channels.data(channel, whole, 1, whole.length - 1);
        }
        write(whole, out);
    }

    private void finish(int channel, ByteBuf out) {
        give(channel, masks.end(channel), out);
    }

    private void give(int channel, byte @Nullable [] rest, ByteBuf out) {
        if (rest != null) {
            emit(channel, rest, out);
        }
    }

    private void emit(int channel, byte[] bytes, ByteBuf out) {
        if (bytes.length == 0) {
            return;
        }
        channels.data(channel, bytes, 0, bytes.length);
        head(bytes.length + 1, out);
        out.writeByte(channel).writeBytes(bytes);
    }

    private static void write(byte[] whole, ByteBuf out) {
        head(whole.length, out);
        out.writeBytes(whole);
    }

    private static void head(int length, ByteBuf out) {
        out.writeByte(FIN | BINARY);
        if (length < 126) {
            out.writeByte(length);
        } else if (length < 65_536) {
            out.writeByte(126).writeShort(length);
        } else {
            out.writeByte(127).writeLong(length);
        }
    }

    @Override
    public @Nullable ByteBuf idle() {
        ByteBuf out = Unpooled.buffer();
        give(Channels.STDOUT, masks.idle(Channels.STDOUT), out);
        give(Channels.STDERR, masks.idle(Channels.STDERR), out);
        return out;
    }

    @Override
    public @Nullable ByteBuf last() {
        ByteBuf out = Unpooled.buffer();
        finish(Channels.STDOUT, out);
        finish(Channels.STDERR, out);
        return out;
    }
}
