package io.sallyport.grant;

import static io.sallyport.session.SessionWorld.join;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.sallyport.api.session.Sessions;
import io.sallyport.approval.ApprovalWorld;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A grant's limits on each session")
class SessionLimitsTest {

    private final Path directory;

    SessionLimitsTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    @DisplayName("end it when its longest life is over, not before")
    void longestLife() throws IOException {
        // Given
        Grant grant = SampleGrant.named("report")
                .lasting(Duration.ofMinutes(30), null)
                .grant();

        // When
        List<String> endings = endings(grant, null, Duration.ofMinutes(30));

        // Then
        assertEquals(List.of("the session is over: its longest life of PT30M is over"), endings);
    }

    @Test
    @DisplayName("end it when nothing has happened for the idle time, not before")
    void idle() throws IOException {
        // Given
        Grant grant = SampleGrant.named("report")
                .lasting(Duration.ofHours(8), Duration.ofMinutes(5))
                .grant();

        // When
        List<String> endings = endings(grant, null, Duration.ofMinutes(5));

        // Then
        assertEquals(List.of("nothing happened for PT5M"), endings);
    }

    @Test
    @DisplayName("end it with its token and the grace behind that")
    void token() throws IOException {
        // Given
        Grant grant =
                SampleGrant.named("report").token(true, Duration.ofMinutes(1)).grant();

        // When
        List<String> endings = endings(grant, Duration.ofMinutes(2), Duration.ofMinutes(3));

        // Then
        assertEquals(List.of("the session is over: its token has expired"), endings);
    }

    @Test
    @DisplayName("let it outlive its token where the grant says so")
    void ignoredToken() throws IOException {
        // Given
        Grant grant = SampleGrant.named("report")
                .lasting(Duration.ofHours(2), null)
                .token(false, Duration.ZERO)
                .grant();

        // When
        List<String> endings = endings(grant, Duration.ofMinutes(2), Duration.ofHours(2));

        // Then
        assertEquals(List.of("the session is over: its longest life of PT2H is over"), endings);
    }

    @Test
    @DisplayName("end it when the grant expires")
    void grantOver() throws IOException {
        // Given
        Grant grant = SampleGrant.named("report")
                .until(Instant.parse("2027-01-01T00:10:00Z"))
                .grant();

        // When
        List<String> endings = endings(grant, null, Duration.ofMinutes(10));

        // Then
        assertEquals(List.of("the session is over: grant report ends"), endings);
    }

    /** Opens a session and tells how it ended at that moment; a second earlier it had not. */
    private List<String> endings(Grant grant, @Nullable Duration tokenLife, Duration after) throws IOException {
        try (DoorWorld world = new DoorWorld(directory, grant)) {
            Instant start = world.sessions.approvals.time.instant();
            Instant token = tokenLife == null ? null : start.plus(tokenLife);
            assertInstanceOf(Sessions.Opening.Opened.class, join(world.open(ApprovalWorld.ALICE, token, "127.0.0.1")));
            world.sessions.approvals.time.advance(after.minusSeconds(1));
            tick(world);
            assertEquals(List.of(), List.copyOf(world.endings));
            world.sessions.approvals.time.advance(Duration.ofSeconds(1));
            tick(world);
            return world.endings.stream().map(Sessions.Ending::reason).toList();
        }
    }

    private static void tick(DoorWorld world) {
        world.sessions.room.tick();
        world.sessions.run(() -> {});
    }
}
