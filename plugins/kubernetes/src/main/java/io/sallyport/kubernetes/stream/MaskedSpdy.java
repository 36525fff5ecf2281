package io.sallyport.kubernetes.stream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sallyport.netty.ProtocolException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Masks what a command writes over SPDY/3.1: the server's data frames of standard output and error are written anew, all
 * other frames pass as they are. Streams have no windows here: neither kubectl nor the kubelet keeps any.
 */
public final class MaskedSpdy implements Tap {

    private static final int HEAD = 8;
    private static final int LONGEST = 1024 * 1024;
    private static final int FIN = 1;

    private final SpdyStreams streams;
    private final StreamMasks masks;
    private ByteBuf pending = Unpooled.EMPTY_BUFFER;

    /** A masker on the server's side. */
    public MaskedSpdy(SpdyStreams streams, StreamMasks masks) {
        this.streams = streams;
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

    private boolean frame(ByteBuf in, ByteBuf out) {
        int start = in.readerIndex();
        if (in.readableBytes() < HEAD) {
            return false;
        }
        int length = in.getUnsignedMedium(start + 5);
        if (length > LONGEST) {
            throw new ProtocolException("a SPDY frame that is too long to be masked");
        }
        if (in.readableBytes() < HEAD + length) {
            return false;
        }
        boolean control = (in.getByte(start) & 0x80) != 0;
        int stream = in.getInt(start);
        int channel = control ? -1 : streams.channel(stream);
        if (control || !masks.masks(channel)) {
            if (channel == Channels.ERROR && length > 0) {
                out.writeBytes(heldBack(masks::end));
            }
            if (!control) {
                byte[] plain = new byte[length];
                in.getBytes(start + HEAD, plain);
                streams.data(stream, plain);
            }
            out.writeBytes(in, HEAD + length);
            return true;
        }
        int flags = in.getUnsignedByte(start + 4);
        byte[] payload = new byte[length];
        in.skipBytes(HEAD);
        in.readBytes(payload);
        emit(stream, 0, masks.mask(channel, payload, 0, length), out);
        if ((flags & FIN) != 0) {
            byte[] rest = masks.end(channel);
            emit(stream, FIN, rest == null ? new byte[0] : rest, out);
        }
        return true;
    }

    private void emit(int stream, int flags, byte[] bytes, ByteBuf out) {
        if (bytes.length == 0 && flags == 0) {
            return;
        }
        if (bytes.length > 0) {
            streams.data(stream, bytes);
        }
        out.writeInt(stream).writeByte(flags).writeMedium(bytes.length).writeBytes(bytes);
    }

    @Override
    public @Nullable ByteBuf idle() {
        return heldBack(masks::idle);
    }

    @Override
    public @Nullable ByteBuf last() {
        return heldBack(masks::end);
    }

    private ByteBuf heldBack(Function<Integer, byte @Nullable []> ending) {
        ByteBuf out = Unpooled.buffer();
        streams.each((stream, channel) -> {
            byte[] rest = masks.masks(channel) ? ending.apply(channel) : null;
            emit(stream, 0, rest == null ? new byte[0] : rest, out);
        });
        return out;
    }
}
