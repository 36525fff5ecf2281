package io.sallyport.journal.segment;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The first 256 bytes of a segment: who it is, written when it is made, and later, written once, the link to the segment before it.
 *
 * <pre>
 *   0  magic        8  "SPJRNL01"
 *   8  length       4  256
 *  12  crc          4  CRC32C of bytes 16 to 127
 *  16  number       8  from 1 on, without gaps
 *  24  created      8  microseconds since 1970
 *  32  capacity     4  length of the file
 *  36  lane length  4
 *  40  lane        64  UTF-8, then zeros
 * 104  zero        24
 * 128  linked       4  0: not yet; 1: what follows counts
 * 132  link crc     4  CRC32C of bytes 136 to 191
 * 136  leaves       8  of the tree of the segment before
 * 144  bytes        8  of the segment before, header and frames
 * 152  root        32  of the tree of the segment before
 * 184  zero        72
 * </pre>
 *
 * @param number the segment's number in its lane
 * @param createdMicros when it was made
 * @param capacity the length of its file
 * @param lane the lane's name
 */
public record SegmentHeader(long number, long createdMicros, int capacity, String lane) {

    /** The length of a header, in bytes; the first frame begins there. */
    public static final int SIZE = 256;

    private static final long MAGIC = 0x53504A524E4C3031L;
    private static final int IDENTITY = 16;
    private static final int NAME = 40;
    private static final int NAME_MAXIMUM = 64;
    private static final int LINK = 128;
    private static final int LINK_BODY = 136;
    private static final int LINK_END = 192;
    private static final int ROOT = 152;
    private static final int ROOT_LENGTH = 32;

    /**
     * What a segment says about the one before it.
     *
     * @param leaves leaves of its tree; 0 in a lane's first segment
     * @param bytes its length, header and frames
     * @param root the root of its tree; zeros in a lane's first segment
     */
    @SuppressWarnings("ArrayRecordComponent") // a fixed-length hash, never compared through the record
    public record Link(long leaves, long bytes, byte[] root) {
        /** The link of the first segment of a lane: nothing came before. */
        public static Link none() {
            return new Link(0, 0, new byte[ROOT_LENGTH]);
        }
    }

    /** The header as it is written when the segment is made, without its link. */
    public ByteBuffer encode() {
        ByteBuffer buffer = ByteBuffer.allocate(SIZE);
        byte[] name = lane.getBytes(StandardCharsets.UTF_8);
        buffer.putLong(0, MAGIC).putInt(8, SIZE);
        buffer.putLong(IDENTITY, number).putLong(24, createdMicros).putInt(32, capacity);
        buffer.putInt(36, name.length).put(NAME, name, 0, Math.min(name.length, NAME_MAXIMUM));
        buffer.putInt(12, crc(buffer, IDENTITY, LINK));
        return buffer;
    }

    /** The header in the first bytes of a segment; empty if there is none or it is damaged. */
    public static Optional<SegmentHeader> decode(ByteBuffer segment) {
        if (segment.capacity() < SIZE
                || segment.getLong(0) != MAGIC
                || segment.getInt(8) != SIZE
                || segment.getInt(12) != crc(segment, IDENTITY, LINK)) {
            return Optional.empty();
        }
        int length = segment.getInt(36);
        if (length < 0 || length > NAME_MAXIMUM) {
            return Optional.empty();
        }
        byte[] name = new byte[length];
        segment.get(NAME, name);
        return Optional.of(new SegmentHeader(
                segment.getLong(IDENTITY),
                segment.getLong(24),
                segment.getInt(32),
                new String(name, StandardCharsets.UTF_8)));
    }

    /** Writes the link; its mark last, so that a link is there whole or not at all. */
    static void link(ByteBuffer segment, Link link) {
        segment.putLong(LINK_BODY, link.leaves()).putLong(144, link.bytes()).put(ROOT, link.root());
        segment.putInt(132, crc(segment, LINK_BODY, LINK_END));
        Frames.publish(segment, LINK, 1);
    }

    /** The link to the segment before; empty if it is not written or damaged. */
    public static Optional<Link> link(ByteBuffer segment) {
        if (Frames.length(segment, LINK) != 1 || segment.getInt(132) != crc(segment, LINK_BODY, LINK_END)) {
            return Optional.empty();
        }
        byte[] root = new byte[ROOT_LENGTH];
        segment.get(ROOT, root);
        return Optional.of(new Link(segment.getLong(LINK_BODY), segment.getLong(144), root));
    }

    private static int crc(ByteBuffer buffer, int from, int to) {
        CRC32C crc = new CRC32C();
        crc.update(buffer.slice(from, to - from));
        return (int) crc.getValue();
    }
}
