package io.sallyport.approval;

import static io.sallyport.approval.ApprovalWorld.ALICE;
import static io.sallyport.approval.ApprovalWorld.BOB;
import static io.sallyport.approval.ApprovalWorld.CAROL;
import static io.sallyport.approval.ApprovalWorld.DAVE;
import static io.sallyport.approval.ApprovalWorld.await;
import static io.sallyport.approval.ApprovalWorld.get;
import static io.sallyport.approval.ApprovalWorld.now;
import static io.sallyport.approval.ApprovalWorld.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.api.principal.Principal;
import io.sallyport.store.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
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
@DisplayName("Approvals")
@SuppressWarnings("NullAway.Init")
final class ApprovalsTest {

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
    @DisplayName("show everything that was asked for to the people who decide")
    void shows() {
        // Given
        ApprovalRequest request = request();

        // When
        Ticket ticket = world.ask(request);

        // Then
        ApprovalView view = get(world.approvals.show(ticket.id())).orElseThrow();
        assertEquals(ApprovalState.PENDING, view.state());
        assertEquals(request.presentation(), view.presentation());
        assertEquals(request.binding(), view.binding());
        assertEquals(request.hold().approvers(), view.terms().approvers());
        assertTrue(view.requester().same(ALICE));
    }

    @Test
    @DisplayName("are listed with title and votes, and without what may be long")
    void lists() {
        // Given
        Ticket ticket = world.ask(request(ALICE, 2, Duration.ZERO, 1));
        world.approve(ticket.id(), BOB);

        // When
        List<ApprovalView> found = get(world.approvals.list(ApprovalFilter.in(ApprovalState.PENDING)));

        // Then
        assertEquals(List.of(ticket.id()), found.stream().map(ApprovalView::id).toList());
        assertEquals(
                new Presentation(request().presentation().title(), "", List.of(), Map.of()),
                found.get(0).presentation());
        assertEquals("bob", found.get(0).votes().get(0).subject());
    }

    @Test
    @DisplayName("release the waiting action on a yes, and are used up by it")
    void approve() {
        // Given
        Ticket ticket = world.ask(request());

        // When
        Answer answer = world.approve(ticket.id(), BOB);

        // Then
        assertInstanceOf(Answer.Approved.class, answer);
        Decision.Approved decision = assertInstanceOf(Decision.Approved.class, get(ticket.decision()));
        assertEquals(List.of("bob"), decision.by().stream().map(Vote::subject).toList());
        assertEquals(ApprovalState.USED, world.state(ticket.id()));
    }

    @Test
    @DisplayName("end the wait on one no, with the person and the words")
    void reject() {
        // Given
        Ticket ticket = world.ask(request(ALICE, 2, Duration.ZERO, 1));
        world.approve(ticket.id(), CAROL);

        // When
        Answer answer = get(world.approvals.decide(ticket.id(), BOB, false, "not on a Friday"));

        // Then
        assertInstanceOf(Answer.Rejected.class, answer);
        Decision.Rejected decision = assertInstanceOf(Decision.Rejected.class, get(ticket.decision()));
        assertEquals("bob", decision.by().subject());
        assertEquals("not on a Friday", decision.by().comment());
    }

    @Test
    @DisplayName("APPR-03 twenty parallel yeses of two people release once, the others hear that it is decided")
    void parallel() {
        // Given
        List<Decision> delivered = new CopyOnWriteArrayList<>();
        Ticket ticket = world.ask(request());
        CompletionStage<?> hearing = ticket.decision().thenAccept(delivered::add);

        // When
        List<CompletionStage<Answer>> calls = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            calls.add(world.approvals.decide(ticket.id(), i % 2 == 0 ? BOB : CAROL, true, ""));
        }
        List<Answer> answers = calls.stream().map(ApprovalWorld::get).toList();

