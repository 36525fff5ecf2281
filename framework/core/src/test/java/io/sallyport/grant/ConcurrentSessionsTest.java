package io.sallyport.grant;

import static io.sallyport.session.SessionWorld.join;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.api.session.Session;
import io.sallyport.api.session.Sessions;
import io.sallyport.approval.ApprovalWorld;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The number of sessions that a grant allows at one time")
class ConcurrentSessionsTest {

    private DoorWorld world;

    @BeforeEach
    void open(@TempDir Path directory) throws IOException {
        world = new DoorWorld(
                directory,
                SampleGrant.named("report").concurrent(3).grant(),
                SampleGrant.named("other").concurrent(3).grant());
    }

    @AfterEach
    void close() throws IOException {
        world.close();
    }

    @RepeatedTest(5)
    @DisplayName("is not exceeded by logins at one moment while the credential source takes its time")
    void together() throws Exception {
        // Given
        world.lock();

        // When
        List<CompletionStage<Sessions.Opening>> openings = world.openTogether(ApprovalWorld.ALICE, 40);
        ApprovalWorld.await(() -> world.fetching.get() == 3);
        world.unlock();
        List<Sessions.Opening> answers =
                openings.stream().map(opening -> join(opening)).toList();

        // Then
        assertEquals(
                3,
                answers.stream()
                        .filter(Sessions.Opening.Opened.class::isInstance)
                        .count());
        assertEquals(3, world.sessions.room.open().size());
        assertEquals(37, world.refusals.size());
        assertTrue(answers.stream()
                .filter(Sessions.Opening.Refused.class::isInstance)
                .map(Sessions.Opening.Refused.class::cast)
                .allMatch(refused -> refused.cause() == Sessions.Cause.TOO_MANY
                        && refused.reason().equals("grant report allows 3 sessions at one time")));
    }

    @Test
    @DisplayName("counts each principal for itself")
    void each() {
        // Given
        fill();

        // When
        Sessions.Opening other = join(world.open(ApprovalWorld.DAVE));

        // Then
        assertInstanceOf(Sessions.Opening.Opened.class, other);
    }

    @Test
    @DisplayName("has room again as soon as a session closes, and once for each")
    void closing() {
        // Given
        Session first = fill();

        // When
        world.sessions.run(() -> {
            first.close(new Session.Closing("client", ""));
            first.close(new Session.Closing("client", ""));
        });

        // Then
        assertInstanceOf(Sessions.Opening.Opened.class, join(world.open(ApprovalWorld.ALICE)));
        assertInstanceOf(Sessions.Opening.Refused.class, join(world.open(ApprovalWorld.ALICE)));
    }

    @Test
    @DisplayName("is not used up by logins for which there was no credential")
    void noCredential() {
        // Given
        world.seal(true);
        for (int i = 0; i < 5; i++) {
            Sessions.Opening.Refused refused =
                    assertInstanceOf(Sessions.Opening.Refused.class, join(world.open(ApprovalWorld.ALICE)));
            assertEquals(Sessions.Cause.UNAVAILABLE, refused.cause());
        }

        // When
        world.seal(false);

        // Then
        fill();
        assertEquals(3, world.sessions.room.open().size());
    }

    @Test
    @DisplayName("is not used up by logins that the journal could not record, and their credentials are given back")
    void noJournal() throws IOException {
        // Given
        world.lock();
        CompletionStage<Sessions.Opening> opening = world.open(ApprovalWorld.ALICE);

        // When
        world.sessions.closeJournal();
        world.unlock();
        join(opening.handle((answer, failure) -> true));

        // Then
        assertEquals(0, world.sessions.room.places().count("demo", "alice", "report"));
        assertEquals(1, world.givenBack.get());
    }

    private Session fill() {
        Session first = null;
        for (int i = 0; i < 3; i++) {
            Sessions.Opening opening = join(world.open(ApprovalWorld.ALICE));
            Session session =
                    assertInstanceOf(Sessions.Opening.Opened.class, opening).session();
            first = first == null ? session : first;
        }
        assertInstanceOf(Sessions.Opening.Refused.class, join(world.open(ApprovalWorld.ALICE)));
        return java.util.Objects.requireNonNull(first);
    }
}
