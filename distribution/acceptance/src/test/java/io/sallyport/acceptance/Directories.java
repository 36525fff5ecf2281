package io.sallyport.acceptance;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirFactory;

/** Directories that tests make and leave no trace of. */
final class Directories {

    private static final int LETTERS = 12;

    private Directories() {}

    /**
     * Makes a directory for temporary files. Its name has no digits: a number that looks like a card's by chance would be
     * masked wherever a path is shown through the gateway.
     */
    static Path make(String prefix) throws IOException {
        StringBuilder name = new StringBuilder(prefix);
        ThreadLocalRandom.current().ints(LETTERS, 'a', 'z' + 1).forEach(name::appendCodePoint);
        return Files.createDirectory(
                Path.of(System.getProperty("java.io.tmpdir"), name.toString()),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    /** For {@code @TempDir}. */
    static final class Lettered implements TempDirFactory {

        @Override
        public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext extension)
                throws IOException {
            return make("sallyport-");
        }
    }

    /** Removes a tree, in which others may still be removing files. */
    static void remove(Path root) throws IOException {
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path entered, @Nullable IOException failure) throws IOException {
                Files.deleteIfExists(entered);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