        // Then
        get(hearing);
        assertEquals(
                1, answers.stream().filter(Answer.Approved.class::isInstance).count());
        assertEquals(
                19,
                answers.stream().filter(Answer.AlreadyDecided.class::isInstance).count());
        assertEquals(1, delivered.size());
        assertInstanceOf(Decision.Approved.class, delivered.get(0));
        assertEquals(ApprovalState.USED, world.state(ticket.id()));
    }

    @Test
    @DisplayName("APPR-03 a rule for two people counts people: one who says yes ten times is one")
    void distinctPeople() {
        // Given
        Ticket ticket = world.ask(request(ALICE, 2, Duration.ZERO, 1));

        // When
        List<Answer> bobs =
                IntStream.range(0, 10)
                        .mapToObj(i -> world.approvals.decide(ticket.id(), BOB, true, ""))
                        .toList()
                        .stream()
                        .map(ApprovalWorld::get)
                        .toList();

        // Then
        assertEquals(Set.of(new Answer.Recorded(1, 2)), Set.copyOf(bobs));
        assertNull(now(ticket));
        assertInstanceOf(Answer.Approved.class, world.approve(ticket.id(), CAROL));
        assertInstanceOf(Decision.Approved.class, get(ticket.decision()));
    }

    @Test
    @DisplayName("are never decided by the requester, whatever the name, and the attempt is recorded")
    void requester() {
        // Given
        Ticket ticket = world.ask(request());
        Principal renamed = new Principal("demo", "alice", "someone", Set.of("dba"), Map.of(), null);

        // When
        Answer answer = world.approve(ticket.id(), renamed);

        // Then
        Answer.NotAllowed refused = assertInstanceOf(Answer.NotAllowed.class, answer);
        assertTrue(refused.reason().contains("yourself"), refused.reason());
        assertEquals(ApprovalState.PENDING, world.state(ticket.id()));
        assertEquals("not-allowed", world.entries.element().outcome());
    }

    @Test
    @DisplayName("are never decided by the human behind the requester")
    void onBehalfOf() {
        // Given
        Principal robot = new Principal("ci", "job-1", "ci:shop", Set.of(), Map.of(), "Bob@example.com");
        Ticket ticket = world.ask(request(robot, 1, Duration.ZERO, 1));
        Principal byMail = new Principal("demo", "17", "B.", Set.of("dba"), Map.of("email", "bob@example.com"), null);

        // When
        List<Answer> answers = List.of(world.approve(ticket.id(), BOB), world.approve(ticket.id(), byMail));

        // Then
        answers.forEach(answer -> assertInstanceOf(Answer.NotAllowed.class, answer));
        assertInstanceOf(Answer.Approved.class, world.approve(ticket.id(), CAROL));
    }

    @Test
    @DisplayName("are not decided by people outside the groups, nor by the same group of another issuer")
    void outsiders() {
        // Given
        Ticket ticket = world.ask(request());
        Principal foreign = new Principal("other", "bob", "bob", Set.of("dba"), Map.of(), null);

        // When
        List<Answer> answers = List.of(world.approve(ticket.id(), DAVE), world.approve(ticket.id(), foreign));

        // Then
        answers.forEach(answer -> assertInstanceOf(Answer.NotAllowed.class, answer));
        assertEquals(ApprovalState.PENDING, world.state(ticket.id()));
    }

    @Test
    @DisplayName("APPR-04 a yes at 59 of 60 seconds counts")
    void inTime() {
        // Given
        Ticket ticket = world.ask(request());
        world.time.advance(Duration.ofSeconds(59));

        // When
        Answer answer = world.approve(ticket.id(), BOB);

        // Then
        assertInstanceOf(Answer.Approved.class, answer);
        assertInstanceOf(Decision.Approved.class, get(ticket.decision()));
    }

    @Test
    @DisplayName("APPR-04 the wait ends at 60 seconds, and a yes at 61 is refused")
    void tooLate() {
        // Given
        Ticket ticket = world.ask(request());

        // When
        world.time.advance(Duration.ofSeconds(60));
        Decision decision = get(ticket.decision());
        world.time.advance(Duration.ofSeconds(1));
        Answer answer = world.approve(ticket.id(), BOB);

        // Then
        assertInstanceOf(Decision.Expired.class, decision);
        assertEquals(new Answer.AlreadyDecided(ApprovalState.EXPIRED), answer);
    }

    @Test
    @DisplayName("refuse a late yes even where the waiting node has not noticed")
    void storeRefusesLateYes() {
        // Given
        Ticket ticket = world.ask(request());
        world.store
                .write(handle -> handle.execute(
                        "UPDATE approvals SET expires_at = ?",
                        world.time.instant().toEpochMilli()))
                .toCompletableFuture()
                .join();

        // When
        Answer answer = world.approve(ticket.id(), BOB);

        // Then
        assertEquals(new Answer.AlreadyDecided(ApprovalState.EXPIRED), answer);
        assertNull(now(ticket));
    }

    @Test
    @DisplayName("are withdrawn when the client leaves, and the next person is told so")
    void withdrawn() {
        // Given
        Ticket ticket = world.ask(request());

        // When
        ticket.withdraw("the client closed its connection");
        await(() -> world.state(ticket.id()) == ApprovalState.WITHDRAWN);

        // Then
        assertEquals(new Decision.Withdrawn("the client closed its connection"), get(ticket.decision()));
        assertEquals(new Answer.AlreadyDecided(ApprovalState.WITHDRAWN), world.approve(ticket.id(), BOB));
    }

    @Test
    @DisplayName("are withdrawn if the client leaves before people can see them")
    void withdrawnEarly() {
        // When
        Ticket ticket = world.approvals.request(request(), Runnable::run);
        ticket.withdraw("gone");

        // Then
        assertInstanceOf(Decision.Withdrawn.class, get(ticket.decision()));
        world.store.close();
        assertEquals(0, world.approvals.waiting());
    }

    @Test
    @DisplayName("either release the action or are withdrawn when yes and leaving race, never both")
    void race() {
        for (int i = 0; i < 30; i++) {
            // Given
            Ticket ticket = world.ask(request());

            // When
            CompletableFuture<Answer> answer =
                    world.approvals.decide(ticket.id(), BOB, true, "").toCompletableFuture();
            if (i % 3 > 0) {
                answer.join();
            }
            ticket.withdraw("gone");
            answer.join();

            // Then
            ApprovalState expected =
                    get(ticket.decision()) instanceof Decision.Approved ? ApprovalState.USED : ApprovalState.WITHDRAWN;
            await(() -> reached(ticket.id(), expected));
        }
    }

    /** What the store did not take at once comes with the node's next look. */
    private boolean reached(String id, ApprovalState expected) {
        if (world.state(id) == expected) {
            return true;
        }
        world.time.advance(Approvals.POLL);
        return false;
    }

    @Test
    @DisplayName("take effect only if the record can be written")
    void recordFirst() {
        // Given
        Ticket ticket = world.ask(request());
        Approvals broken = new Approvals(world.store, "gw-2", world.time, world.time, entry -> {
            throw new IllegalStateException("disk full");
        });

        // When
        CompletionStage<Answer> answer = broken.decide(ticket.id(), BOB, true, "");

        // Then
        assertThrows(CompletionException.class, () -> get(answer));
        assertEquals(ApprovalState.PENDING, world.state(ticket.id()));
        assertTrue(get(world.approvals.show(ticket.id())).orElseThrow().votes().isEmpty());
    }

    @Test
    @DisplayName("decided on another node reach the waiting one with its next look")
    void otherNode() {
        // Given
        Ticket ticket = world.ask(request());
        Approvals other = world.node("gw-2");

        // When
        get(other.decide(ticket.id(), BOB, true, ""));

        // Then
        world.time.advance(Approvals.POLL);
        assertInstanceOf(Decision.Approved.class, get(ticket.decision()));
    }

    @Test
    @DisplayName("of a node's earlier life are withdrawn at its start, others are not")
    void restart() {
        // Given
        Approvals other = world.node("gw-2");
        Ticket mine = world.ask(request());
        Ticket theirs = other.request(request(), Runnable::run);
        get(theirs.created());

        // When
        world.node("gw-1");

        // Then
        assertEquals(ApprovalState.WITHDRAWN, world.state(mine.id()));
        assertEquals(ApprovalState.PENDING, world.state(theirs.id()));
    }

    @Test
    @DisplayName("of a thousand waiting clients add no thread")
    void thousand() {
        // Given
        world.ask(request());
        int before = Thread.activeCount();

        // When
        List<Ticket> tickets = IntStream.range(0, 1_000)
                .mapToObj(i -> world.approvals.request(request(), Runnable::run))
                .toList();
        tickets.forEach(ticket -> get(ticket.created()));

        // Then
        assertTrue(Thread.activeCount() <= before + 4, "the store's pool has four threads");
        assertEquals(1_001, world.approvals.waiting());
    }

    @Test
    @DisplayName("that are too long to be shown cannot be asked for, and say so")
    void tooLong() {
        // Given
        ApprovalRequest plain = request();
        ApprovalRequest endless = new ApprovalRequest(
                plain.session(),
                plain.action(),
                plain.principal(),
                plain.binding(),
                plain.hold(),
                new Presentation("INSERT", "x".repeat(2 << 20), List.of(), Map.of()));

        // When
        Ticket ticket = world.approvals.request(endless, Runnable::run);

        // Then
        CompletionException thrown = assertThrows(CompletionException.class, () -> get(ticket.created()));
        assertTrue(String.valueOf(thrown.getMessage()).contains("cannot be shown"), thrown.getMessage());
        assertInstanceOf(Decision.Unavailable.class, get(ticket.decision()));
    }

    @Test
    @DisplayName("that do not exist are unknown")
    void unknown() {
        assertInstanceOf(Answer.Unknown.class, world.approve("apr-nothing", BOB));
    }
}
