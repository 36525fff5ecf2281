package io.sallyport.approval.revocation;

import static io.sallyport.approval.ApprovalWorld.ALICE;
import static io.sallyport.approval.ApprovalWorld.BOB;
import static io.sallyport.approval.ApprovalWorld.CAROL;
import static io.sallyport.approval.ApprovalWorld.await;
import static io.sallyport.approval.ApprovalWorld.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.approval.ApprovalWorld;
import io.sallyport.store.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
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
@DisplayName("Revocations")
@SuppressWarnings("NullAway.Init")
final class RevocationsTest {

    @Parameter
    TestDatabase database;

    @TempDir
    Path directory;

    private ApprovalWorld world;
    private Revocations revocations;

    @BeforeEach
    void open() {
        world = new ApprovalWorld(database.empty(directory));
        revocations = node("gw-1");
    }

    @AfterEach
    void close() {
        revocations.close();
        world.close();
    }

    @Test
    @DisplayName("of a session reach this node's listeners before the call completes, and are recorded")
    void session() {
        // Given
        List<Revocation> heard = new CopyOnWriteArrayList<>();
        revocations.onRevoked(heard::add);

        // When
        get(revocations.revokeSession("s-1", BOB, "too curious"));

        // Then
        assertEquals(List.of("s-1"), heard.stream().map(Revocation::value).toList());
        assertNotNull(revocations.find("s-1", "g", ALICE));
        assertNull(revocations.find("s-2", "g", ALICE));
        assertEquals("session:s-1", world.entries.element().object());
    }

    @Test
    @DisplayName("reach other nodes with their next look")
    void otherNode() {
        // Given
        Revocations other = node("gw-2");
        List<Revocation> heard = new CopyOnWriteArrayList<>();
        other.onRevoked(heard::add);

        // When
        get(revocations.revokeSession("s-1", BOB, ""));
        world.time.advance(Revocations.REFRESH);

        // Then
        await(() -> heard.size() == 1);
        assertNotNull(other.find("s-1", "g", ALICE));
    }

    @Test
    @DisplayName("of a grant or a principal concern all their sessions until they are lifted")
    void lifted() {
        // Given
        get(revocations.revokeGrant("nightly", BOB, ""));
        Revocation principal = get(revocations.revokePrincipal("demo", "alice", BOB, ""));

        // When
        boolean lifted = get(revocations.lift(principal, BOB, ""));

        // Then
        assertTrue(lifted);
        assertNull(revocations.find("s-1", "g", ALICE));
        assertNotNull(revocations.find("s-1", "nightly", CAROL));
    }

    @Test
    @DisplayName("take effect only if the record can be written")
    void recordFirst() {
        // Given
        Revocations broken = new Revocations(world.store, "gw-3", world.time, world.time, entry -> {
            throw new IllegalStateException("disk full");
        });
        broken.start();

        // When
        assertThrows(CompletionException.class, () -> get(broken.revokeSession("s-1", BOB, "")));

        // Then
        assertNull(broken.find("s-1", "g", ALICE));
        assertTrue(revocations.list().isEmpty());
    }

    @Test
    @DisplayName("are stale five seconds after the store went away, and fresh as long as it answers")
    void stale() {
        // Given
        world.time.advance(Duration.ofMillis(500));
        await(revocations::isFresh);

        // When
        world.store.close();
        world.time.advance(Duration.ofSeconds(4));
        boolean before = revocations.isFresh();
        world.time.advance(Duration.ofSeconds(2));

        // Then
        assertTrue(before);
        assertFalse(revocations.isFresh());
    }

    @Test
    @DisplayName("of an earlier life are known at the start")
    void atStart() {
        // Given
        get(revocations.revokePrincipal("demo", "alice", BOB, ""));

        // When
        Revocations later = node("gw-1");

        // Then
        assertNotNull(later.find("s-1", "g", ALICE));
    }

    private Revocations node(String name) {
        Revocations node = new Revocations(world.store, name, world.time, world.time, world.entries::add);
        node.start();
        return node;
    }
}
