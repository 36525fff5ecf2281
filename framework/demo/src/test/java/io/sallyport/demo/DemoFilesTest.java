package io.sallyport.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The demo's files and ports")
final class DemoFilesTest {

    private final Path directory;

    DemoFilesTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    @DisplayName("demo.env is read by a shell as it was meant, and by its owner only")
    void environment() throws Exception {
        // Given
        String value = "a b'c$(false)`\"\\";
        new DemoEnvironment().set("VALUE", value).set("EMPTY", "").write(directory);
        Path file = directory.resolve(DemoEnvironment.FILE);

        // When
        Process shell =
                new ProcessBuilder("sh", "-c", ". \"$1\"; printf %s \"$VALUE|$EMPTY\"", "sh", file.toString()).start();
        String read = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        // Then
        assertEquals(value + "|", read);
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    @Test
    @DisplayName("a directory of the demo's own is gone after it")
    void ownDirectory() throws IOException {
        // Given
        DemoDirectory own = DemoDirectory.open(null);
        Files.writeString(Files.createDirectory(own.resolve("inner")).resolve("file"), "text");

        // When
        own.close();

        // Then
        assertFalse(Files.exists(own.path()));
    }

    @Test
    @DisplayName("a named directory keeps its journal, and loses demo.env and the server's data")
    void namedDirectory() throws IOException {
        // Given
        Path named = directory.resolve("demo");
        DemoDirectory demo = DemoDirectory.open(named);
        Files.writeString(Files.createDirectory(demo.resolve("journal")).resolve("segment"), "text");
        Files.createDirectories(demo.resolve("postgres-1").resolve("data"));
        new DemoEnvironment().write(named);

        // When
        demo.close();

        // Then
        assertTrue(Files.exists(named.resolve("journal").resolve("segment")));
        assertFalse(Files.exists(named.resolve("postgres-1")));
        assertFalse(Files.exists(named.resolve(DemoEnvironment.FILE)));
    }

    @Test
    @DisplayName("free ports are all different")
    void ports() throws IOException {
        // When
        DemoPorts ports = DemoPorts.free();

        // Then
        List<Integer> all = List.of(ports.postgres(), ports.ssh(), ports.kubernetes(), ports.admin());
        assertEquals(4, Set.copyOf(all).size());
        assertTrue(all.stream().allMatch(port -> port > 0));
    }
}
