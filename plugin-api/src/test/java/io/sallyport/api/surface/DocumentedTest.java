package io.sallyport.api.surface;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentedTest {

    @Test
    @DisplayName("every public declaration has a comment that says what it is")
    void everythingIsDocumented() throws IOException {
        // Given
        List<Path> sources;
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            sources = files.filter(file -> file.toString().endsWith(".java")).toList();
        }
        assertTrue(sources.size() > 50, () -> "only " + sources);

        // When
        List<String> undocumented = Undocumented.in(sources);

        // Then
        assertEquals(List.of(), undocumented);
    }

    @Test
    @DisplayName("a declaration without a comment is found")
    void missingCommentIsFound(@TempDir Path directory) throws IOException {
        // Given
        Path source = directory.resolve("Sample.java");
        Files.writeString(source, """
                /** Documented. */
                public interface Sample {
                    void undocumented();
                    /** Documented. */
                    void documented();
                    /**
                     * Documented.
                     *
                     * @param told documented
                     */
                    record Pair(int told, int untold) {}
                    /** */
                    class Empty { private int hidden; public int shown; @Override public String toString() { return ""; } }
                }
                """);

        // When
        List<String> undocumented = new ArrayList<>(Undocumented.in(List.of(source)));

        // Then
        assertEquals(
                List.of("Sample.undocumented", "Sample.Pair.untold", "Sample.Empty", "Sample.Empty.shown"),
                undocumented);
    }
}
