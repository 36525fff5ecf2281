package io.sallyport.line;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The sample")
final class SampleSizeTest {

    private static final int MOST_LINES = 400;

    @Test
    @DisplayName("can be read in one sitting: 400 lines in all")
    void size() throws IOException {
        // When
        int lines = 0;
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                lines += Files.readAllLines(file).size();
            }
        }

        // Then
        assertTrue(lines > 0 && lines <= MOST_LINES, lines + " lines");
    }
}
