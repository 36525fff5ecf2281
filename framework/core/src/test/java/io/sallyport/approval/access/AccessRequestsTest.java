package io.sallyport.approval.access;

import static io.sallyport.approval.ApprovalWorld.ALICE;
import static io.sallyport.approval.ApprovalWorld.BOB;
import static io.sallyport.approval.ApprovalWorld.CAROL;
import static io.sallyport.approval.ApprovalWorld.DAVE;
import static io.sallyport.approval.ApprovalWorld.await;
import static io.sallyport.approval.ApprovalWorld.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.api.guardrail.Approvers;
import io.sallyport.api.principal.Principal;
import io.sallyport.approval.ApprovalWorld;
import io.sallyport.approval.revocation.Revocation;
import io.sallyport.approval.revocation.Revocations;
import io.sallyport.store.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
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
@DisplayName("Access for a time")
@SuppressWarnings("NullAway.Init")
final class AccessRequestsTest {

    private static final Duration HOUR = Duration.ofHours(1);

    @Parameter
    TestDatabase database;

    @TempDir
    Path directory;

    private final Queue<AccessRecord.Entry> entries = new ConcurrentLinkedQueue<>();
    private ApprovalWorld world;
    private Revocations revocations;
    private AccessRequests access;

    @BeforeEach
    void open() {
        world = new ApprovalWorld(database.empty(directory));
        revocations = new Revocations(world.store, "gw-1", world.time, world.time, world.entries::add);
        revocations.start();
        access = node(revocations);
    }

    @AfterEach
    void close() {
        access.close();
        revocations.close();
        world.close();
    }

    @Test
    @DisplayName("is in force from the last yes that is needed until its time is over, for the requester alone")
    void approved() {
        // Given
        AccessView asked = get(access.request(request(ALICE, 1)));
        world.time.advance(Duration.ofMinutes(10));
        keepFresh();
        Standing before = access.standing("on-call", ALICE);

        // When
        AccessAnswer answer = get(access.decide(asked.id(), BOB, true, "go"));

        // Then
        assertNull(before);
        AccessView approved = assertInstanceOf(AccessAnswer.Done.class, answer).access();
        Instant ends = world.time.instant().plus(HOUR);
        assertEquals(AccessState.APPROVED, approved.state());
        assertEquals(new Standing(asked.id(), ends, false), access.standing("on-call", ALICE));
        assertNull(access.standing("on-call", DAVE));
        assertNull(access.standing("other", ALICE));
        world.time.advance(HOUR.minusMillis(1));
        keepFresh();
        assertNotNull(access.standing("on-call", ALICE));
        world.time.advance(Duration.ofMillis(1));
        assertNull(access.standing("on-call", ALICE));
    }

    @Test
    @DisplayName(
            "APPR-01 is never approved by its requester, nor by whom the requester acts for, nor by others than named;"
                    + " each try is recorded")
    void notByOneself() {
        // Given
        Principal bot = new Principal("ci", "pipeline-7", "ci:app", Set.of(), Map.of(), "bob");
        String own = get(access.request(request(ALICE, 1))).id();
        String bots = get(access.request(request(bot, 1))).id();

        // When
        List<AccessAnswer> answers = List.of(
                get(access.decide(own, ALICE, true, "")),
                get(access.decide(own, DAVE, true, "")),
                get(access.decide(bots, BOB, true, "")),
                get(access.decide(bots, CAROL, true, "")));

        // Then
        assertEquals(
                List.of(
                        "you asked for this yourself; somebody else has to decide it",
                        "people of issuer demo in one of the groups dba decide this",
                        "this was asked for on your behalf; somebody else has to decide it"),
                answers.subList(0, 3).stream()
                        .map(answer -> assertInstanceOf(AccessAnswer.NotAllowed.class, answer)
                                .reason())
                        .toList());
        assertInstanceOf(AccessAnswer.Done.class, answers.get(3));
        assertEquals(
                List.of("request", "request", "approve", "approve", "approve", "approve"),
                entries.stream().map(AccessRecord.Entry::act).toList());
        assertEquals(
                3,
                entries.stream()
                        .filter(entry -> entry.outcome().equals("not-allowed"))
                        .count());
        assertNull(access.standing("on-call", ALICE));
    }

    @Test
    @DisplayName("that two must approve needs two people, whoever clicks how often")
    void two() {
        // Given
        String id = get(access.request(request(ALICE, 2))).id();

        // When
        AccessAnswer first = get(access.decide(id, BOB, true, ""));
        AccessAnswer again = get(access.decide(id, BOB, true, ""));
        Standing between = access.standing("on-call", ALICE);
        AccessAnswer second = get(access.decide(id, CAROL, true, ""));

        // Then
        assertEquals(new AccessAnswer.Recorded(1, 2), first);
        assertEquals(new AccessAnswer.Recorded(1, 2), again);
        assertNull(between);
        assertInstanceOf(AccessAnswer.Done.class, second);
        assertNotNull(access.standing("on-call", ALICE));
    }

