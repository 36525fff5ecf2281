package io.sallyport.demo;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where a demo keeps its files: a directory that its user named, or one of its own that it removes in the end. */
final class DemoDirectory implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DemoDirectory.class);

    private final Path path;
    private final boolean own;

    private DemoDirectory(Path path, boolean own) {
        this.path = path;
        this.own = own;
    }

    static DemoDirectory open(@Nullable Path named) throws IOException {
        if (named == null) {
            return new DemoDirectory(Files.createTempDirectory("sallyport-demo-"), true);
        }
        Path path = named.toAbsolutePath().normalize();
        Files.createDirectories(path);
        DemoDirectory directory = new DemoDirectory(path, false);
        directory.removeRun();
        return directory;
    }

    Path path() {
        return path;
    }

    Path resolve(String name) {
        return path.resolve(name);
    }

    /**
     * Remembers this directory as the one that {@code sallyport demo token} means when it is given none. Where that cannot
     * be written, the command needs its {@code --dir}.
     */
    void remember() {
        Path pointer = pointer();
        try {
            Files.createDirectories(pointer.resolveSibling("."));
            Files.writeString(pointer, path.toString());
        } catch (IOException e) {
            LOG.warn("`sallyport demo token` will need --dir {}: {}", path, e.toString());
        }
    }

    /** The directory of the demo that was started last. */
    static Path remembered() throws IOException {
        try {
            return Path.of(Files.readString(pointer()));
        } catch (NoSuchFileException e) {
            throw new IOException("no demo is running; start one with: sallyport demo", e);
        }
    }

    @Override
    public void close() throws IOException {
        Path pointer = pointer();
        if (Files.isReadable(pointer) && Files.readString(pointer).equals(path.toString())) {
            Files.delete(pointer);
        }
        removeRun();
        if (own) {
            removeTree(path);
        }
    }

    private static Path pointer() {
        String cache = System.getenv("XDG_CACHE_HOME");
        Path base =
                cache == null || cache.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(cache);
        return base.resolve("sallyport").resolve("demo");
    }

    /** What a next run makes anew, and what a killed one may have left. Journal, keys and configuration stay. */
    private void removeRun() throws IOException {
        Files.deleteIfExists(resolve(DemoEnvironment.FILE));
        try (var entries = Files.list(path)) {
            List<Path> former = entries.filter(
                            entry -> String.valueOf(entry.getFileName()).startsWith("postgres-"))
                    .toList();
            for (Path entry : former) {
                removeTree(entry);
            }
        }
    }

    private static void removeTree(Path root) throws IOException {
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) {
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                    throws IOException {
                Files.deleteIfExists(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Creates or empties a file that only its owner can read, and writes the text into it. */
    static void writePrivate(Path file, String text) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, text);
    }
}
