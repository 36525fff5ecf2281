package io.sallyport.launch.follow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sallyport.api.sink.EventSink;
import io.sallyport.journal.Journal;
import io.sallyport.journal.JournalSettings;
import io.sallyport.journal.lane.Durability;
import io.sallyport.journal.lane.JournalUnavailableException;
import io.sallyport.journal.lane.Lane;
import io.sallyport.journal.proof.Checkpoint;
import io.sallyport.journal.record.PayloadKey;
import io.sallyport.journal.record.PayloadWriter;
import io.sallyport.journal.record.RecordType;
import io.sallyport.journal.segment.SegmentName;
import io.sallyport.store.SinkCursors;
import io.sallyport.store.Store;
import io.sallyport.store.StoreSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A sink that follows the journal")
final class SinkDeliveryTest {

    private static final int RECORDS = 60;

    private final Path directory;
    private final Store store;
    private Journal journal;

    SinkDeliveryTest(@TempDir Path directory) throws IOException {
        this.directory = directory;
        store = Store.open(StoreSettings.embedded(directory.resolve("store.db")));
        journal = openJournal();
    }

    /** Takes what it is given while it is up. */
    private static final class Target implements EventSink {

        final List<Event> taken = new CopyOnWriteArrayList<>();
        final AtomicBoolean up = new AtomicBoolean(true);
        volatile @Nullable Throwable failure;

        @Override
        public void deliver(List<Event> events) throws IOException {
            Throwable thrown = failure;
            if (thrown instanceof Error error) {
                throw error;
            }
            if (!up.get()) {
                throw new IOException("the target is down");
            }
            taken.addAll(events);
        }

        List<String> ids() {
            return taken.stream().map(Event::id).toList();
        }

        long of(RecordType type) {
            return taken.stream()
                    .filter(event -> event.type().equals(type.label()))
                    .map(Event::id)
                    .distinct()
                    .count();
        }
    }

    @AfterEach
    void close() throws IOException {
        journal.close();
        store.close();
    }

    @Test
    @DisplayName("brings everything once the target is back, also across a restart of the gateway")
    void downAndUp() throws Exception {
        // Given
        Target target = new Target();
        target.up.set(false);
        Followers followers = follow(target);
        say(journal.control(), RECORDS);
        await(() -> followers.states().get(0).failures() > 0);
        assertTrue(followers.states().get(0).failure().contains("the target is down"));
        followers.close();
        journal.close();
        journal = openJournal();

        // When
        target.up.set(true);
        try (Followers restarted = follow(target)) {
            await(() -> target.of(RecordType.OWN) == RECORDS);
            await(() -> restarted.states().get(0).lag().isZero());
        }

        // Then
        assertEquals(RECORDS, target.of(RecordType.OWN));
        assertEquals(2, target.taken.stream().filter(SinkDeliveryTest::isStart).count());
    }

    @Test
    @DisplayName("brings nothing again after an orderly restart")
    void resumes() throws Exception {
        // Given
        Target first = new Target();
        try (Followers followers = follow(first)) {
            say(journal.control(), RECORDS);
            await(() -> first.of(RecordType.OWN) == RECORDS);
            assertEquals("", followers.states().get(0).failure());
        }
        say(journal.control(), 3);

        // When
        Target second = new Target();
        try (Followers followers = follow(second)) {
            await(() -> second.of(RecordType.OWN) >= 3);
            assertEquals(1, followers.states().size());
        }

        // Then
        assertEquals(3, second.of(RecordType.OWN));
        assertEquals(second.taken.size(), new HashSet<>(second.ids()).size());
    }

    @Test
    @DisplayName("goes on after a plugin has thrown an error")
    void error() throws Exception {
        // Given
        Target target = new Target();
        target.failure = new NoClassDefFoundError("missing");
        try (Followers followers = follow(target)) {
            say(journal.control(), 1);
            await(() -> followers.states().get(0).failures() > 0);

            // When
            target.failure = null;
            await(() -> target.of(RecordType.OWN) == 1);

            // Then
            assertTrue(followers.states().get(0).failures() >= 1);
        }
    }

    @Test
    @DisplayName("delays neither traffic nor another sink while it hangs")
    void hangs() throws Exception {
        // Given
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch forever = new CountDownLatch(1);
        EventSink hanging = events -> {
            entered.countDown();
            try {
                forever.await();
            } catch (InterruptedException e) {
                throw new IOException("stopped", e);
            }
        };
        Target other = new Target();
        try (Followers followers = follow(hanging)) {
            followers.start("sink-other", new SinkDelivery("node", other));
            say(journal.control(), 1);
            entered.await();

            // When
            long began = System.nanoTime();
            say(journal.control(), 10_000);
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            await(() -> other.of(RecordType.OWN) == 10_001);

            // Then
            assertTrue(took.compareTo(Duration.ofSeconds(5)) < 0, took::toString);
            assertFalse(followers.states().get(0).lag().isZero());
        }
    }

