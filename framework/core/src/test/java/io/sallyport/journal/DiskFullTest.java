package io.sallyport.journal;

import static io.sallyport.journal.JournalFixture.await;
import static io.sallyport.journal.JournalFixture.records;
import static io.sallyport.journal.JournalFixture.say;
import static io.sallyport.journal.JournalFixture.settings;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sallyport.journal.JournalHealth.State;
import io.sallyport.journal.lane.JournalUnavailableException;
import io.sallyport.journal.lane.Lane;
import io.sallyport.journal.record.RecordType;
import io.sallyport.journal.segment.SegmentFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskFullTest {

    private static final Duration FIVE_SECONDS = Duration.ofSeconds(5);

    private final Path home;

    DiskFullTest(@TempDir Path home) {
        this.home = home;
    }

    @Test
    @DisplayName(
            "REC-02: on a full disk records are refused and listeners told within 5 s; with space again they are taken")
    void refusesAndRecovers() throws Exception {
        // Given
        Disk disk = new Disk(6);
        Queue<State> states = new ConcurrentLinkedQueue<>();
        try (Journal journal = Journal.open(settings(home), Clock.systemUTC(), disk)) {
            journal.listen(listener(states));
            Lane lane = journal.lane("loop-0");

            // When
            long taken = fill(lane);
            await(FIVE_SECONDS, () -> states.contains(State.UNAVAILABLE));
            disk.space.addAndGet(2);
            await(FIVE_SECONDS, () -> takes(lane));

            // Then
            await(FIVE_SECONDS, () -> journal.health().state() == State.HEALTHY);
            assertEquals(taken + 1, count());
        }
    }

    @Test
    @DisplayName(
            "REC-02: on a file system that is full records are refused; with space again they are taken, without a restart")
    void fullFileSystem() throws Exception {
        // Given
        Path mount = Files.createDirectory(home.resolve("mount"));
        assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", mount.toString()) == 0, "mounting needs root");
        try {
            Path filler = mount.resolve("filler");
            Files.write(filler, new byte[2 << 20]);
            Queue<State> states = new ConcurrentLinkedQueue<>();
            try (Journal journal = Journal.open(settings(mount), Clock.systemUTC())) {
                journal.listen(listener(states));
                Lane lane = journal.lane("loop-0");

                // When
                fill(lane);
                await(FIVE_SECONDS, () -> states.contains(State.UNAVAILABLE));
                Files.delete(filler);

                // Then
                await(FIVE_SECONDS, () -> takes(lane));
                await(FIVE_SECONDS, () -> journal.health().state() == State.HEALTHY);
            }
        } finally {
            assertEquals(0, run("umount", "-l", mount.toString()));
        }
    }

    @Test
    @DisplayName("REC-02: on a full disk the open sessions' closing records are still taken")
    void closesAreTaken() throws Exception {
        // Given
        int sessions = 50;
        try (Journal journal = Journal.open(settings(home), Clock.systemUTC(), new Disk(6))) {
            Lane lane = journal.lane("loop-0");
            for (int i = 1; i <= sessions; i++) {
                say(lane, RecordType.SESSION_OPENED, i, 1, "open");
            }
            fill(lane);

            // When
            for (int i = 1; i <= sessions; i++) {
                say(lane, RecordType.SESSION_CLOSED, i, 2, "the journal's disk is full");
            }
        }

        // Then
        assertEquals(
                sessions,
                records(home).stream()
                        .filter(record -> record.type() == RecordType.SESSION_CLOSED)
                        .count());
    }

    @Test
    @DisplayName("REC-02: before the last segment is full the journal says that it is low")
    void saysLow() throws Exception {
        // Given
        Disk disk = new Disk(5);
        try (Journal journal = Journal.open(settings(home), Clock.systemUTC(), disk)) {
            Lane lane = journal.lane("loop-0");

            // When
            for (int i = 0; i < 21; i++) {
                JournalFixture.append(lane, i, "x".repeat(100_000));
            }

            // Then
            await(FIVE_SECONDS, () -> journal.health().state() == State.LOW);
            assertTrue(takes(lane));
            assertTrue(journal.health().reason().contains("free space"));
        }
    }

    /** Appends until nothing is taken for as long as spares take to be made; returns how many records were taken. */
    private static long fill(Lane lane) {
        long taken = 0;
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
        while (System.nanoTime() < deadline) {
            if (takes(lane)) {
                taken++;
                deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
            } else {
                Thread.onSpinWait();
            }
        }
        return taken;
    }

    private static boolean takes(Lane lane) {
        try {
            say(lane, RecordType.STREAM, 1, 1, "y".repeat(1_000));
            return true;
        } catch (JournalUnavailableException e) {
            return false;
        }
    }

    private long count() throws IOException {
        return records(home).stream()
                .filter(record -> record.type() == RecordType.STREAM)
                .count();
    }

    private static JournalListener listener(Queue<State> states) {
        return new JournalListener() {
            @Override
            public void health(JournalHealth health) {
                states.add(health.state());
            }
        };
    }

    private static int run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getInputStream().readAllBytes();
        return process.waitFor();
    }

    /** A disk with room for so many segments. */
    private static final class Disk implements SegmentFiles {

        private final SegmentFiles files = SegmentFiles.disk();
        private final AtomicInteger space;

        Disk(int segments) {
            space = new AtomicInteger(segments);
        }

        @Override
        public MappedByteBuffer create(Path file, ByteBuffer header, int size) throws IOException {
            if (space.get() == 0) {
                throw new IOException("No space left on device");
            }
            space.decrementAndGet();
            return files.create(file, header, size);
        }

        @Override
        public MappedByteBuffer open(Path file) throws IOException {
            return files.open(file);
        }

        @Override
        public void delete(Path file) throws IOException {
            files.delete(file);
            space.incrementAndGet();
        }
    }
}
