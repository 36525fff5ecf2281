package io.sallyport.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
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
@DisplayName("The store")
@SuppressWarnings("NullAway.Init")
final class StoreTest {

    @Parameter
    TestDatabase database;

    @TempDir
    Path directory;

    private StoreSettings settings;
    private Store store;

    @BeforeEach
    void open() {
        settings = database.empty(directory);
        store = Store.open(settings);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    @DisplayName("keeps what it has when it is opened again")
    void reopens() {
        // Given
        store.write(handle -> handle.execute("INSERT INTO nodes VALUES ('gw-1', 1, 2)"))
                .toCompletableFuture()
                .join();
        store.close();

        // When
        store = Store.open(settings);

        // Then
        assertEquals(1, count());
    }

    @Test
    @DisplayName("runs work on its own threads")
    void ownThreads() {
        // When
        String thread = store.read(handle -> Thread.currentThread().getName())
                .toCompletableFuture()
                .join();

        // Then
        assertTrue(thread.startsWith("sallyport-store-"), thread);
    }

    @Test
    @DisplayName("undoes the whole of a write that throws, and passes the exception on")
    void rollsBack() {
        // When
        CompletionStage<Boolean> failed = store.write(handle -> {
            handle.execute("INSERT INTO nodes VALUES ('gw-1', 1, 2)");
            throw new IllegalStateException("no");
        });

        // Then
        CompletionException thrown = assertThrows(CompletionException.class, () -> join(failed));
        assertInstanceOf(IllegalStateException.class, thrown.getCause());
        assertEquals(0, count());
    }

    @Test
    @DisplayName("lets parallel read-modify-write transactions all succeed")
    void parallelWriters() {
        // Given
        store.write(handle -> handle.execute("INSERT INTO nodes VALUES ('gw-1', 1, 0)"))
                .toCompletableFuture()
                .join();

        // When
        List<CompletionStage<Integer>> writes = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            writes.add(store.write(handle -> handle.execute("UPDATE nodes SET beat_at = beat_at + 1")));
        }
        writes.forEach(StoreTest::join);

        // Then
        assertEquals(
                200,
                store.read(handle -> handle.createQuery("SELECT beat_at FROM nodes")
                                .mapTo(Integer.class)
                                .one())
                        .toCompletableFuture()
                        .join());
    }

    @Test
    @DisplayName("says which store failed when the database refuses a statement")
    void namesItself() {
        // When
        CompletionStage<Integer> failed = store.write(handle -> handle.execute("INSERT INTO nowhere VALUES (1)"));

        // Then
        CompletionException thrown = assertThrows(CompletionException.class, () -> join(failed));
        StoreUnavailableException cause = assertInstanceOf(StoreUnavailableException.class, thrown.getCause());
        assertTrue(String.valueOf(cause.getMessage()).contains(settings.shown()), cause.getMessage());
    }

    @Test
    @DisplayName("fails work at once after it was closed")
    void closed() {
        // When
        store.close();

        // Then
        CompletionException thrown = assertThrows(
                CompletionException.class,
                () -> store.ping().toCompletableFuture().join());
        assertInstanceOf(StoreUnavailableException.class, thrown.getCause());
    }

    @Test
    @DisplayName("makes an embedded file that only its owner reads")
    void ownerOnly() throws Exception {
        // Given
        StoreSettings embedded = StoreSettings.embedded(directory.resolve("new/private.db"));

        // When
        try (Store other = Store.open(embedded)) {
            assertTrue(other.ping().toCompletableFuture().join());
        }

        // Then
        assertEquals(
                "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(Path.of(embedded.file()))));
    }

    @Test
    @DisplayName("cannot be opened where there is no database, and says so without the password")
    void unreachable() {
        // Given
        StoreSettings nowhere = new StoreSettings("jdbc:postgresql://127.0.0.1:1/none?password=hidden", "nobody", null);

        // When
        StoreUnavailableException thrown = assertThrows(StoreUnavailableException.class, () -> Store.open(nowhere));

        // Then
        String message = String.valueOf(thrown.getMessage());
        assertTrue(message.contains("jdbc:postgresql://127.0.0.1:1/none"), message);
        assertFalse(message.contains("hidden"), message);
    }

    private int count() {
        return store.read(handle -> handle.createQuery("SELECT count(*) FROM nodes")
                        .mapTo(Integer.class)
                        .one())
                .toCompletableFuture()
                .join();
    }

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }
}
