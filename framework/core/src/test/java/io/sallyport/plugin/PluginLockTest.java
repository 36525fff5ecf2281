package io.sallyport.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The plugin lock")
final class PluginLockTest {

    /** The SHA-256 of the three bytes "abc", FIPS 180-4. */
    private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    private final Path directory;

    PluginLockTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    @DisplayName("reads what sha256sum prints")
    void reads() throws IOException {
        // Given
        Path file = Files.writeString(directory.resolve("plugins.lock"), "# admitted\n\n" + ABC + "  one.jar\n");

        // When
        PluginLock lock = PluginLock.read(file);

        // Then
        assertEquals(ABC, lock.hashOf("one.jar"));
        assertNull(lock.hashOf("two.jar"));
    }

    @Test
    @DisplayName("keeps the other lines when a jar is trusted anew")
    void trust() throws IOException {
        // Given
        Path file = Files.writeString(
                directory.resolve("plugins.lock"), "0".repeat(64) + "  abc.jar\n" + "1".repeat(64) + "  other.jar\n");
        Path jar = Files.writeString(directory.resolve("abc.jar"), "abc");

        // When
        PluginLock.read(file).trust(jar).write(file);

        // Then
        PluginLock lock = PluginLock.read(file);
        assertEquals(ABC, lock.hashOf("abc.jar"));
        assertEquals("1".repeat(64), lock.hashOf("other.jar"));
    }

    @Test
    @DisplayName("admits nothing where there is no file")
    void missing() {
        // When
        PluginLock lock = PluginLock.read(directory.resolve("plugins.lock"));

        // Then
        assertNull(lock.hashOf("one.jar"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"one.jar", "abc  one.jar", "ZZ7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  a"
            })
    @DisplayName("refuses a line of another form with its number")
    void malformed(String line) throws IOException {
        // Given
        Path file = Files.writeString(directory.resolve("plugins.lock"), "# admitted\n" + line + "\n");

        // When
        PluginException refusal = assertThrows(PluginException.class, () -> PluginLock.read(file));

        // Then
        assertTrue(refusal.getMessage().contains("plugins.lock:2:"), refusal.getMessage());
    }
}
