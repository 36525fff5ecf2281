package io.sallyport.sink.file;

import io.sallyport.api.sink.EventSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Appends events to the newest of its files.
 *
 * <ol>
 *   <li>A batch is in one file, whole, or not at all: what could not be written is cut off again.
 *   <li>A line that a killed process left unfinished is cut off before the next is written.
 *   <li>Files are readable by their owner alone, and are never renamed.
 * </ol>
 */
final class FileSink implements EventSink {

    private static final int TAIL = 64 * 1024;
    private static final String LOCK = "lock";

    private final FileSinkConfig config;
    private final InstantSource clock;
    private @Nullable FileChannel lock;
    private @Nullable Current current;

    /** A file in which a batch could not be written to its end. */
    private @Nullable Current unfinished;

    private record Current(Path file, Instant began, FileChannel channel, long written) {}

    FileSink(FileSinkConfig config, InstantSource clock) {
        this.config = config;
        this.clock = clock;
    }

    @Override
    public void deliver(List<Event> events) throws IOException {
        ByteBuffer lines = lines(events);
        Current open = current(lines.remaining());
        long end = open.written();
        current = null;
        try {
            while (lines.hasRemaining()) {
                open.channel().write(lines, end + lines.position());
            }
            if (config.sync() == FileSinkConfig.Sync.BATCH) {
                open.channel().force(false);
            }
            current = new Current(open.file(), open.began(), open.channel(), end + lines.limit());
        } finally {
            if (current == null) {
                unfinished = open;
                open.channel().close();
            }
        }
    }

    private static ByteBuffer lines(List<Event> events) {
        int length = 0;
        for (Event event : events) {
            length += event.json().length + 1;
        }
        ByteBuffer lines = ByteBuffer.allocate(length);
        for (Event event : events) {
            lines.put(event.json()).put((byte) '\n');
        }
        return lines.flip();
    }

    private Current current(int length) throws IOException {
        Current open = current;
        if (open == null) {
            open = reopen();
        }
        if (open == null || full(open, length)) {
            open = next();
        }
        current = open;
        return open;
    }

    private boolean full(Current open, int length) {
        long size = open.written();
        boolean old = !open.began().plus(config.maxAge()).isAfter(clock.instant());
        return size > 0 && (old || size + length > config.maxSize().bytes());
    }

    /** The newest of the files that are there; null if there is none. */
    private @Nullable Current reopen() throws IOException {
        make(config.directory());
        lock();
        Map.Entry<Instant, Path> newest = EventFiles.list(config.directory()).lastEntry();
        if (newest == null) {
            return null;
        }
        FileChannel channel = FileChannel.open(newest.getValue(), StandardOpenOption.READ, StandardOpenOption.WRITE);
        Current failed = unfinished;
        if (failed != null && failed.file().equals(newest.getValue())) {
            channel.truncate(failed.written());
        } else {
            cutUnfinished(channel);
        }
        unfinished = null;
        return new Current(newest.getValue(), newest.getKey(), channel, channel.size());
    }

    private void lock() throws IOException {
        if (lock != null) {
            return;
        }
        FileChannel channel = FileChannel.open(
                config.directory().resolve(LOCK),
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                owner("rw-------"));
        FileLock held = null;
        try {
            held = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            throw new IOException("two sinks write into " + config.directory() + ": give each a directory", e);
        } finally {
            if (held == null) {
                channel.close();
            }
        }
        if (held == null) {
            throw new IOException("another process writes into " + config.directory() + ": give each a directory");
        }
        lock = channel;
    }

    private Current next() throws IOException {
        Current before = current;
        if (before != null) {
            current = null;
            before.channel().close();
        }
        NavigableMap<Instant, Path> files = EventFiles.list(config.directory());
        Instant began = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        if (!files.isEmpty() && !began.isAfter(files.lastKey())) {
            began = files.lastKey().plusMillis(1);
        }
        forget(files);
        Path file = EventFiles.in(config.directory(), began);
        FileChannel channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE),
                owner("rw-------"));
        try (FileChannel directory = FileChannel.open(config.directory(), StandardOpenOption.READ)) {
            directory.force(true);
        }
        return new Current(file, began, channel, 0);
    }

    /** Removes the files that need not be kept any longer. */
    private void forget(NavigableMap<Instant, Path> files) throws IOException {
        if (config.keep() == null) {
            return;
        }
        Instant before = clock.instant().minus(config.keep());
        for (Path file : files.values()) {
            if (Files.getLastModifiedTime(file).toInstant().isBefore(before)) {
                Files.delete(file);
            }
        }
    }

    private static void make(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(directory, owner("rwx------"));
        }
    }

    private static FileAttribute<?>[] owner(String permissions) {
        FileAttribute<?> attribute = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
        return new FileAttribute<?>[] {attribute};
    }

    private static void cutUnfinished(FileChannel channel) throws IOException {
        long end = channel.size();
        ByteBuffer tail = ByteBuffer.allocate(TAIL);
        while (end > 0) {
            long from = Math.max(0, end - TAIL);
            tail.clear().limit((int) (end - from));
            while (tail.hasRemaining() && channel.read(tail, from + tail.position()) >= 0) {}
            for (int i = tail.position() - 1; i >= 0; i--) {
                if (tail.get(i) == '\n') {
                    channel.truncate(from + i + 1);
                    return;
                }
            }
            end = from;
        }
        channel.truncate(0);
    }

    @Override
    public void close() {
        try {
            Current open = current;
            if (open != null) {
                open.channel().close();
            }
            FileChannel held = lock;
            if (held != null) {
                held.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            current = null;
            lock = null;
        }
    }
}
