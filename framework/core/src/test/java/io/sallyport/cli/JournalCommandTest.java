package io.sallyport.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.journal.Journal;
import io.sallyport.journal.JournalSettings;
import io.sallyport.journal.lane.Durability;
import io.sallyport.journal.record.PayloadKey;
import io.sallyport.journal.record.PayloadWriter;
import io.sallyport.journal.record.RecordType;
import io.sallyport.journal.record.SessionText;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("sallyport journal")
final class JournalCommandTest {

    private static final long HIGH = 7;
    private static final long LOW = 8;

    private final Path home;
    private final Path journal;
    private final Path key;

    JournalCommandTest(@TempDir Path home) throws IOException {
        this.home = home;
        this.journal = home.resolve("journal");
        this.key = home.resolve("kept.pub");
        JournalSettings settings =
                new JournalSettings(journal, Durability.WRITTEN, 1 << 20, home.resolve("journal.key"), "node-1");
        try (Journal open = Journal.open(settings, Clock.systemUTC())) {
            PayloadWriter payload = new PayloadWriter().text(PayloadKey.TEXT, "SELECT 1");
            open.control().append(RecordType.SESSION_OPENED, HIGH, LOW, 1, payload);
            open.control().append(RecordType.ACTION_DECIDED, HIGH, LOW, 2, payload);
            open.control().append(RecordType.SESSION_CLOSED, HIGH, LOW, 3, payload);
        }
        Files.copy(journal.resolve("journal.pub"), key);
    }

    @Test
    @DisplayName("verify passes for what was signed")
    void verify() {
        // When
        Shell.Result result = Shell.run("journal", "verify", journal.toString(), "--key", key.toString());

        // Then
        assertEquals(ExitCode.DONE, result.exitCode(), result.out() + result.err());
        assertTrue(result.out().contains("signed up to checkpoint"), result.out());
    }

    @Test
    @DisplayName("verify fails with 1 for a flipped bit and says where")
    void flipped() throws IOException {
        // Given
        Path segment = journal.resolve("control.0000000001.segment");
        try (RandomAccessFile file = new RandomAccessFile(segment.toFile(), "rw")) {
            file.seek(200);
            int value = file.read();
            file.seek(200);
            file.write(value ^ 1);
        }

        // When
        Shell.Result result =
                Shell.run("journal", "verify", journal.toString(), "--key", key.toString(), "--output", "json");

        // Then
        assertEquals(ExitCode.FAILED, result.exitCode());
        assertTrue(result.out().contains("\"ok\":false"), result.out());
        assertTrue(result.out().contains("control.0000000001.segment"), result.out());
    }

    @Test
    @DisplayName("verify answers a missing or unusable key with 2")
    void wrongKey() throws IOException {
        // Given
        Path other = Files.writeString(home.resolve("other.pub"), "no key");

        // When
        Shell.Result missing = Shell.run("journal", "verify", journal.toString(), "--key", home + "/none.pub");
        Shell.Result unusable = Shell.run("journal", "verify", journal.toString(), "--key", other.toString());

        // Then
        assertEquals(ExitCode.USAGE, missing.exitCode(), missing.err());
        assertEquals(ExitCode.USAGE, unusable.exitCode(), unusable.err());
    }

    @Test
    @DisplayName("export writes one session, and verify checks the file alone")
    void export() throws IOException {
        // Given
        Path file = home.resolve("session.jsonl");
        String session = SessionText.of(HIGH, LOW);

        // When
        Shell.Result exported =
                Shell.run("journal", "export", journal.toString(), "--session", session, "--to", file.toString());
        Shell.Result verified = Shell.run("journal", "verify", file.toString(), "--key", key.toString());

        // Then
        assertEquals(ExitCode.DONE, exported.exitCode(), exported.err());
        assertTrue(Files.readString(file).contains("SELECT 1"));
        assertEquals(ExitCode.DONE, verified.exitCode(), verified.out() + verified.err());
        assertTrue(verified.out().contains("3 records"), verified.out());
    }

    @Test
    @DisplayName("export answers an unknown session with 1")
    void unknownSession() {
        // When
        Shell.Result result = Shell.run("journal", "export", journal.toString(), "--session", SessionText.of(1, 2));

        // Then
        assertEquals(ExitCode.FAILED, result.exitCode());
        assertTrue(result.err().contains("has no session"), result.err());
    }
}
