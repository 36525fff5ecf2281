package io.sallyport.tree;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The files of all modules, without what a build or an editor leaves behind. */
final class SourceTree {

    private static final Set<String> LEFT_BEHIND = Set.of(".git", ".idea", ".vscode", "node_modules");

    private final Path root;
    private final List<Path> files;

    private SourceTree(Path root, List<Path> files) {
        this.root = root;
        this.files = files;
    }

    /** The tree that the working directory is a module of. */
    static SourceTree here() {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(directory.resolve(".mvn"))) {
            Path parent = directory.getParent();
            if (parent == null) {
                throw new IllegalStateException("no directory above holds .mvn");
            }
            directory = parent;
        }
        return at(directory);
    }

    /** The tree below a directory. */
    static SourceTree at(Path root) {
        List<Path> files = new ArrayList<>();
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                    String name = String.valueOf(directory.getFileName());
                    boolean built = name.equals("target") && Files.exists(directory.resolveSibling("pom.xml"));
                    return built || LEFT_BEHIND.contains(name)
                            ? FileVisitResult.SKIP_SUBTREE
                            : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    // In a linked work tree .git is a file.
                    if (!LEFT_BEHIND.contains(String.valueOf(file.getFileName()))) {
                        files.add(file);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new SourceTree(root, files.stream().sorted().toList());
    }

    List<Path> files() {
        return files;
    }

    /** The Java sources of products, without tests. */
    List<Path> mainSources() {
        return files.stream()
                .filter(file ->
                        name(file).contains("/src/main/java/") && name(file).endsWith(".java"))
                .toList();
    }

    /** The name of a file within the tree, with slashes. */
    String name(Path file) {
        return "/" + root.relativize(file).toString().replace('\\', '/');
    }

    /** The lines of a text file; none where it is not text. */
    static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (MalformedInputException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
