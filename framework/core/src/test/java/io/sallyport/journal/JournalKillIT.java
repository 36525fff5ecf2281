package io.sallyport.journal;

import static io.sallyport.journal.JournalFixture.directory;
import static io.sallyport.journal.JournalFixture.open;
import static io.sallyport.journal.JournalFixture.records;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.journal.lane.JournalUnavailableException;
import io.sallyport.journal.lane.Lane;
import io.sallyport.journal.proof.SigningKey;
import io.sallyport.journal.record.JournalRecord;
import io.sallyport.journal.record.PayloadKey;
import io.sallyport.journal.record.PayloadWriter;
import io.sallyport.journal.record.RecordType;
import io.sallyport.journal.verify.JournalVerifier;
import io.sallyport.journal.verify.VerificationReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalKillIT {

    private static final int KILLS = 10;
    private static final int LANES = 3;

    private final Path home;

    JournalKillIT(@TempDir Path home) {
        this.home = home;
    }

    @Test
    @DisplayName("REC-01: after kill -9 at random moments everything that was acknowledged is there and verifies")
    void survivesKills() throws Exception {
        // Given
        Random random = new Random(20261125);
        Set<String> acknowledged = new HashSet<>();
        for (int kill = 0; kill < KILLS; kill++) {
            // When
            acknowledged.addAll(runAndKill(kill, random.nextInt(900_000_000)));
            open(home).close();

            // Then
            List<JournalRecord> records = records(home);
            Set<String> missing = new HashSet<>(acknowledged);
            records.stream()
                    .filter(record -> record.type() == RecordType.ACTION)
                    .forEach(record ->
                            missing.remove(record.text(PayloadKey.TEXT).orElse("")));
            assertEquals(Set.of(), missing, "kill " + kill);
            assertNoSessionOpen(records);
            VerificationReport report = verify();
            assertTrue(report.ok(), report::text);
            assertEquals(0, report.unsignedFrames());
        }
        assertTrue(acknowledged.size() > 1_000, "acknowledged " + acknowledged.size());
    }

    @Test
    @DisplayName("A second process cannot open the directory while the first has it, and can once that was killed")
    void oneProcess() throws Exception {
        // Given
        Process process = start(0);
        assertTrue(process.getInputStream().read() >= 0);

        // When
        JournalException refused = assertThrows(JournalException.class, () -> open(home));

        // Then
        assertTrue(String.valueOf(refused.getMessage()).contains("open in another gateway"));
        process.destroyForcibly().waitFor();
        open(home).close();
    }

    private static void assertNoSessionOpen(List<JournalRecord> records) {
        Map<Long, Integer> open = new HashMap<>();
        for (JournalRecord record : records) {
            if (record.type() == RecordType.SESSION_OPENED) {
                open.merge(record.sessionLow(), 1, Integer::sum);
            } else if (record.type() == RecordType.SESSION_CLOSED) {
                open.merge(record.sessionLow(), -1, Integer::sum);
            }
        }
        assertTrue(open.values().stream().allMatch(count -> count == 0), open.toString());
    }

    private VerificationReport verify() throws IOException {
        String pem = Files.readString(directory(home).resolve("journal.pub"));
        return JournalVerifier.verify(directory(home), SigningKey.publicFromPem(pem), Optional.empty());
    }

    /** Runs a process that appends, kills it so many nanoseconds after its first record, and returns what it acknowledged. */
    private List<String> runAndKill(int run, long nanos) throws Exception {
        Process process = start(run);
        List<String> lines = new ArrayList<>();
        Thread killer = new Thread(() -> {
            LockSupport.parkNanos(nanos);
            // Through the handle: the process itself would close the pipe, with acknowledgements in it.
            process.toHandle().destroyForcibly();
        });
        StringBuilder line = new StringBuilder();
        for (int c = process.getInputStream().read();
                c >= 0;
                c = process.getInputStream().read()) {
            if (c != '\n') {
                line.append((char) c);
                continue;
            }
            if (lines.isEmpty()) {
                killer.start();
            }
            lines.add(line.toString());
            line.setLength(0);
        }
        assertTrue(process.waitFor(10, TimeUnit.SECONDS));
        killer.join();
        return lines;
    }

    private Process start(int run) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writer.class.getName(),
                        home.toString(),
                        Integer.toString(run))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** The process that is killed: appends on several lanes and prints what was taken, after it was taken. */
    static final class Writer {

        private Writer() {}

        public static void main(String[] arguments) throws Exception {
            Journal journal = open(Path.of(arguments[0]));
            int run = Integer.parseInt(arguments[1]);
            for (int number = 0; number < LANES; number++) {
                Lane lane = journal.lane("loop-" + number);
                long session = run * 100L + number + 1;
                new Thread(() -> write(lane, session)).start();
            }
        }

        private static void write(Lane lane, long session) {
            PayloadWriter payload = new PayloadWriter();
            Random random = new Random(session);
            lane.append(RecordType.SESSION_OPENED, 0, session, 1, payload);
            byte[] filler = new byte[20_000];
            for (long sequence = 2; ; sequence++) {
                String text = lane.name() + "/" + session + "/" + sequence;
                payload.reset()
                        .text(PayloadKey.TEXT, text)
                        .bytes(PayloadKey.CONTENT, filler, 0, random.nextInt(random.nextInt(10) == 0 ? 20_000 : 200));
                if (append(lane, session, sequence, payload)) {
                    System.out.write((text + "\n").getBytes(StandardCharsets.UTF_8), 0, text.length() + 1);
                    System.out.flush();
                }
            }
        }

        private static boolean append(Lane lane, long session, long sequence, PayloadWriter payload) {
            try {
                lane.append(RecordType.ACTION, 0, session, sequence, payload);
                return true;
            } catch (JournalUnavailableException e) {
                // The disk is slower than this loop: as with a client that is refused, go on.
                return false;
            }
        }
    }
}
