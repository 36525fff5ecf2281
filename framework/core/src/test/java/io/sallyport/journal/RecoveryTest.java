package io.sallyport.journal;

import static io.sallyport.journal.JournalFixture.directory;
import static io.sallyport.journal.JournalFixture.open;
import static io.sallyport.journal.JournalFixture.records;
import static io.sallyport.journal.JournalFixture.say;
import static io.sallyport.journal.JournalFixture.texts;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.journal.lane.JournalUnavailableException;
import io.sallyport.journal.lane.Lane;
import io.sallyport.journal.proof.SigningKey;
import io.sallyport.journal.record.JournalRecord;
import io.sallyport.journal.record.PayloadKey;
import io.sallyport.journal.record.RecordType;
import io.sallyport.journal.segment.Frames;
import io.sallyport.journal.segment.SegmentHeader;
import io.sallyport.journal.verify.JournalVerifier;
import io.sallyport.journal.verify.VerificationReport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecoveryTest {

    private final Path home;

    RecoveryTest(@TempDir Path home) {
        this.home = home;
    }

    @Test
    @DisplayName("REC-01: a session that was open at a kill is closed as interrupted at the next start")
    void closesInterruptedSessions() throws Exception {
        // Given
        Path killed = home.resolve("killed");
        try (Journal journal = open(home)) {
            Lane lane = journal.lane("loop-0");
            say(lane, RecordType.SESSION_OPENED, 1, 1, "stays open");
            say(lane, RecordType.SESSION_OPENED, 2, 1, "ends");
            say(lane, RecordType.ACTION, 1, 2, "SELECT 1");
            say(lane, RecordType.SESSION_CLOSED, 2, 2, "ended");
            copyOf(home, killed);
        }

        // When
        open(killed).close();

        // Then
        List<JournalRecord> closes = records(killed).stream()
                .filter(record -> record.type() == RecordType.SESSION_CLOSED)
                .toList();
        assertEquals(2, closes.size());
        JournalRecord interrupted = closes.get(1);
        assertEquals(1, interrupted.sessionLow());
        assertEquals(3, interrupted.sequence());
        assertEquals("interrupted", interrupted.text(PayloadKey.STATUS).orElseThrow());
        assertEquals("gateway stopped", interrupted.text(PayloadKey.REASON).orElseThrow());
        assertVerifies(killed);
    }

    @Test
    @DisplayName("REC-01: a session that was opened many segments ago is found at the next start, once")
    void closesLongSessions() throws Exception {
        // Given
        Path killed = home.resolve("killed");
        try (Journal journal = open(home)) {
            Lane lane = journal.lane("loop-0");
            say(lane, RecordType.SESSION_OPENED, 9, 1, "long");
            fill(journal, lane, 5);
            copyOf(home, killed);
        }

        // When
        open(killed).close();
        open(killed).close();

        // Then
        List<JournalRecord> closes = records(killed).stream()
                .filter(record -> record.type() == RecordType.SESSION_CLOSED)
                .toList();
        assertEquals(1, closes.size());
        assertEquals(9, closes.get(0).sessionLow());
        assertVerifies(killed);
    }

    @Test
    @DisplayName("A last frame torn at any byte is cut, recorded and written over; all before it stays")
    void tornAtEveryByte() throws Exception {
        // Given
        int size = Frames.size(16);
        Path whole = home.resolve("whole");
        try (Journal journal = open(home)) {
            Lane lane = journal.lane("loop-0");
            say(lane, RecordType.ACTION, 1, 1, "first");
            journal.checkpoint();
            copyOf(home, whole);
            lane.append(RecordType.ACTION, 0, 1, 2, ByteBuffer.wrap(payload(16)));
            Files.copy(segment(home), segment(whole), StandardCopyOption.REPLACE_EXISTING);
        }
        int last = lastFrame(whole);

        for (int kept = Integer.BYTES; kept < size; kept++) {
            // When
            Path torn = home.resolve("torn-" + kept);
            copyOf(whole, torn);
            zero(segment(torn), last + kept, size - kept);
            try (Journal journal = open(torn)) {
                say(journal.lane("loop-0"), RecordType.ACTION, 1, 3, "after");
            }

            // Then
            assertEquals(List.of("first", "after"), texts(torn, RecordType.ACTION), "kept " + kept);
            assertEquals(1, texts(torn, RecordType.RECOVERY).size(), "kept " + kept);
            delete(torn);
        }
    }

    @Test
    @DisplayName("A body that was written without its length is cut, at every length of the body")
    void bodyWithoutLength() throws Exception {
        // Given
        int size = Frames.size(16);
        Path whole = home.resolve("whole");
        try (Journal journal = open(home)) {
            Lane lane = journal.lane("loop-0");
            say(lane, RecordType.ACTION, 1, 1, "first");
            journal.checkpoint();
            copyOf(home, whole);
            lane.append(RecordType.ACTION, 0, 1, 2, ByteBuffer.wrap(payload(16)));
            Files.copy(segment(home), segment(whole), StandardCopyOption.REPLACE_EXISTING);
        }
        int last = lastFrame(whole);

        for (int written = 9; written <= size; written++) {
            // When
            Path torn = home.resolve("torn-" + written);
            copyOf(whole, torn);
            zero(segment(torn), last, Integer.BYTES);
            zero(segment(torn), last + written, size - written);
            open(torn).close();

            // Then
            assertEquals(List.of("first"), texts(torn, RecordType.ACTION));
            assertEquals(1, texts(torn, RecordType.RECOVERY).size(), "written " + written);
            assertVerifies(torn);
            delete(torn);
        }
    }

    @Test
    @DisplayName("Damage in what a checkpoint covers stops the start and is not cut")
    void signedDamageStops() throws Exception {
        // Given
        try (Journal journal = open(home)) {
            say(journal.lane("loop-0"), RecordType.ACTION, 1, 1, "first");
        }
        byte[] before = Files.readAllBytes(segment(home));
        before[SegmentHeader.SIZE + 50] ^= 1;
        Files.write(segment(home), before);

        // When
        JournalException refused = assertThrows(JournalException.class, () -> open(home));

        // Then
        assertTrue(String.valueOf(refused.getMessage()).contains("damaged"));
        assertEquals(-1, Arrays.mismatch(before, Files.readAllBytes(segment(home))));
    }

    @Test
    @DisplayName("A lane whose files are gone stops the start")
    void missingLaneStops() throws Exception {
        // Given
        try (Journal journal = open(home)) {
            say(journal.lane("loop-0"), RecordType.ACTION, 1, 1, "first");
        }
        Files.delete(segment(home));

        // When
        JournalException refused = assertThrows(JournalException.class, () -> open(home));

        // Then
        assertTrue(String.valueOf(refused.getMessage()).contains("lane loop-0"));
    }

    @Test
    @DisplayName("A checkpoint that was cut off while it was written is dropped; the next has its number")
    void tornCheckpoint() throws Exception {
        // Given
        try (Journal journal = open(home)) {
            say(journal.lane("loop-0"), RecordType.ACTION, 1, 1, "first");
        }
        Files.writeString(
                directory(home).resolve("checkpoints"), "sallyport-checkpoint/1 9 17", StandardOpenOption.APPEND);

        // When
        open(home).close();

        // Then
        assertVerifies(home);
    }

    @Test
    @DisplayName("A next segment that a power cut left empty is set aside, and the lane goes on")
    void emptyNextSegment() throws Exception {
        // Given
        try (Journal journal = open(home)) {
            say(journal.lane("loop-0"), RecordType.ACTION, 1, 1, "first");
        }
        Files.createFile(directory(home).resolve("loop-0.0000000002.segment"));

        // When
        try (Journal journal = open(home)) {
            say(journal.lane("loop-0"), RecordType.ACTION, 1, 2, "second");
        }

        // Then
        assertEquals(List.of("first", "second"), texts(home, RecordType.ACTION));
        assertVerifies(home);
    }

    @Test
    @DisplayName("A record whose last parts were never written is left out, and the lane goes on")
    void unfinishedParts() throws Exception {
        // Given
        Path killed = home.resolve("killed");
        try (Journal journal = open(home)) {
            Lane lane = journal.lane("loop-0");
            fillTo(lane, 900_000);
            lane.append(RecordType.STREAM, 0, 1, 1, ByteBuffer.wrap(payload(256 << 10)));
            copyOf(home, killed);
        }
        Path second = directory(killed).resolve("loop-0.0000000002.segment");
        zero(second, SegmentHeader.SIZE, 300_000);

        // When
        try (Journal journal = open(killed)) {
            say(journal.lane("loop-0"), RecordType.OUTCOME, 1, 2, "after");
        }

        // Then
        assertEquals(List.of(), texts(killed, RecordType.STREAM));
        assertEquals(List.of("after"), texts(killed, RecordType.OUTCOME));
        assertVerifies(killed);
    }

    private void fillTo(Lane lane, int bytes) {
        for (int i = 0; i < bytes / 10_000; i++) {
            lane.append(RecordType.ACTION, 0, 1, i, ByteBuffer.wrap(payload(9_952)));
        }
    }

    private static void fill(Journal journal, Lane lane, int segments) throws IOException {
        for (int segment = 0; segment < segments; segment++) {
            for (int i = 0; i < 8; i++) {
                JournalFixture.await(Duration.ofSeconds(10), () -> {
                    try {
                        lane.append(RecordType.ACTION, 0, 5, 1, ByteBuffer.wrap(payload(120_000)));
                        return true;
                    } catch (JournalUnavailableException e) {
                        return false;
                    }
                });
            }
            journal.checkpoint();
        }
    }

    private static byte[] payload(int length) {
        byte[] payload = new byte[length];
        Arrays.fill(payload, (byte) 0x55);
        payload[0] = 1;
        return payload;
    }

    private static Path segment(Path home) {
        return directory(home).resolve("loop-0.0000000001.segment");
    }

    private static int lastFrame(Path home) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(segment(home)));
        int last = 0;
        for (int at = SegmentHeader.SIZE; bytes.getInt(at) != 0; at += bytes.getInt(at)) {
            last = at;
        }
        return last;
    }

    private static void zero(Path file, int offset, int length) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(length), offset);
        }
    }

    /** The state of the disk as a kill at this moment would leave it. */
    private static void copyOf(Path from, Path to) throws IOException {
        Files.createDirectories(directory(to));
        for (String key : List.of("journal.key", "journal.hmac")) {
            Files.copy(from.resolve(key), to.resolve(key), StandardCopyOption.COPY_ATTRIBUTES);
        }
        // Checkpoints first: what they cover is in the segments then.
        copy("checkpoints", directory(from), directory(to));
        try (Stream<Path> files = Files.list(directory(from))) {
            for (Path file : files.filter(RecoveryTest::segmentOrKey).toList()) {
                copy(file.getFileName().toString(), directory(from), directory(to));
            }
        }
    }

    private static boolean segmentOrKey(Path file) {
        return file.toString().endsWith(".segment") || file.toString().endsWith(".pub");
    }

    private static void copy(String name, Path from, Path to) throws IOException {
        Files.copy(from.resolve(name), to.resolve(name), StandardCopyOption.COPY_ATTRIBUTES);
    }

    private static void delete(Path home) throws IOException {
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static void assertVerifies(Path home) throws IOException {
        String pem = Files.readString(directory(home).resolve("journal.pub"));
        VerificationReport report =
                JournalVerifier.verify(directory(home), SigningKey.publicFromPem(pem), Optional.empty());
        assertTrue(report.ok(), report::text);
        assertEquals(0, report.unsignedFrames());
    }
}
