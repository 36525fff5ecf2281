package io.sallyport.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;

/** The shell variables that let scripts find a running demo. */
final class DemoEnvironment {

    /** The file in the demo's directory; it exists exactly while every port accepts. */
    static final String FILE = "demo.env";

    private final Map<String, String> variables = new LinkedHashMap<>();

    DemoEnvironment set(String name, String value) {
        variables.put(name, value);
        return this;
    }

    String get(String name) {
        return variables.getOrDefault(name, "");
    }

    /** Writes the file in one step: whoever sees it sees all of it. */
    void write(Path directory) throws IOException {
        Path next = directory.resolve(FILE + ".next");
        DemoDirectory.writePrivate(next, text());
        Files.move(next, directory.resolve(FILE), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    String text() {
        StringBuilder text = new StringBuilder();
        variables.forEach((name, value) -> text.append(name)
                .append("='")
                .append(value.replace("'", "'\\''"))
                .append("'\n"));
        return text.toString();
    }
}
