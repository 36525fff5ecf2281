package io.sallyport.approval;

import static io.sallyport.approval.ApprovalWorld.ALICE;
import static io.sallyport.approval.ApprovalWorld.BOB;
import static io.sallyport.approval.ApprovalWorld.CAROL;
import static io.sallyport.approval.ApprovalWorld.await;
import static io.sallyport.approval.ApprovalWorld.get;
import static io.sallyport.approval.ApprovalWorld.now;
import static io.sallyport.approval.ApprovalWorld.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.store.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
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
@DisplayName("An approval whose client left")
@SuppressWarnings("NullAway.Init")
final class CarryTest {

    private static final Duration CARRY = Duration.ofMinutes(10);

    @Parameter
    TestDatabase database;

    @TempDir
    Path directory;

    private ApprovalWorld world;

    @BeforeEach
    void open() {
        world = new ApprovalWorld(database.empty(directory));
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    @DisplayName("can still be decided, and releases one identical request")
    void once() {
        // Given
        String id = orphan(request(ALICE, 1, CARRY, 1));
        world.approve(id, BOB);

        // When
        Ticket retry = world.ask(request(ALICE, 1, CARRY, 1));
        Ticket third = world.ask(request(ALICE, 1, CARRY, 1));

        // Then
        Decision.Approved decision = assertInstanceOf(Decision.Approved.class, get(retry.decision()));
        assertTrue(decision.carried());
        assertEquals(id, retry.id());
        assertEquals(ApprovalState.USED, world.state(id));
        assertNull(now(third));
        assertNotEquals(id, third.id());
    }

    @Test
    @DisplayName("APPR-04 is usable for the carry time counted from the yes: at 9:59 of 10 minutes")
    void withinCarry() {
        // Given
        String id = orphan(request(ALICE, 1, CARRY, 1));
        world.time.advance(Duration.ofSeconds(50));
        world.approve(id, BOB);

        // When
        world.time.advance(Duration.ofSeconds(599));
        Ticket retry = world.ask(request(ALICE, 1, CARRY, 1));

        // Then
        assertInstanceOf(Decision.Approved.class, get(retry.decision()));
    }

    @Test
    @DisplayName("APPR-04 is not usable after the carry time: at 10:01 of 10 minutes")
    void afterCarry() {
        // Given
        String id = orphan(request(ALICE, 1, CARRY, 1));
        world.approve(id, BOB);

        // When
        world.time.advance(Duration.ofSeconds(601));
        Ticket retry = world.ask(request(ALICE, 1, CARRY, 1));

        // Then
        assertNull(now(retry));
        assertNotEquals(id, retry.id());
    }

    @Test
    @DisplayName("does not release another digest, principal, number of people, or a rule without carry")
    void onlyIdentical() {
        // Given
        String id = orphan(request(ALICE, 1, CARRY, 1));
        world.approve(id, BOB);

        // When
        Ticket otherDigest = world.ask(request(ALICE, 1, CARRY, 2));
        Ticket otherPerson = world.ask(request(CAROL, 1, CARRY, 1));
        Ticket otherTerms = world.ask(request(ALICE, 2, CARRY, 1));
        Ticket noCarry = world.ask(request(ALICE, 1, Duration.ZERO, 1));

        // Then
        assertNull(now(otherDigest));
        assertNull(now(otherPerson));
        assertNull(now(otherTerms));
        assertNull(now(noCarry));
        assertEquals(ApprovalState.CARRIED, world.state(id));
    }

    @Test
    @DisplayName("is taken over, undecided, by an identical request, with the votes that it has")
    void adopted() {
        // Given
        Ticket first = world.ask(request(ALICE, 2, CARRY, 1));
        world.approve(first.id(), BOB);
        first.withdraw("driver timed out");
        await(() -> world.state(first.id()) == ApprovalState.ORPHANED);

        // When
        Ticket retry = world.ask(request(ALICE, 2, CARRY, 1));
        world.approve(first.id(), CAROL);

        // Then
        assertEquals(first.id(), retry.id());
        Decision.Approved decision = assertInstanceOf(Decision.Approved.class, get(retry.decision()));
        assertEquals(2, decision.by().size());
    }

    @Test
    @DisplayName("releases one of ten identical requests that come at the same moment")
    void parallelRetries() {
        // Given
        String id = orphan(request(ALICE, 1, CARRY, 1));
        world.approve(id, BOB);

        // When
        var tickets = java.util.stream.IntStream.range(0, 10)
                .mapToObj(i -> world.approvals.request(request(ALICE, 1, CARRY, 1), Runnable::run))
                .toList();
        tickets.forEach(ticket -> get(ticket.created()));

        // Then
        await(() -> tickets.stream().anyMatch(ticket -> now(ticket) != null));
        assertEquals(1, tickets.stream().filter(ticket -> now(ticket) != null).count());
    }

    @Test
    @DisplayName("ends with time, decided or not")
    void swept() {
        // Given
        String undecided = orphan(request(ALICE, 1, CARRY, 1));
        String decided = orphan(request(ALICE, 1, CARRY, 2));
        world.approve(decided, BOB);
        world.time.advance(CARRY.plusSeconds(10));

        // When
        await(() -> {
            world.time.advance(Approvals.POLL);
            return world.state(undecided) == ApprovalState.EXPIRED && world.state(decided) == ApprovalState.EXPIRED;
        });

        // Then
        assertEquals(new Answer.AlreadyDecided(ApprovalState.EXPIRED), world.approve(undecided, BOB));
    }

    @Test
    @DisplayName("is forgotten by the store 90 days after its end")
    void forgotten() {
        // Given
        Ticket ticket = world.ask(request());
        world.approve(ticket.id(), BOB);
        get(ticket.decision());
        world.time.advance(Approvals.KEPT.plusSeconds(1));

        // When
        await(() -> {
            world.time.advance(Approvals.POLL);
            return get(world.approvals.show(ticket.id())).isEmpty();
        });

        // Then
        assertInstanceOf(Answer.Unknown.class, world.approve(ticket.id(), CAROL));
    }

    private String orphan(ApprovalRequest request) {
        Ticket ticket = world.ask(request);
        ticket.withdraw("driver timed out");
        await(() -> world.state(ticket.id()) == ApprovalState.ORPHANED);
        return ticket.id();
    }
}
