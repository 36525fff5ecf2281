package io.sallyport.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The lock on a journal's directory, let go by the operating system when the process ends in whatever way. */
final class DirectoryLock implements AutoCloseable {

    private static final String NAME = "lock";

    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    static DirectoryLock take(Path directory) throws IOException {
        FileChannel channel =
                FileChannel.open(directory.resolve(NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean taken = false;
        try {
            FileLock lock = channel.tryLock();
            taken = lock != null;
        } catch (OverlappingFileLockException e) {
            throw inUse(directory);
        } finally {
            if (!taken) {
                channel.close();
            }
        }
        if (!taken) {
            throw inUse(directory);
        }
        return new DirectoryLock(channel);
    }

    private static JournalException inUse(Path directory) {
        return new JournalException(
                "the journal " + directory + " is open in another gateway: give each its own directory");
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
