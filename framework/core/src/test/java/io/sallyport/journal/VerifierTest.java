package io.sallyport.journal;

import static io.sallyport.journal.JournalFixture.append;
import static io.sallyport.journal.JournalFixture.directory;
import static io.sallyport.journal.JournalFixture.open;
import static io.sallyport.journal.JournalFixture.say;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.journal.lane.Lane;
import io.sallyport.journal.proof.Checkpoint;
import io.sallyport.journal.proof.SigningKey;
import io.sallyport.journal.record.RecordType;
import io.sallyport.journal.verify.JournalVerifier;
import io.sallyport.journal.verify.VerificationReport;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifierTest {

    private final Path home;

    VerifierTest(@TempDir Path home) {
        this.home = home;
    }

    @BeforeEach
    void journal() throws Exception {
        try (Journal journal = open(home)) {
            Lane first = journal.lane("loop-0");
            Lane second = journal.lane("loop-1");
            for (int i = 0; i < 5; i++) {
                say(first, RecordType.ACTION_DECIDED, 1, i, "SELECT " + i);
                say(second, RecordType.STREAM, 2, i, "line " + i);
                if (i % 3 == 0) {
                    journal.checkpoint();
                }
            }
        }
    }

    @Test
    @DisplayName("An untouched journal is OK and wholly signed")
    void untouched() throws Exception {
        // When
        VerificationReport report = verify();

        // Then
        assertTrue(report.ok(), report::text);
        assertEquals(0, report.unsignedFrames());
        assertEquals(3, report.segments().size());
        assertTrue(report.text().endsWith("OK\n"));
        assertTrue(report.json().startsWith("{\"ok\":true"));
    }

    @Test
    @DisplayName("Any changed byte of any signed header or frame is found, and its place named")
    void everyByteOfSegments() throws Exception {
        for (var segment : verify().segments()) {
            Path file = file(segment.lane(), segment.number());
            for (int at = 0; at < segment.bytes(); at++) {
                // Given
                flip(file, at, 1 << at % 8);

                // When
                VerificationReport report = verify();

                // Then
                assertFalse(report.ok(), file + " byte " + at);
                assertEquals(
                        file.getFileName().toString(), report.findings().get(0).file());
                flip(file, at, 1 << at % 8);
            }
        }
    }

    @Test
    @DisplayName("Any changed byte of the checkpoints is found")
    void everyByteOfCheckpoints() throws Exception {
        // Given
        Path file = directory(home).resolve("checkpoints");
        for (int at = 0; at < Files.size(file); at++) {
            // One bit in turn, among them the one that tells upper from lower case.
            int mask = at % 2 == 0 ? 0x01 : 0x20;

            // When
            flip(file, at, mask);
            VerificationReport report = verify();

            // Then
            assertFalse(report.ok(), "byte " + at + " mask " + mask);
            flip(file, at, mask);
        }
    }

    @Test
    @DisplayName("Changed bits of the last checkpoint, which no other vouches for, are found")
    void everyBitOfTheLastCheckpoint() throws Exception {
        // Given
        Path file = directory(home).resolve("checkpoints");
        List<String> lines = Files.readAllLines(file);
        int end = (int) Files.size(file);
        int begin = end - lines.get(lines.size() - 1).length() - 1;
        for (int bit = 0; bit < (end - begin) * 8; bit += 3) {
            // When
            flip(file, begin + bit / 8, 1 << bit % 8);
            VerificationReport report = verify();

            // Then
            assertFalse(report.ok(), "bit " + bit);
            flip(file, begin + bit / 8, 1 << bit % 8);
        }
    }

    @Test
    @DisplayName("A changed byte of a full segment is found, in its frames and behind their end")
    void bytesOfFullSegment() throws Exception {
        // Given
        Path large = home.resolve("large");
        try (Journal journal = open(large)) {
            Lane lane = journal.lane("loop-0");
            for (int i = 0; i < 20; i++) {
                append(lane, i, "x".repeat(100_000));
            }
        }
        Path file = directory(large).resolve("loop-0.0000000001.segment");
        Random random = new Random(42);
        for (int i = 0; i < 100; i++) {
            int at = i == 0 ? (1 << 20) - 1 : random.nextInt(1 << 20);

            // When
            flip(file, at, 0x10);

            // Then
            assertFalse(verify(large, Optional.empty()).ok(), "byte " + at);
            flip(file, at, 0x10);
        }
        assertTrue(verify(large, Optional.empty()).ok());
    }

    @Test
    @DisplayName("A missing segment, a doubled one and two that changed places are found")
    void segmentsInDisorder() throws Exception {
        // Given
        Path large = home.resolve("large");
        try (Journal journal = open(large)) {
            Lane lane = journal.lane("loop-0");
            for (int i = 0; i < 40; i++) {
                append(lane, i, "x".repeat(100_000));
            }
        }
        Path second = directory(large).resolve("loop-0.0000000002.segment");
        Path third = directory(large).resolve("loop-0.0000000003.segment");
        Path aside = large.resolve("aside");

        // When, Then
        Files.move(second, aside);
        assertFalse(verify(large, Optional.empty()).ok(), "missing");
        Files.copy(third, second);
        assertFalse(verify(large, Optional.empty()).ok(), "doubled");
        Files.move(aside, third, StandardCopyOption.REPLACE_EXISTING);
        assertFalse(verify(large, Optional.empty()).ok(), "changed places");
    }

    @Test
    @DisplayName("Missing, doubled and reordered checkpoints are found")
    void checkpointsInDisorder() throws Exception {
        // Given
        Path file = directory(home).resolve("checkpoints");
        List<String> lines = Files.readAllLines(file);
        List<String> missing = new ArrayList<>(lines);
        missing.remove(1);
        List<String> doubled = new ArrayList<>(lines);
        doubled.add(1, lines.get(1));
        List<String> reordered = new ArrayList<>(lines);
        Collections.swap(reordered, 1, 2);

        for (List<String> changed : List.of(missing, doubled, reordered)) {
            // When
            Files.write(file, changed);

            // Then
            assertFalse(verify().ok(), changed.toString());
        }
    }

    @Test
    @DisplayName("Signed records taken from the end with their checkpoints are found by an anchor, and only by it")
    void anchorFindsTruncation() throws Exception {
        // Given
        Path file = directory(home).resolve("checkpoints");
        List<String> lines = Files.readAllLines(file);
        Checkpoint anchor = Checkpoint.parse(lines.get(lines.size() - 1));
        assertTrue(verify(home, Optional.of(anchor)).anchored());

        // When
        truncateTo(Checkpoint.parse(lines.get(lines.size() - 2)), lines.subList(0, lines.size() - 1));

        // Then
        assertTrue(verify().ok());
        VerificationReport anchored = verify(home, Optional.of(anchor));
        assertFalse(anchored.ok());
        assertFalse(anchored.anchored());
    }

    @Test
    @DisplayName("An anchor that another key signed is refused")
    void foreignAnchor() throws Exception {
        // Given
        Path other = home.resolve("other");
        open(other).close();
        String line =
                Files.readAllLines(directory(other).resolve("checkpoints")).get(0);

        // When, Then
        assertThrows(IllegalArgumentException.class, () -> verify(home, Optional.of(Checkpoint.parse(line))));
    }

    @Test
    @DisplayName("Records that no checkpoint covers are called unsigned, and are no damage")
    void unsignedTail() throws Exception {
        // Given
        Path file = directory(home).resolve("checkpoints");
        List<String> lines = Files.readAllLines(file);

        // When
        Files.write(file, lines.subList(0, lines.size() - 1));

        // Then
        VerificationReport report = verify();
        assertTrue(report.ok(), report::text);
        assertTrue(report.unsignedFrames() > 0);
        assertTrue(report.text().contains("unsigned"));
    }

    @Test
    @DisplayName("A journal without checkpoints, and one under another key, are not OK")
    void unsignedAndForeign() throws Exception {
        // Given
        Path other = home.resolve("other");
        open(other).close();

        // When
        VerificationReport foreign = JournalVerifier.verify(directory(home), key(other), Optional.empty());
        Files.delete(directory(home).resolve("checkpoints"));
        VerificationReport unsigned = verify();

        // Then
        assertFalse(foreign.ok());
        assertTrue(foreign.last().isEmpty());
        assertFalse(unsigned.ok());
    }

    private void truncateTo(Checkpoint checkpoint, List<String> lines) throws IOException {
        Files.write(directory(home).resolve("checkpoints"), lines);
        for (var point : checkpoint.lanes()) {
            Path file = file(point.lane(), point.segment());
            byte[] bytes = Files.readAllBytes(file);
            java.util.Arrays.fill(bytes, (int) point.bytes(), bytes.length, (byte) 0);
            Files.write(file, bytes, StandardOpenOption.TRUNCATE_EXISTING);
        }
    }

    private Path file(String lane, long number) {
        return directory(home).resolve(lane + ".000000000" + number + ".segment");
    }

    private VerificationReport verify() throws IOException {
        return verify(home, Optional.empty());
    }

    private static VerificationReport verify(Path home, Optional<Checkpoint> anchor) throws IOException {
        return JournalVerifier.verify(directory(home), key(home), anchor);
    }

    private static java.security.PublicKey key(Path home) throws IOException {
        return SigningKey.publicFromPem(Files.readString(directory(home).resolve("journal.pub")));
    }

    private static void flip(Path file, int at, int mask) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(at);
            int value = bytes.read();
            bytes.seek(at);
            bytes.write(value ^ mask);
        }
    }
}
