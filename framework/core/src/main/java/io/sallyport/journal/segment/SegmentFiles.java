package io.sallyport.journal.segment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.file.Path;

/**
 * Where segments live. The disk in a gateway; something smaller where a full disk is tried out.
 *
 * <p>Called from the journal's own threads and at open, never from a lane's.
 */
public interface SegmentFiles {

    /**
     * Makes a file of {@code size} bytes that are this header and then zeros, and maps it.
     *
     * <ol>
     *   <li>All blocks are really there: writing into the map later cannot run out of space.
     *   <li>The file has its name only once it is complete.
     *   <li>After a failure nothing of it is left on the disk.
     * </ol>
     */
    MappedByteBuffer create(Path file, ByteBuffer header, int size) throws IOException;

    /** Maps an existing segment for reading and writing. */
    MappedByteBuffer open(Path file) throws IOException;

    /** Deletes a segment. */
    void delete(Path file) throws IOException;

    /** Segments on the disk, each confirmed by it before it is used. */
    static SegmentFiles disk() {
        return disk(true);
    }

    /**
     * Segments on the disk.
     *
     * @param confirmed whether the disk confirms a new segment before it is used, so that confirming a record later is quick; without, a
     *     power cut may leave a segment that no checkpoint covers shorter than it was
     */
    static SegmentFiles disk(boolean confirmed) {
        return new DiskSegmentFiles(confirmed);
    }
}
