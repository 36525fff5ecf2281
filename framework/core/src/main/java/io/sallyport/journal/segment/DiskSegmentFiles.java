package io.sallyport.journal.segment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Segments on the disk. */
final class DiskSegmentFiles implements SegmentFiles {

    private static final int CHUNK = 256 << 10;

    private final boolean confirmed;

    DiskSegmentFiles(boolean confirmed) {
        this.confirmed = confirmed;
    }

    @Override
    public MappedByteBuffer create(Path file, ByteBuffer header, int size) throws IOException {
        Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
        boolean done = false;
        try (FileChannel channel = FileChannel.open(
                unfinished,
                Set.of(
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----")))) {
            fill(channel, header, size);
            if (confirmed) {
                channel.force(true);
            }
            MappedByteBuffer map = channel.map(MapMode.READ_WRITE, 0, size);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
            forceDirectory(file);
            done = true;
            return map;
        } finally {
            if (!done) {
                Files.deleteIfExists(unfinished);
            }
        }
    }

    private static void fill(FileChannel channel, ByteBuffer header, int size) throws IOException {
        ByteBuffer first = header.duplicate();
        int written = first.remaining();
        while (first.hasRemaining()) {
            channel.write(first);
        }
        ByteBuffer zeros = ByteBuffer.allocateDirect(CHUNK);
        while (written < size) {
            zeros.clear().limit(Math.min(CHUNK, size - written));
            written += channel.write(zeros);
        }
    }

    @Override
    public MappedByteBuffer open(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            if (channel.size() > Integer.MAX_VALUE) {
                throw new IOException(file + " is too long to be a segment");
            }
            return channel.map(MapMode.READ_WRITE, 0, channel.size());
        }
    }

    @Override
    public void delete(Path file) throws IOException {
        Files.deleteIfExists(file);
        forceDirectory(file);
    }

    /** Makes a new or a removed name last through a power cut. */
    private static void forceDirectory(Path file) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        if (directory != null) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
