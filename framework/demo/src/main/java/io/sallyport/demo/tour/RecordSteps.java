package io.sallyport.demo.tour;

import io.sallyport.journal.proof.SigningKey;
import io.sallyport.journal.segment.SegmentName;
import io.sallyport.journal.verify.JournalVerifier;
import io.sallyport.journal.verify.SegmentSummary;
import io.sallyport.journal.verify.VerificationReport;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The record, as an auditor reads it and as anyone with the public key can check it. */
final class RecordSteps {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long LOOK_NANOS = 100_000_000L;

    private final Path journal;
    private final Path directory;
    private final AdminClient admin;

    RecordSteps(UnaryOperator<String> environment, Path directory, AdminClient admin) {
        this.journal = Path.of(environment.apply("JOURNAL_DIR"));
        this.directory = directory;
        this.admin = admin;
    }

    List<String> record(String session) throws Exception {
        int stranger = admin.recordStatus("TOK", session);
        Expect.that(stranger == 403, "alice, who is no auditor, asks for the record: HTTP " + stranger);
        List<String> lines = admin.awaitRecord("TOKEN_AUDITOR", session, "DROP TABLE orders", PATIENCE);
        Expect.that(
                lines.stream().anyMatch(line -> line.contains("DROP TABLE orders") && line.contains("D2")),
                "the record does not show the DROP with its rule: " + lines);
        return lines;
    }

    List<String> verified() throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        VerificationReport report = JournalVerifier.verify(journal, publicKey(), Optional.empty());
        while (report.ok() && report.unsignedFrames() > 0 && System.nanoTime() < deadline) {
            LockSupport.parkNanos(this, LOOK_NANOS);
            report = JournalVerifier.verify(journal, publicKey(), Optional.empty());
        }
        Expect.that(report.ok(), "the journal does not verify:\n" + report.text());
        return report.text().strip().lines().toList();
    }

    List<String> flipped() throws IOException {
        Path copy = Files.createTempDirectory(directory, "tour-journal-");
        try {
            copyTo(copy);
            SegmentSummary segment = signedSegment(copy);
            Path file = new SegmentName(segment.lane(), segment.number()).in(copy);
            long at = segment.bytes() / 2;
            flipBit(file, at);
            VerificationReport report = JournalVerifier.verify(copy, publicKey(), Optional.empty());
            Expect.that(!report.ok(), "a flipped bit in " + file.getFileName() + " was not found");
            return List.of(
                    "in a copy, one bit of byte " + at + " of " + file.getFileName() + " is flipped",
                    "found: " + report.findings().get(0));
        } finally {
            delete(copy);
        }
    }

    private SegmentSummary signedSegment(Path copy) throws IOException {
        VerificationReport intact = JournalVerifier.verify(copy, publicKey(), Optional.empty());
        Expect.that(intact.ok(), "the copy does not verify before anything is changed:\n" + intact.text());
        return intact.segments().stream()
                .filter(segment -> segment.signedFrames() == segment.frames() && segment.frames() > 2)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no segment is signed:\n" + intact.text()));
    }

    private PublicKey publicKey() throws IOException {
        return SigningKey.publicFromPem(Files.readString(journal.resolve("journal.pub")));
    }

    private void copyTo(Path copy) throws IOException {
        try (Stream<Path> files = Files.list(journal)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, copy.resolve(String.valueOf(file.getFileName())));
            }
        }
    }

    private static void flipBit(Path file, long at) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(at);
            int value = bytes.read();
            bytes.seek(at);
            bytes.write(value ^ 1);
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }
}
