package io.sallyport.journal;

import static io.sallyport.journal.JournalFixture.append;
import static io.sallyport.journal.JournalFixture.directory;
import static io.sallyport.journal.JournalFixture.open;
import static io.sallyport.journal.JournalFixture.say;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.journal.export.ExportReport;
import io.sallyport.journal.export.ExportVerifier;
import io.sallyport.journal.export.SessionExport;
import io.sallyport.journal.lane.Lane;
import io.sallyport.journal.proof.SigningKey;
import io.sallyport.journal.record.PayloadWriter;
import io.sallyport.journal.record.RecordType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionExportTest {

    private final Path home;

    SessionExportTest(@TempDir Path home) {
        this.home = home;
    }

    @BeforeEach
    void journal() throws Exception {
        try (Journal journal = open(home)) {
            Lane lane = journal.lane("loop-0");
            say(lane, RecordType.SESSION_OPENED, 7, 1, "open");
            say(lane, RecordType.ACTION_DECIDED, 7, 2, "SELECT 1");
            say(lane, RecordType.ACTION_DECIDED, 8, 2, "another session's secret");
            journal.checkpoint();
            say(lane, RecordType.OUTCOME, 7, 3, "after the checkpoint, before the segment's end");
            for (int i = 0; i < 15; i++) {
                append(lane, i, "x".repeat(100_000));
            }
            byte[] large = new byte[200_000];
            large[0] = PayloadWriter.VERSION;
            lane.append(RecordType.STREAM, 0, 9, 1, ByteBuffer.wrap(large, 0, 1));
            say(journal.control(), RecordType.APPROVAL, 7, 1, "approved");
            say(lane, RecordType.SESSION_CLOSED, 7, 4, "closed");
        }
    }

    @Test
    @DisplayName("An export of a session that lies in two lanes and segments is proven with the public key alone")
    void proves() throws Exception {
        // When
        List<String> lines = export(7);

        // Then
        ExportReport report = ExportVerifier.verify(lines.stream(), key());
        assertTrue(report.ok(), report.findings().toString());
        assertEquals(5, report.records());
        assertEquals(5, report.provenFrames());
        assertEquals(0, report.unsignedFrames());
        assertFalse(String.join("", lines).contains("another session's secret"));
    }

    @Test
    @DisplayName("A changed character of an export is found, wherever it is")
    void everyCharacter() throws Exception {
        // Given
        List<String> lines = export(7);
        for (int line = 0; line < lines.size(); line++) {
            // Checkpoints are long, and verifying one takes as long as verifying many paths.
            int step = lines.get(line).startsWith("{\"checkpoint\"") ? 23 : 3;
            for (int at = 0; at < lines.get(line).length(); at += step) {
                // When
                StringBuilder changed = new StringBuilder(lines.get(line));
                changed.setCharAt(at, (char) (changed.charAt(at) ^ 1));
                List<String> forged = new ArrayList<>(lines);
                forged.set(line, changed.toString());

                // Then
                assertFalse(ExportVerifier.verify(forged.stream(), key()).ok(), "line " + line + " character " + at);
            }
        }
    }

    @Test
    @DisplayName("Frames behind the last checkpoint are exported and called unsigned")
    void unsigned() throws Exception {
        // Given
        Path checkpoints = directory(home).resolve("checkpoints");
        List<String> signed = Files.readAllLines(checkpoints);
        Files.write(checkpoints, signed.subList(0, 2), StandardOpenOption.TRUNCATE_EXISTING);

        // When
        ExportReport report = ExportVerifier.verify(export(7).stream(), key());

        // Then
        assertTrue(report.ok(), report.findings().toString());
        assertTrue(report.unsignedFrames() > 0);
        assertEquals(5, report.provenFrames() + report.unsignedFrames());
    }

    @Test
    @DisplayName("A record in several frames is exported whole")
    void parts() throws Exception {
        // Given
        Path large = home.resolve("large");
        try (Journal journal = open(large)) {
            Lane lane = journal.lane("loop-0");
            for (int i = 0; i < 9; i++) {
                append(lane, i, "x".repeat(100_000));
            }
            JournalSettings settings = JournalFixture.settings(large);
            say(lane, RecordType.STREAM, 3, 1, "z".repeat(settings.maximumPayload() - 100));
        }

        // When
        StringBuilder out = new StringBuilder();
        SessionExport.write(directory(large), 0, 3, out);

        // Then
        PublicKey key =
                SigningKey.publicFromPem(Files.readString(directory(large).resolve("journal.pub")));
        ExportReport report = ExportVerifier.verify(out.toString().lines(), key);
        assertTrue(report.ok(), report.findings().toString());
        assertEquals(1, report.records());
    }

    private List<String> export(long session) throws Exception {
        StringBuilder out = new StringBuilder();
        SessionExport.write(directory(home), 0, session, out);
        return out.toString().lines().toList();
    }

    private PublicKey key() throws Exception {
        return SigningKey.publicFromPem(
                Files.readString(directory(home).resolve("journal.pub"), StandardCharsets.UTF_8));
    }
}
