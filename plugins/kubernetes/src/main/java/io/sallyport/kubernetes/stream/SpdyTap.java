package io.sallyport.kubernetes.stream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.spdy.SpdyFrameCodec;
import io.netty.handler.codec.spdy.SpdySynStreamFrame;
import io.netty.handler.codec.spdy.SpdyVersion;
import io.netty.util.ReferenceCountUtil;
import io.sallyport.netty.ProtocolException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the frames of a SPDY/3.1 connection, in one direction. Frames with a header block go through Netty's codec, since
 * all blocks of a direction share one compression; of the others only the head is read.
 *
 * <pre>
 *   HEAD ──8 bytes──► BLOCK (SYN_STREAM, SYN_REPLY, HEADERS; kept whole) ──► HEAD
 *        ├──────────► DATA (handed over as it comes) ──► HEAD
 *        └──────────► SKIPPED ──► HEAD
 * </pre>
 */
public final class SpdyTap implements Tap {

    private static final int HEAD = 8;
    private static final int SYN_STREAM = 1;
    private static final int SYN_REPLY = 2;
    private static final int LAST_TYPE = 9;
    private static final int HEADERS = 8;
    private static final int VERSION = 3;
    private static final int LONGEST_BLOCK = 64 * 1024;
    private static final int LONGEST_CHUNK = 64 * 1024;

    private final SpdyStreams streams;
    private final boolean fromClient;
    private final EmbeddedChannel codec = new EmbeddedChannel(
            new SpdyFrameCodec(SpdyVersion.SPDY_3_1, LONGEST_CHUNK, LONGEST_BLOCK, 6, 15, 8, false));
    private final byte[] head = new byte[HEAD];
    private int headLength;
    private int missing;
    private int stream;
    private boolean data;
    private @Nullable ByteBuf block;

    /** A tap on the client's or on the server's side. */
    public SpdyTap(SpdyStreams streams, boolean fromClient) {
        this.streams = streams;
        this.fromClient = fromClient;
    }

    @Override
    public void feed(ByteBuf bytes) {
        int at = bytes.readerIndex();
        int end = bytes.writerIndex();
        while (at < end) {
            if (missing > 0) {
                int length = Math.min(missing, end - at);
                missing -= length;
                payload(bytes, at, length);
                at += length;
            } else {
                head[headLength++] = bytes.getByte(at++);
                if (headLength == HEAD) {
                    headLength = 0;
                    begin();
                }
            }
        }
    }

    private void begin() {
        missing = ((head[5] & 0xff) << 16) | ((head[6] & 0xff) << 8) | (head[7] & 0xff);
        data = (head[0] & 0x80) == 0;
        if (data) {
            stream = ((head[0] & 0x7f) << 24) | ((head[1] & 0xff) << 16) | ((head[2] & 0xff) << 8) | (head[3] & 0xff);
            return;
        }
        int version = ((head[0] & 0x7f) << 8) | (head[1] & 0xff);
        int type = ((head[2] & 0xff) << 8) | (head[3] & 0xff);
        if (version != VERSION || type < SYN_STREAM || type > LAST_TYPE) {
            throw new ProtocolException("a frame that SPDY/3.1 does not have");
        }
        if (type == SYN_STREAM && !fromClient) {
            throw new ProtocolException("a stream that the server opens");
        }
        if (type == SYN_STREAM || type == SYN_REPLY || type == HEADERS) {
            if (missing > LONGEST_BLOCK) {
                throw new ProtocolException("a header block that is too long");
            }
            block = Unpooled.buffer(HEAD + 256).writeBytes(head);
        }
    }

    private void payload(ByteBuf bytes, int at, int length) {
        if (data) {
            streams.data(stream, ByteBufUtil.getBytes(bytes, at, length));
            return;
        }
        ByteBuf kept = block;
        if (kept != null) {
            kept.writeBytes(bytes, at, length);
            if (missing == 0) {
                block = null;
                decode(kept);
            }
        }
    }

    private void decode(ByteBuf frame) {
        codec.writeInbound(frame);
        Object read;
        while ((read = codec.readInbound()) != null) {
            try {
                if (read instanceof SpdySynStreamFrame opened) {
                    if (opened.isInvalid() || opened.isTruncated()) {
                        throw new ProtocolException("headers that cannot be read");
                    }
                    streams.open(opened.streamId(), text(opened, "streamtype"), text(opened, "port"));
                }
            } finally {
                ReferenceCountUtil.release(read);
            }
        }
    }

    private static String text(SpdySynStreamFrame frame, String name) {
        CharSequence value = frame.headers().get(name);
        return value == null ? "" : value.toString();
    }

    @Override
    public void close() {
        codec.finishAndReleaseAll();
    }
}
