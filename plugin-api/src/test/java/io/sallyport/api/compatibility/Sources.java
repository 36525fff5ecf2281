package io.sallyport.api.compatibility;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Small APIs, compiled for a test. */
final class Sources {

    private Sources() {}

    /** A jar of the types, one declaration on each line, in the package {@code sample}. */
    static Path jar(Path directory, String declarations) throws IOException {
        Files.createDirectories(directory.resolve("classes"));
        List<Path> files = new ArrayList<>();
        for (String declaration : declarations.strip().split("\n", -1)) {
            Path file = directory.resolve(nameOf(declaration) + ".java");
            Files.writeString(file, "package sample;\n" + declaration + "\n");
            files.add(file);
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            List<String> options = List.of("-d", directory.resolve("classes").toString(), "-proc:none");
            boolean done = compiler.getTask(
                            null, manager, null, options, null, manager.getJavaFileObjectsFromPaths(files))
                    .call();
            if (!done) {
                throw new IOException("the sample does not compile: " + declarations);
            }
        }
        return Jars.pack(directory.resolve("classes"), directory.resolve("api.jar"));
    }

    private static String nameOf(String declaration) {
        String[] words = declaration.split("[^A-Za-z@]+", -1);
        for (int i = 0; i < words.length - 1; i++) {
            if (List.of("interface", "@interface", "record", "enum").contains(words[i])) {
                return words[i + 1];
            }
        }
        throw new IllegalArgumentException(declaration);
    }
}
