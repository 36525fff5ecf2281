package io.sallyport.journal.read;

import io.sallyport.journal.segment.SegmentName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A segment mapped for reading.
 *
 * @param name its name
 * @param file its file
 * @param buffer its bytes
 */
public record SegmentView(SegmentName name, Path file, ByteBuffer buffer) {

    /** Maps the segment in this file. */
    public static SegmentView open(SegmentName name, Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            if (size > Integer.MAX_VALUE) {
                throw new IOException(file + " is too long to be a segment");
            }
            return new SegmentView(name, file, channel.map(MapMode.READ_ONLY, 0, size));
        }
    }
}