    @Test
    @DisplayName("is decided once, however many decide at one moment")
    void once() {
        // Given
        String id = get(access.request(request(ALICE, 1))).id();

        // When
        List<CompletionStage<AccessAnswer>> all = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            all.add(access.decide(id, BOB, true, ""));
            all.add(access.decide(id, CAROL, true, ""));
        }
        List<AccessAnswer> answers = all.stream().map(ApprovalWorld::get).toList();

        // Then
        assertEquals(
                1, answers.stream().filter(AccessAnswer.Done.class::isInstance).count());
        assertEquals(
                19,
                answers.stream()
                        .filter(new AccessAnswer.TooLate(AccessState.APPROVED)::equals)
                        .count());
    }

    @Test
    @DisplayName("that somebody rejects is over, and so is what nobody decides in time")
    void notApproved() {
        // Given
        String rejected = get(access.request(request(ALICE, 1))).id();
        String late = get(access.request(request(DAVE, 1))).id();

        // When
        AccessAnswer no = get(access.decide(rejected, BOB, false, "not tonight"));
        AccessAnswer afterNo = get(access.decide(rejected, CAROL, true, ""));
        world.time.advance(Duration.ofMinutes(30));
        AccessAnswer tooLate = get(access.decide(late, BOB, true, ""));

        // Then
        assertEquals(
                AccessState.REJECTED,
                assertInstanceOf(AccessAnswer.Done.class, no).access().state());
        assertEquals(new AccessAnswer.TooLate(AccessState.REJECTED), afterNo);
        assertEquals(new AccessAnswer.TooLate(AccessState.EXPIRED), tooLate);
        assertNull(access.standing("on-call", ALICE));
        assertNull(access.standing("on-call", DAVE));
    }

    @Test
    @DisplayName("ends before its time by its requester, an approver or an administrator, on every node")
    void revoked() {
        // Given
        String id = approved(ALICE);
        Revocations otherRevocations = new Revocations(world.store, "gw-2", world.time, world.time, world.entries::add);
        otherRevocations.start();
        AccessRequests other = node(otherRevocations);
        List<Revocation> heard = new CopyOnWriteArrayList<>();
        otherRevocations.onRevoked(heard::add);
        assertNotNull(other.standing("on-call", ALICE));

        // When
        AccessAnswer stranger = get(access.revoke(id, DAVE, false, ""));
        AccessAnswer approver = get(access.revoke(id, BOB, false, "enough"));
        AccessAnswer again = get(access.revoke(id, CAROL, true, ""));
        world.time.advance(Duration.ofMillis(500));

        // Then
        assertInstanceOf(AccessAnswer.NotAllowed.class, stranger);
        AccessView ended = assertInstanceOf(AccessAnswer.Done.class, approver).access();
        assertEquals(AccessState.REVOKED, ended.state());
        assertEquals("enough", Objects.requireNonNull(ended.end()).reason());
        assertEquals(new AccessAnswer.TooLate(AccessState.REVOKED), again);
        assertNull(access.standing("on-call", ALICE));
        await(() -> heard.size() == 1 && other.standing("on-call", ALICE) == null);
        assertTrue(heard.get(0).concernsAccess(id));
        other.close();
        otherRevocations.close();
    }

    @Test
    @DisplayName("that waits is withdrawn by its requester, and cannot be approved then")
    void withdrawn() {
        // Given
        String id = get(access.request(request(ALICE, 1))).id();

        // When
        get(access.revoke(id, ALICE, false, "solved"));

        // Then
        assertEquals(new AccessAnswer.TooLate(AccessState.REVOKED), get(access.decide(id, BOB, true, "")));
        assertNull(access.standing("on-call", ALICE));
    }

    @Test
    @DisplayName("approved on one node is known on another with its next look, and after a restart")
    void otherNode() {
        // Given
        AccessRequests other = node(revocations);

        // When
        String id = approved(ALICE);
        world.time.advance(AccessRequests.REFRESH);

        // Then
        await(() -> other.standing("on-call", ALICE) != null);
        assertEquals(
                id,
                Objects.requireNonNull(node(revocations).standing("on-call", ALICE))
                        .id());
        other.close();
    }

    @Test
    @DisplayName("is not known any more five seconds after the store went away")
    void storeAway() {
        // Given
        approved(ALICE);
        keepFresh();

        // When
        world.store.close();
        world.time.advance(Duration.ofSeconds(4));
        Standing soon = access.standing("on-call", ALICE);
        world.time.advance(Duration.ofSeconds(2));

        // Then
        assertNotNull(soon);
        assertNull(access.standing("on-call", ALICE));
        assertThrows(CompletionException.class, () -> get(access.request(request(DAVE, 1))));
    }

    @Test
    @DisplayName("is in force at once with break-glass, recorded as such, and ended by those who look after it")
    void breakGlass() {
        // Given
        AccessRequest request =
                new AccessRequest(ALICE, "emergency", HOUR, "the site is down", "INC-7", terms(true, 1));

        // When
        AccessView opened = get(access.request(request));
        Standing standing = access.standing("emergency", ALICE);
        int loud = access.breakGlass();
        AccessAnswer decided = get(access.decide(opened.id(), BOB, true, ""));
        AccessAnswer ended = get(access.revoke(opened.id(), BOB, false, "over"));

        // Then
        assertEquals(AccessState.APPROVED, opened.state());
        assertEquals(new Standing(opened.id(), world.time.instant().plus(HOUR), true), standing);
        assertEquals(new AccessAnswer.TooLate(AccessState.APPROVED), decided);
        assertInstanceOf(AccessAnswer.Done.class, ended);
        assertEquals(List.of(1, 0), List.of(loud, access.breakGlass()));
        AccessRecord.Entry entry = entries.element();
        assertEquals(
                List.of("request", "approved", "the site is down"),
                List.of(entry.act(), entry.outcome(), entry.comment()));
        assertTrue(entry.access().terms().breakGlass());
        assertEquals("INC-7", entry.access().asked().ticket());
    }

    @Test
    @DisplayName("takes effect only if the record can be written")
    void recordFirst() {
        // Given
        String id = get(access.request(request(ALICE, 1))).id();
        AccessRequests broken = new AccessRequests(
                world.store,
                world.time,
                world.time,
                entry -> {
                    throw new IllegalStateException("disk full");
                },
                revocations);
        broken.start();

        // When
        assertThrows(CompletionException.class, () -> get(broken.decide(id, BOB, true, "")));
        assertThrows(CompletionException.class, () -> get(broken.request(request(DAVE, 1))));

        // Then
        assertEquals(AccessState.PENDING, get(access.show(id)).orElseThrow().state());
        assertEquals(1, get(access.list(new AccessFilter(Set.of(), null, 10))).size());
    }

    @Test
    @DisplayName("keeps what was asked: words of any script, ticket, claims and what the grant opens")
    void kept() {
        // Given
        String reason = "Störung \u0000 \uD83D\uDE00 in »app«";
        AccessRequest request = new AccessRequest(
                new Principal("demo", "alice", "Älice", Set.of(), Map.of("ref", "main"), null),
                "on-call",
                HOUR,
                reason,
                "OPS-1",
                terms(false, 2));

        // When
        AccessView view = get(access.show(get(access.request(request)).id())).orElseThrow();

        // Then
        assertEquals(
                new AccessView.Asked(HOUR, reason, "OPS-1", List.of("target app", "select on public.**")),
                view.asked());
        assertEquals(
                List.of("Älice", "main"),
                List.of(
                        view.requester().display(),
                        String.valueOf(view.requester().claims().get("ref"))));
        assertEquals(new Approvers("demo", Set.of("dba"), 2), view.terms().approvers());
    }

    @Test
    @DisplayName("cannot be asked for without end: a principal has at most twenty requests that wait")
    void flood() {
        // Given
        for (int i = 0; i < 20; i++) {
            get(access.request(request(ALICE, 1)));
        }

        // When
        CompletionException refused =
                assertThrows(CompletionException.class, () -> get(access.request(request(ALICE, 1))));

        // Then
        assertTrue(String.valueOf(refused.getCause()).contains("20 requests that wait"), refused.toString());
        assertEquals(AccessState.PENDING, get(access.request(request(DAVE, 1))).state());
    }

    @Test
    @DisplayName("is shown as ended or expired once its time is over, and forgotten after ninety days")
    void swept() {
        // Given
        String used = approved(ALICE);
        String late = get(access.request(request(DAVE, 1))).id();

        // When
        world.time.advance(Duration.ofHours(2));
        AccessRequests later = node(revocations);
        List<AccessState> states = List.of(
                get(later.show(used)).orElseThrow().state(),
                get(later.show(late)).orElseThrow().state());
        world.time.advance(Duration.ofDays(91));
        AccessRequests muchLater = node(revocations);

        // Then
        assertEquals(List.of(AccessState.ENDED, AccessState.EXPIRED), states);
        assertEquals(List.of(), get(muchLater.list(new AccessFilter(Set.of(), null, 10))));
        later.close();
        muchLater.close();
    }

    private String approved(Principal who) {
        String id = get(access.request(request(who, 1))).id();
        assertInstanceOf(AccessAnswer.Done.class, get(access.decide(id, BOB, true, "")));
        return id;
    }

    /** Lets the copy catch up with virtual time. */
    private void keepFresh() {
        get(access.look());
    }

    private AccessRequests node(Revocations of) {
        AccessRequests node = new AccessRequests(world.store, world.time, world.time, entries::add, of);
        node.start();
        return node;
    }

    private static AccessRequest request(Principal who, int required) {
        return new AccessRequest(who, "on-call", HOUR, "a page at night", null, terms(false, required));
    }

    private static AccessTerms terms(boolean breakGlass, int required) {
        return new AccessTerms(
                breakGlass,
                new Approvers("demo", Set.of("dba"), required),
                Duration.ofHours(2),
                Duration.ofMinutes(30),
                false,
                List.of("target app", "select on public.**"));
    }
}
