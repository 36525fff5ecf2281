package io.sallyport.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The command line")
final class MainTest {

    @Test
    @DisplayName("answers an unknown command with usage on stderr and 2")
    void unknown() {
        // When
        Shell.Result result = Shell.run("frobnicate");

        // Then
        assertEquals(ExitCode.USAGE, result.exitCode());
        assertTrue(result.err().contains("frobnicate"), result.err());
        assertEquals("", result.out());
    }

    @Test
    @DisplayName("shows its commands and exits with 0 when asked for help")
    void help() {
        // When
        Shell.Result result = Shell.run("--help");

        // Then
        assertEquals(ExitCode.DONE, result.exitCode());
        assertTrue(result.out().contains("Usage: sallyport"), result.out());
    }

    @Test
    @DisplayName("prints text from elsewhere without characters that command a terminal or reorder it")
    void safe() {
        // When
        String safe = Output.safe("DROP\u001b[2K\u202eTABLE\r x\ty\n\uD83D\uDE00");

        // Then
        assertEquals("DROP\\u001b[2K\\u202eTABLE\\u000d x\ty\n\uD83D\uDE00", safe);
        assertFalse(safe.contains("\u001b"));
    }
}
