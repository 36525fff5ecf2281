package io.sallyport.journal.segment;

import io.sallyport.journal.record.RecordType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.MappedByteBuffer;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * One segment, mapped for writing. One thread appends; others read what is published, link it and force it.
 *
 * <p>A lane's segments form a list: the next one is set before the last frame of this one is published, so that whoever sees that frame
 * finds where the log goes on.
 */
public final class Segment {

    /** The length of the frame that ends a segment; room for it is always kept. */
    public static final int END_FRAME = Frames.size(0);

    private final Path file;
    private final long number;
    private final MappedByteBuffer buffer;
    private final MappedByteBuffer window;
    private final CRC32C crc = new CRC32C();
    private volatile @Nullable Segment next;

    private Segment(Path file, long number, MappedByteBuffer buffer) {
        this.file = file;
        this.number = number;
        this.buffer = buffer;
        this.window = buffer.duplicate();
    }

    /** Makes the segment's file and maps it. */
    public static Segment create(SegmentFiles files, Path directory, SegmentHeader header) throws IOException {
        Path file = new SegmentName(header.lane(), header.number()).in(directory);
        return new Segment(file, header.number(), files.create(file, header.encode(), header.capacity()));
    }

    /** Maps an existing segment. */
    public static Segment open(SegmentFiles files, SegmentName name, Path directory) throws IOException {
        Path file = name.in(directory);
        return new Segment(file, name.number(), files.open(file));
    }

    public Path file() {
        return file;
    }

    public long number() {
        return number;
    }

    public int capacity() {
        return buffer.capacity();
    }

    /** The bytes, to read; positions and limits are not to be touched. */
    public MappedByteBuffer buffer() {
        return buffer;
    }

    public @Nullable Segment next() {
        return next;
    }

    public void next(Segment segment) {
        next = segment;
    }

    /**
     * Writes one frame and publishes it. The caller has checked that there is room.
     *
     * @param offset where the frame begins
     * @param meta what the frame says beside its payload
     * @param payload the array that holds the payload
     * @param from where it begins there
     * @param length how long it is
     * @return the length of the frame
     */
    public int write(int offset, FrameMeta meta, byte[] payload, int from, int length) {
        MappedByteBuffer target = buffer;
        int size = Frames.size(length);
        target.putInt(
                offset + Frames.VERSION_AT,
                (Frames.VERSION << 24) | ((meta.flags & 0xFF) << 16) | ((meta.type.id() & 0xFF) << 8));
        target.putInt(offset + Frames.PAYLOAD_LENGTH, length);
        target.putLong(offset + Frames.SESSION_HIGH, meta.sessionHigh);
        target.putLong(offset + Frames.SESSION_LOW, meta.sessionLow);
        target.putLong(offset + Frames.SEQUENCE, meta.sequence);
        target.putLong(offset + Frames.TIME, meta.timeMicros);
        target.put(offset + Frames.OVERHEAD, payload, from, length);
        crc.reset();
        crc.update(window.limit(offset + size).position(offset + Frames.VERSION_AT));
        target.putInt(offset + Frames.CRC, (int) crc.getValue());
        Frames.publish(target, offset, size);
        return size;
    }

    /** Writes the frame that ends this segment; the next one must be set. */
    public int end(int offset, FrameMeta meta) {
        meta.type = RecordType.SEGMENT_END;
        return write(offset, meta, new byte[0], 0, 0);
    }

    /** Writes the link to the segment before. */
    public void link(SegmentHeader.Link link) {
        SegmentHeader.link(buffer, link);
    }

    /** Zeroes everything from the offset on, so that it can be written again. Returns how many bytes were not zero. */
    public long cut(int offset) {
        long cut = 0;
        // Lengths come first in a frame: clearing upwards never leaves one that looks whole.
        for (int i = offset; i <= buffer.capacity() - Long.BYTES; i += Long.BYTES) {
            long word = buffer.getLong(i);
            if (word != 0) {
                cut += occupied(word);
                buffer.putLong(i, 0);
            }
        }
        return cut;
    }

    private static int occupied(long word) {
        int count = 0;
        for (long rest = word; rest != 0; rest >>>= Byte.SIZE) {
            count += (rest & 0xFF) == 0 ? 0 : 1;
        }
        return count;
    }

    /** Has the disk take the bytes in this range. */
    public void force(int from, int to) throws IOException {
        if (to <= from) {
            return;
        }
        try {
            buffer.force(from, to - from);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