    @Test
    @DisplayName("keeps old segments from being removed until they are passed on")
    void keepsSegments() throws Exception {
        // Given
        Target target = new Target();
        target.up.set(false);
        try (Followers followers = follow(target)) {
            Lane lane = journal.lane("loop-0");
            fill(lane, 40);
            journal.checkpoint();
            int segments = segments();

            // When
            var held = journal.retire(Instant.now(), followers::needed);
            int afterwards = segments();
            target.up.set(true);
            await(() -> target.of(RecordType.ACTION) == 40);
            await(() -> followers.needed("loop-0") > 1);
            var removed = journal.retire(Instant.now(), followers::needed);

            // Then
            assertEquals(0, held.removed());
            assertTrue(held.kept() > 0);
            assertEquals(segments, afterwards);
            assertTrue(removed.removed() > 0);
        }
    }

    @Test
    @DisplayName("has what was removed before it was read on record, and is told of it")
    void missed() throws Exception {
        // Given
        Target target = new Target();
        Lane lane = journal.lane("loop-0");
        fill(lane, 1);
        try (Followers followers = follow(target)) {
            await(() -> target.of(RecordType.ACTION) == 1);
            assertEquals(1, followers.states().size());
        }
        fill(lane, 40);
        journal.checkpoint();
        int removed = journal.retire(Instant.now());

        // When
        try (Followers followers = follow(target)) {
            await(() -> target.of(RecordType.FOLLOWER) == 1);
            assertEquals(1, followers.states().size());
        }

        // Then
        String json = new String(
                target.taken.stream()
                        .filter(event -> event.type().equals("follower"))
                        .findFirst()
                        .orElseThrow()
                        .json(),
                StandardCharsets.UTF_8);
        var payload = new ObjectMapper().readTree(json).path("payload");
        assertEquals("records-missed", payload.path("event").asText());
        assertEquals("sink-test", payload.path("follower").asText());
        assertEquals("loop-0", payload.path("lane").asText());
        assertEquals(removed, payload.path("count").asInt());
    }

    @Test
    @DisplayName("is given checkpoints, which anchor what it has")
    void checkpoints() throws Exception {
        // Given
        Target target = new Target();
        try (Followers followers = follow(target)) {
            say(journal.control(), 1);

            // When
            journal.checkpoint();
            await(() -> target.taken.stream().anyMatch(event -> event.type().equals("checkpoint")));
            assertEquals(1, followers.states().size());
        }

        // Then
        EventSink.Event event = target.taken.stream()
                .filter(taken -> taken.type().equals("checkpoint"))
                .findFirst()
                .orElseThrow();
        var json = new ObjectMapper().readTree(event.json());
        assertEquals(event.id(), json.path("id").asText());
        Checkpoint checkpoint = Checkpoint.parse(json.path("checkpoint").asText());
        assertEquals("node/checkpoint/" + checkpoint.number(), event.id());
    }

    @Test
    @DisplayName("runs with its plugin's own class loader")
    void loader() {
        // Given
        Target target = new Target();

        // When
        ClassLoader loader = new SinkDelivery("node", target).loader();

        // Then
        assertEquals(Target.class.getClassLoader(), loader);
        assertNotSame(ClassLoader.getPlatformClassLoader(), loader);
    }

    private Journal openJournal() throws IOException {
        return Journal.open(
                new JournalSettings(
                        directory.resolve("journal"),
                        Durability.WRITTEN,
                        1 << 20,
                        directory.resolve("journal.key"),
                        "node",
                        256 << 10),
                Clock.systemUTC());
    }

    private Followers follow(EventSink sink) {
        Followers followers = new Followers("node", journal, new SinkCursors(store), Clock.systemUTC());
        SinkDelivery delivery = new SinkDelivery("node", sink);
        journal.listen(delivery);
        followers.start("sink-test", delivery);
        return followers;
    }

    private static boolean isStart(EventSink.Event event) {
        return event.type().equals("node") && new String(event.json(), StandardCharsets.UTF_8).contains("\"started\"");
    }

    private int segments() throws IOException {
        return Objects.requireNonNull(
                        SegmentName.list(directory.resolve("journal")).get("loop-0"))
                .size();
    }

    private static void say(Lane lane, int count) {
        for (int i = 0; i < count; i++) {
            append(lane, RecordType.OWN, "text " + i);
        }
    }

    private static void fill(Lane lane, int count) {
        for (int i = 0; i < count; i++) {
            append(lane, RecordType.ACTION, "x".repeat(100_000));
        }
    }

    /** Appends, and waits for a spare where the disk is slower than the test. */
    private static void append(Lane lane, RecordType type, String text) {
        await(() -> {
            try {
                lane.append(type, 0, 0, 0, new PayloadWriter().text(PayloadKey.TEXT, text));
                return true;
            } catch (JournalUnavailableException e) {
                return false;
            }
        });
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "not within 20 s");
            LockSupport.parkNanos(1_000_000L);
        }
    }
}
