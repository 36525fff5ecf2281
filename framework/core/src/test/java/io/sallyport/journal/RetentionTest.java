package io.sallyport.journal;

import static io.sallyport.journal.JournalFixture.append;
import static io.sallyport.journal.JournalFixture.directory;
import static io.sallyport.journal.JournalFixture.open;
import static io.sallyport.journal.JournalFixture.records;
import static io.sallyport.journal.JournalFixture.say;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.journal.lane.Lane;
import io.sallyport.journal.proof.SigningKey;
import io.sallyport.journal.record.RecordType;
import io.sallyport.journal.segment.SegmentName;
import io.sallyport.journal.verify.JournalVerifier;
import io.sallyport.journal.verify.VerificationReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetentionTest {

    private final Path home;

    RetentionTest(@TempDir Path home) {
        this.home = home;
    }

    @Test
    @DisplayName("Old full segments are removed; the rest verifies, goes on and opens again")
    void removesOldSegments() throws Exception {
        // Given
        try (Journal journal = open(home)) {
            Lane lane = journal.lane("loop-0");
            say(lane, RecordType.SESSION_OPENED, 4, 1, "outlives its first segments");
            fill(lane, 40);
            journal.checkpoint();
            Instant cutoff = Instant.now();
            int kept = records(home).size();

            // When
            int removed = journal.retire(cutoff);

            // Then
            assertTrue(removed >= 2, "removed " + removed);
            assertTrue(records(home).size() < kept);
            say(lane, RecordType.ACTION, 4, 2, "after");
        }
        open(home).close();
        VerificationReport report = verify();
        assertTrue(report.ok(), report::text);
        assertEquals(
                1,
                records(home).stream()
                        .filter(record -> record.of(0, 4) && record.type() == RecordType.SESSION_CLOSED)
                        .count());
    }

    @Test
    @DisplayName("Young segments stay")
    void keepsYoungSegments() throws Exception {
        // Given
        Instant cutoff = Instant.now();
        try (Journal journal = open(home)) {
            fill(journal.lane("loop-0"), 40);
            journal.checkpoint();

            // When
            int removed = journal.retire(cutoff);

            // Then
            assertEquals(0, removed);
        }
    }

    @Test
    @DisplayName("A segment that someone else removes is missed, also after retention")
    void missesOthers() throws Exception {
        // Given
        try (Journal journal = open(home)) {
            Lane lane = journal.lane("loop-0");
            fill(lane, 20);
            journal.checkpoint();
            journal.retire(Instant.now());
            fill(lane, 20);
        }

        // When
        var segments = Objects.requireNonNull(SegmentName.list(directory(home)).get("loop-0"));
        Files.delete(segments.firstEntry().getValue());

        // Then
        assertFalse(verify().ok());
    }

    private static void fill(Lane lane, int records) {
        for (int i = 0; i < records; i++) {
            append(lane, i, "x".repeat(100_000));
        }
    }

    private VerificationReport verify() throws IOException {
        String pem = Files.readString(directory(home).resolve("journal.pub"));
        return JournalVerifier.verify(directory(home), SigningKey.publicFromPem(pem), Optional.empty());
    }
}
