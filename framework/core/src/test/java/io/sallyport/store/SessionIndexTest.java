package io.sallyport.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.store.SessionIndex.Change;
import io.sallyport.store.SessionIndex.SessionFilter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestDatabase.class)
@DisplayName("The session index")
@SuppressWarnings("NullAway.Init")
final class SessionIndexTest {

    private static final Instant NOON = Instant.parse("2027-01-01T12:00:00Z");

    @Parameter
    TestDatabase database;

    @TempDir
    Path directory;

    private Store store;
    private SessionIndex index;

    @BeforeEach
    void open() {
        store = Store.open(database.empty(directory));
        index = new SessionIndex(store);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    @DisplayName("shows what was opened, until and after its end")
    void lifecycle() {
        // Given
        SessionEntry opened = entry("s-1", "alice", 0);
        SessionEntry.End end = new SessionEntry.End(NOON.plusSeconds(60), "client-closed");
        join(index.opened(opened));
        Optional<SessionEntry> before = join(index.show("s-1"));

        // When
        join(index.closed("s-1", end, new SessionEntry.Counters(7, 2, 1)));

        // Then
        assertEquals(Optional.of(opened), before);
        SessionEntry after = join(index.show("s-1")).orElseThrow();
        assertEquals(end, after.end());
        assertEquals(new SessionEntry.Counters(7, 2, 1), after.counters());
    }

    @Test
    @DisplayName("is the same after a follower has repeated itself")
    void repeated() {
        // Given
        SessionEntry.End end = new SessionEntry.End(NOON.plusSeconds(60), "client-closed");
        List<Change> changes = List.of(
                new Change.Opened(entry("s-1", "alice", 0)),
                new Change.Counted("s-1", new SessionEntry.Counters(3, 0, 0)),
                new Change.Closed("s-1", end, new SessionEntry.Counters(7, 2, 1)));
        join(index.apply(changes));
        List<SessionEntry> once = join(index.list(SessionFilter.all(10)));

        // When
        join(index.apply(changes));

        // Then
        assertEquals(once, join(index.list(SessionFilter.all(10))));
        assertNotNull(once.get(0).end());
    }

    @Test
    @DisplayName("takes an end whose totals are not known, and keeps the totals that it has")
    void endWithoutTotals() {
        // Given
        SessionEntry.End end = new SessionEntry.End(NOON.plusSeconds(60), "interrupted");
        join(index.opened(entry("s-1", "alice", 0)));
        join(index.apply(List.of(new Change.Counted("s-1", new SessionEntry.Counters(7, 2, 1)))));

        // When
        join(index.closed("s-1", end, SessionEntry.Counters.NONE));

        // Then
        SessionEntry after = join(index.show("s-1")).orElseThrow();
        assertEquals(end, after.end());
        assertEquals(new SessionEntry.Counters(7, 2, 1), after.counters());
    }

    @Test
    @DisplayName("lists newest first, by person, by target, the open ones, and in pages")
    void filters() {
        // Given
        join(index.opened(entry("s-1", "alice", 0)));
        join(index.opened(entry("s-2", "bob", 1)));
        join(index.opened(entry("s-3", "alice", 2)));
        join(index.closed("s-3", new SessionEntry.End(NOON, "idle"), SessionEntry.Counters.NONE));

        // When
        List<String> all = ids(SessionFilter.all(10));
        List<String> alices = ids(new SessionFilter("demo", "alice", null, false, null, 10));
        List<String> open = ids(new SessionFilter(null, null, "app", true, null, 10));
        List<String> earlier = ids(new SessionFilter(null, null, null, false, NOON.plusSeconds(1), 10));
        List<String> elsewhere = ids(new SessionFilter(null, null, "other", false, null, 10));

        // Then
        assertEquals(List.of("s-3", "s-2", "s-1"), all);
        assertEquals(List.of("s-3", "s-1"), alices);
        assertEquals(List.of("s-2", "s-1"), open);
        assertEquals(List.of("s-1"), earlier);
        assertTrue(elsewhere.isEmpty());
    }

    @Test
    @DisplayName("has beside it a cursor for each follower")
    void cursors() {
        // Given
        SinkCursors cursors = new SinkCursors(store);
        join(cursors.move("gw-1", "siem", "10", NOON));

        // When
        join(cursors.move("gw-1", "siem", "20", NOON));

        // Then
        assertEquals(Optional.of("20"), join(cursors.position("gw-1", "siem")));
        assertEquals(Optional.empty(), join(cursors.position("gw-2", "siem")));
    }

    private List<String> ids(SessionFilter filter) {
        return join(index.list(filter)).stream().map(SessionEntry::id).toList();
    }

    private static SessionEntry entry(String id, String who, int second) {
        return new SessionEntry(
                id,
                "gw-1",
                "demo",
                who,
                who,
                "dev",
                "app",
                "app",
                "app",
                "127.0.0.1:5000",
                NOON.plusSeconds(second),
                null,
                SessionEntry.Counters.NONE);
    }

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }
}
