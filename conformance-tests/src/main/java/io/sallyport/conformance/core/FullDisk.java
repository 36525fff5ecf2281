package io.sallyport.conformance.core;

import io.sallyport.journal.segment.SegmentFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.file.Path;

/** A disk on which no further segment of the journal can be made once it is told to be full. */
final class FullDisk implements SegmentFiles {

    private final SegmentFiles disk = SegmentFiles.disk();
    private volatile boolean full;

    void fill() {
        full = true;
    }

    boolean isFull() {
        return full;
    }

    @Override
    public MappedByteBuffer create(Path file, ByteBuffer header, int size) throws IOException {
        if (full) {
            throw new IOException("No space left on device");
        }
        return disk.create(file, header, size);
    }

    @Override
    public MappedByteBuffer open(Path file) throws IOException {
        return disk.open(file);
    }

    @Override
    public void delete(Path file) throws IOException {
        disk.delete(file);
    }
}
