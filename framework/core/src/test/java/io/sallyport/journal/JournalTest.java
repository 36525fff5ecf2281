package io.sallyport.journal;

import static io.sallyport.journal.JournalFixture.append;
import static io.sallyport.journal.JournalFixture.await;
import static io.sallyport.journal.JournalFixture.open;
import static io.sallyport.journal.JournalFixture.records;
import static io.sallyport.journal.JournalFixture.say;
import static io.sallyport.journal.JournalFixture.settings;
import static io.sallyport.journal.JournalFixture.texts;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.journal.lane.Durability;
import io.sallyport.journal.lane.JournalUnavailableException;
import io.sallyport.journal.lane.Lane;
import io.sallyport.journal.proof.Checkpoint;
import io.sallyport.journal.read.Cursor;
import io.sallyport.journal.read.JournalReader;
import io.sallyport.journal.record.JournalRecord;
import io.sallyport.journal.record.PayloadKey;
import io.sallyport.journal.record.PayloadWriter;
import io.sallyport.journal.record.RecordType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {

    private final Path home;

    JournalTest(@TempDir Path home) {
        this.home = home;
    }

    @Test
    @DisplayName("What was appended is read back, in order, with everything it was given")
    void readsBack() throws Exception {
        // Given
        try (Journal journal = open(home)) {
            Lane lane = journal.lane("loop-0");
            say(lane, RecordType.SESSION_OPENED, 7, 1, "hello");

            // When
            say(lane, RecordType.ACTION_DECIDED, 7, 2, "SELECT '\u00e9\ud83d\ude00'");
            lane.append(RecordType.OUTCOME, 0, 7, 3, ByteBuffer.wrap(new byte[] {1}));
        }

        // Then
        List<JournalRecord> session =
                JournalReader.open(JournalFixture.directory(home)).session(0, 7);
        assertEquals(
                List.of(RecordType.SESSION_OPENED, RecordType.ACTION_DECIDED, RecordType.OUTCOME),
                session.stream().map(JournalRecord::type).toList());
        assertEquals(
                "SELECT '\u00e9\ud83d\ude00'",
                session.get(1).text(PayloadKey.TEXT).orElseThrow());
        assertEquals(
                List.of(1L, 2L, 3L),
                session.stream().map(JournalRecord::sequence).toList());
    }

    @Test
    @DisplayName("Records go on over many segments")
    void rotates() throws Exception {
        // Given
        String text = "x".repeat(100_000);
        int count = 60;

        // When
        try (Journal journal = open(home)) {
            Lane lane = journal.lane("loop-0");
            for (int i = 0; i < count; i++) {
                append(lane, i, text + i);
            }
        }

        // Then
        List<String> texts = texts(home, RecordType.ACTION);
        assertEquals(count, texts.size());
        assertEquals(text + (count - 1), texts.get(count - 1));
    }

    @Test
    @DisplayName("A payload of 16 MiB goes into segments of 1 MiB, and one byte more is refused whole")
    void largePayload() throws Exception {
        // Given
        JournalSettings settings = new JournalSettings(
                JournalFixture.directory(home), Durability.WRITTEN, 1 << 20, home.resolve("journal.key"), "node-1");
        byte[] large = new byte[16 << 20];
        new Random(1).nextBytes(large);
        large[0] = PayloadWriter.VERSION;

        // When
        try (Journal journal = Journal.open(settings, Clock.systemUTC())) {
            Lane lane = journal.lane("loop-0");
            lane.append(RecordType.STREAM, 0, 1, 1, ByteBuffer.wrap(large));
            ByteBuffer tooLarge = ByteBuffer.allocateDirect((16 << 20) + 1);
            assertThrows(IllegalArgumentException.class, () -> lane.append(RecordType.STREAM, 0, 1, 2, tooLarge));
            say(lane, RecordType.OUTCOME, 1, 3, "after");
        }

        // Then
        List<JournalRecord> session =
                JournalReader.open(JournalFixture.directory(home)).session(0, 1);
        assertEquals(2, session.size());
        assertArrayEquals(large, session.get(0).payload());
    }

    @Test
    @DisplayName("Internal types cannot be appended from outside")
    void internalTypes() throws Exception {
        // Given
        try (Journal journal = open(home)) {
            Lane lane = journal.lane("loop-0");

            // When
            IllegalArgumentException refused = assertThrows(
                    IllegalArgumentException.class, () -> say(lane, RecordType.SEGMENT_END, 1, 1, "forged"));

            // Then
            assertTrue(String.valueOf(refused.getMessage()).contains("segment-end"));
        }
    }

    @Test
    @DisplayName("A closed journal refuses records")
    void closed() throws Exception {
        // Given
        Journal journal = open(home);
        Lane lane = journal.lane("loop-0");

        // When
        journal.close();

        // Then
        assertThrows(JournalUnavailableException.class, () -> say(lane, RecordType.ACTION, 1, 1, "late"));
    }

    @Test
    @DisplayName("A lane is handed out once")
    void oneOwner() throws Exception {
        // Given
        try (Journal journal = open(home)) {
            journal.lane("loop-0");

            // When, Then
            assertThrows(IllegalStateException.class, () -> journal.lane("loop-0"));
            assertThrows(IllegalArgumentException.class, () -> journal.lane("../loop"));
        }
    }

    @Test
    @DisplayName("With written durability a position is durable when append returns")
    void writtenIsDurableAtOnce() throws Exception {
        // Given
        try (Journal journal = open(home)) {
            Lane lane = journal.lane("loop-0");

            // When
            CompletionStage<Void> durable = lane.durable(say(lane, RecordType.ACTION, 1, 1, "a"));

            // Then
            assertTrue(durable.toCompletableFuture().isDone());
        }
    }

    @Test
    @DisplayName("With synced durability positions become durable on the lane's executor, over segment ends too")
    void syncedCompletesOnExecutor() throws Exception {
        // Given
        ExecutorService executor = Executors.newSingleThreadExecutor(task -> new Thread(task, "loop-0"));
        ConcurrentLinkedQueue<String> threads = new ConcurrentLinkedQueue<>();
        try (Journal journal = Journal.open(settings(home, Durability.SYNCED), Clock.systemUTC())) {
            Lane lane = journal.lane("loop-0", executor);
            String text = "x".repeat(50_000);

            // When
            for (int i = 0; i < 50; i++) {
                int number = i;
                executor.submit(() -> {
                            long position = append(lane, number, text);
                            lane.durable(position)
                                    .thenRun(() ->
                                            threads.add(Thread.currentThread().getName()));
                        })
                        .get(20, TimeUnit.SECONDS);
            }

            // Then
            await(Duration.ofSeconds(20), () -> threads.size() == 50);
            assertTrue(threads.stream().allMatch("loop-0"::equals));
        } finally {
            executor.shutdown();
        }
    }

    @Test
    @DisplayName("A checkpoint that covers every lane arrives within seconds, signed and numbered")
    void checkpoints() throws Exception {
        // Given
        Queue<Checkpoint> signed = new ConcurrentLinkedQueue<>();
        try (Journal journal = open(home)) {
            journal.listen(new JournalListener() {
                @Override
                public void checkpoint(Checkpoint checkpoint) {
                    signed.add(checkpoint);
                }
            });
            Lane lane = journal.lane("loop-0");

            // When
            say(lane, RecordType.ACTION, 1, 1, "a");

            // Then
            await(Duration.ofSeconds(5), () -> signed.stream()
                    .anyMatch(checkpoint -> checkpoint.lanes().size() == 2));
            assertTrue(signed.stream().allMatch(checkpoint -> checkpoint.keyId().equals(journal.keyId())));
            assertTrue(signed.element().number() > 1);
        }
    }

    @Test
    @DisplayName("A follower on another thread sees every record once and in order while the lane appends")
    void follows() throws Exception {
        // Given
        int count = 100_000;
        List<Long> seen = new ArrayList<>();
        try (Journal journal = open(home)) {
            Lane lane = journal.lane("loop-0");
            ExecutorService follower = Executors.newSingleThreadExecutor();
            var done = follower.submit(() -> {
                JournalReader reader = journal.follow(Cursor.start(), RecordType.written());
                while (seen.size() < count) {
                    JournalRecord record = reader.poll(Duration.ofSeconds(10)).orElseThrow();
                    if (record.type() == RecordType.ACTION) {
                        seen.add(record.sequence());
                    }
                }
                return null;
            });

            // When
            for (int i = 0; i < count; i++) {
                append(lane, i, "statement number " + i);
            }

            // Then
            done.get(30, TimeUnit.SECONDS);
            follower.shutdown();
        }
        for (int i = 0; i < count; i++) {
            assertEquals(i, seen.get(i));
        }
    }

    @Test
    @DisplayName("A cursor goes through text and begins at the record behind the last one handed out")
    void cursor() throws Exception {
        // Given
        try (Journal journal = open(home)) {
            Lane lane = journal.lane("loop-0");
            Lane other = journal.lane("loop-1");
            for (int i = 0; i < 10; i++) {
                say(lane, RecordType.ACTION, 1, i, "a" + i);
                say(other, RecordType.ACTION, 2, i, "b" + i);
            }
        }
        JournalReader first = JournalReader.open(JournalFixture.directory(home));
        List<JournalRecord> all = new ArrayList<>(first.poll(7));

        // When
        Cursor cursor = Cursor.parse(first.cursor().text());
        all.addAll(JournalReader.open(JournalFixture.directory(home), cursor).poll(100));

        // Then
        assertEquals(
                records(home).stream().map(JournalRecord::offset).toList(),
                all.stream().map(JournalRecord::offset).toList());
    }

    @Test
    @DisplayName("The digest of content is the same over a restart and tells nothing without the secret")
    void digest() throws Exception {
        // Given
        byte[] content = "card 4111".getBytes(StandardCharsets.UTF_8);
        byte[] digest;
        try (Journal journal = open(home)) {
            digest = journal.digest(content);
        }

        // When
        byte[] again;
        try (Journal journal = open(home)) {
            again = journal.digest(content);
        }

        // Then
        assertArrayEquals(digest, again);
        byte[] plain = java.security.MessageDigest.getInstance("SHA-256").digest(content);
        assertFalse(java.util.Arrays.equals(plain, digest));
    }
}
