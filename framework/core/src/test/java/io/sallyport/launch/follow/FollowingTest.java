package io.sallyport.launch.follow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.journal.Journal;
import io.sallyport.journal.JournalSettings;
import io.sallyport.journal.lane.Durability;
import io.sallyport.journal.record.JournalRecord;
import io.sallyport.journal.record.PayloadKey;
import io.sallyport.journal.record.PayloadWriter;
import io.sallyport.journal.record.RecordType;
import io.sallyport.journal.record.SessionText;
import io.sallyport.store.SessionEntry;
import io.sallyport.store.SessionIndex;
import io.sallyport.store.SinkCursors;
import io.sallyport.store.Store;
import io.sallyport.store.StoreSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A follower of the journal")
final class FollowingTest {

    private static final long HIGH = 1;

    private final Store store;
    private final Journal journal;
    private final List<String> taken = new CopyOnWriteArrayList<>();

    FollowingTest(@TempDir Path directory) throws IOException {
        store = Store.open(StoreSettings.embedded(directory.resolve("store.db")));
        journal = Journal.open(
                new JournalSettings(
                        directory.resolve("journal"),
                        Durability.WRITTEN,
                        1 << 20,
                        directory.resolve("journal.key"),
                        "node",
                        1 << 16),
                Clock.systemUTC());
    }

    @AfterEach
    void close() throws IOException {
        journal.close();
        store.close();
    }

    @Test
    @DisplayName("delivers what was there and what comes, in order")
    void delivers() throws Exception {
        // Given
        own("one");
        try (Followers follower = follow(this::take)) {
            assertNotNull(follower);
            await(() -> taken.contains("one"));

            // When
            own("two");
            own("three");
            await(() -> taken.contains("three"));
        }

        // Then
        assertEquals(List.of("one", "two", "three"), taken);
    }

    @Test
    @DisplayName("goes on after a restart where it had come to")
    void cursor() throws Exception {
        // Given
        own("one");
        try (Followers first = follow(this::take)) {
            assertNotNull(first);
            await(() -> taken.contains("one"));
        }
        own("two");

        // When
        try (Followers second = follow(this::take)) {
            assertNotNull(second);
            await(() -> taken.contains("two"));
        }

        // Then
        assertEquals(List.of("one", "two"), taken);
    }

    @Test
    @DisplayName("brings a batch again that was not taken")
    void repeats() throws Exception {
        // Given
        AtomicInteger tries = new AtomicInteger();
        own("one");

        // When
        try (Followers follower = follow(batch -> {
            if (tries.incrementAndGet() == 1) {
                throw new IOException("not now");
            }
            take(batch);
        })) {
            assertNotNull(follower);
            await(() -> taken.contains("one"));
        }

        // Then
        assertEquals(List.of("one"), taken);
        assertTrue(tries.get() >= 2);
    }

    @Test
    @DisplayName("delivers the last records while it is being stopped")
    void last() throws Exception {
        // Given
        Followers follower = follow(this::take);
        own("one");
        await(() -> taken.contains("one"));

        // When
        own("last");
        follower.close();

        // Then
        assertEquals(List.of("one", "last"), taken);
    }

    @Test
    @DisplayName("keeps the session index: who, where, how many, and how it ended")
    void index() throws Exception {
        // Given
        SessionIndex index = new SessionIndex(store);
        opened(7);
        decided(7, "allow");
        decided(7, "deny");

        // When
        try (Followers follower = follow(new IndexDelivery("node", index))) {
            assertNotNull(follower);
            await(() -> entry(index, 7) != null);
        }
        closed(7);
        try (Followers restarted = follow(new IndexDelivery("node", index))) {
            assertNotNull(restarted);
            await(() -> ended(index, 7));
        }

        // Then
        SessionEntry entry = entry(index, 7);
        assertNotNull(entry);
        assertEquals("alice", entry.display());
        assertEquals("app", entry.target());
        assertEquals(new SessionEntry.Counters(2, 1, 0), entry.counters());
        assertNotNull(entry.end());
        assertEquals("client-closed", entry.end().cause());
    }

    private Followers follow(Delivery delivery) {
        Followers followers = new Followers("node", journal, new SinkCursors(store), Clock.systemUTC());
        followers.start("test", delivery);
        return followers;
    }

    private void take(List<JournalRecord> batch) {
        batch.stream()
                .filter(record -> record.type() == RecordType.OWN)
                .forEach(record -> taken.add(record.text(PayloadKey.TEXT).orElse("")));
    }

    private void own(String text) {
        journal.control().append(RecordType.OWN, 0, 0, 0, new PayloadWriter().text(PayloadKey.TEXT, text));
    }

    private void opened(long session) {
        PayloadWriter payload = new PayloadWriter();
        payload.map(PayloadKey.PRINCIPAL)
                .text(PayloadKey.ISSUER, "demo")
                .text(PayloadKey.SUBJECT, "alice")
                .text(PayloadKey.NAME, "alice")
                .end();
        payload.text(PayloadKey.TARGET, "app").text(PayloadKey.ACCOUNT, "a").text(PayloadKey.GRANT, "g");
        journal.control().append(RecordType.SESSION_OPENED, HIGH, session, 1, payload);
    }

    private void decided(long session, String verdict) {
        PayloadWriter payload = new PayloadWriter().text(PayloadKey.VERDICT, verdict);
        journal.control().append(RecordType.ACTION_DECIDED, HIGH, session, 2, payload);
    }

    private void closed(long session) {
        PayloadWriter payload = new PayloadWriter().text(PayloadKey.REASON, "client-closed");
        journal.control().append(RecordType.SESSION_CLOSED, HIGH, session, 4, payload);
    }

    private static @Nullable SessionEntry entry(SessionIndex index, long session) {
        return index.show(SessionText.of(HIGH, session))
                .toCompletableFuture()
                .join()
                .orElse(null);
    }

    private static boolean ended(SessionIndex index, long session) {
        SessionEntry entry = entry(index, session);
        return entry != null && entry.end() != null;
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "not within 20 s");
            LockSupport.parkNanos(5_000_000L);
        }
    }
}
