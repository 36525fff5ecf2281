package io.sallyport.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.plugin.PluginJarBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("sallyport plugins")
final class PluginsCommandTest {

    private final Path directory;
    private final Path jar;

    PluginsCommandTest(@TempDir Path directory) throws IOException {
        this.directory = directory;
        this.jar = PluginJarBuilder.guardrail("Good", "good").writeTo(directory);
    }

    @Test
    @DisplayName("list fails for a jar that is not admitted, with the command that admits it")
    void listUntrusted() {
        // When
        Shell.Result result = Shell.run("plugins", "list", "--dir", directory.toString());

        // Then
        assertEquals(ExitCode.FAILED, result.exitCode());
        assertTrue(result.err().contains("sallyport plugins trust " + jar), result.err());
    }

    @Test
    @DisplayName("trust admits a jar, and list shows what it offers")
    void trust() {
        // Given
        Shell.Result trusted = Shell.run("plugins", "trust", jar.toString());

        // When
        Shell.Result listed = Shell.run("plugins", "list", "--dir", directory.toString());

        // Then
        assertEquals(ExitCode.DONE, trusted.exitCode(), trusted.err());
        assertEquals(ExitCode.DONE, listed.exitCode(), listed.err());
        assertTrue(listed.out().contains("guardrail 'good'"), listed.out());
    }

    @Test
    @DisplayName("list prints JSON when asked")
    void json() {
        // Given
        Shell.run("plugins", "trust", jar.toString());

        // When
        Shell.Result listed = Shell.run("plugins", "list", "--dir", directory.toString(), "--output", "json");

        // Then
        assertTrue(listed.out().contains("\"offers\" : [ \"guardrail 'good'\" ]"), listed.out());
    }

    @Test
    @DisplayName("verify loads a jar without admitting it")
    void verify() {
        // When
        Shell.Result result = Shell.run("plugins", "verify", jar.toString());

        // Then
        assertEquals(ExitCode.DONE, result.exitCode(), result.err());
        assertTrue(result.out().contains("guardrail 'good'"), result.out());
        assertFalse(Files.exists(directory.resolve("plugins.lock")));
    }

    @Test
    @DisplayName("verify fails for a file that is no plugin")
    void verifyOther() throws IOException {
        // Given
        Path other = Files.writeString(directory.resolve("other.jar"), "text");

        // When
        Shell.Result result = Shell.run("plugins", "verify", other.toString());

        // Then
        assertEquals(ExitCode.FAILED, result.exitCode());
        assertTrue(result.err().contains("not a readable jar"), result.err());
    }

    @Test
    @DisplayName("trust answers a missing file with 2")
    void trustMissing() {
        // When
        Shell.Result result =
                Shell.run("plugins", "trust", directory.resolve("none.jar").toString());

        // Then
        assertEquals(ExitCode.USAGE, result.exitCode());
    }
}
