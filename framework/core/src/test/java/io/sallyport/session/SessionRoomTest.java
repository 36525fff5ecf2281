package io.sallyport.session;

import static io.sallyport.session.SessionWorld.drop;
import static io.sallyport.session.SessionWorld.join;
import static io.sallyport.session.SessionWorld.statement;
import static io.sallyport.session.SessionWorld.update;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.api.Recording;
import io.sallyport.api.guardrail.Guardrail;
import io.sallyport.api.guardrail.Mask;
import io.sallyport.api.guardrail.Verdict;
import io.sallyport.api.session.Exchange;
import io.sallyport.api.session.Outcome;
import io.sallyport.api.session.Session;
import io.sallyport.api.session.Sessions;
import io.sallyport.approval.ApprovalState;
import io.sallyport.approval.ApprovalWorld;
import io.sallyport.journal.record.JournalRecord;
import io.sallyport.journal.record.PayloadKey;
import io.sallyport.journal.record.RecordJson;
import io.sallyport.journal.record.RecordType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A session")
@SuppressWarnings("NullAway.Init")
final class SessionRoomTest {

    private static final Outcome DONE = new Outcome(Outcome.Status.SUCCEEDED, "UPDATE 1", 1, 10, null);

    @TempDir
    Path directory;

    private SessionWorld world;

    @BeforeEach
    void open() throws IOException {
        world = new SessionWorld(directory);
    }

    @AfterEach
    void close() throws IOException {
        world.close();
    }

    private JournalRecord only(RecordType type) {
        List<JournalRecord> found =
                world.records().stream().filter(record -> record.type() == type).toList();
        assertEquals(1, found.size(), () -> type + " in " + world.types());
        return found.get(0);
    }

    @Test
    @DisplayName("has action and verdict in the journal before the verdict can be seen, without a hop")
    void writesFirst() {
        // Given
        Session session = world.open();
        // When
        Exchange exchange = world.submit(session, update());
        // Then
        assertEquals(Verdict.Allow.PLAIN, exchange.decided());
        JournalRecord record = only(RecordType.ACTION_DECIDED);
        assertEquals("UPDATE orders SET note = $1", record.text(PayloadKey.TEXT).orElseThrow());
        assertEquals("allow", record.text(PayloadKey.VERDICT).orElseThrow());
    }

    @Test
    @DisplayName("denies what its scope does not name, and records the rule")
    void deniesOutOfScope() {
        // Given
        Session session = world.open();
        // When
        Exchange exchange = world.submit(session, drop());
        // Then
        assertInstanceOf(Verdict.Deny.class, exchange.decided());
        assertEquals(
                "scope", only(RecordType.ACTION_DECIDED).text(PayloadKey.RULE).orElseThrow());
    }

    @Test
    @DisplayName("has the outcome in the journal when its stage is complete")
    void writesTheOutcome() {
        // Given
        Session session = world.open();
        Exchange exchange = world.submit(session, update());
        // When
        join(world.call(() -> exchange.complete(DONE)).thenCompose(it -> it));
        // Then
        assertEquals("UPDATE 1", only(RecordType.OUTCOME).text(PayloadKey.TAG).orElseThrow());
    }

    @Test
    @DisplayName("waits for people, and runs when another identity approves")
    void holdsAndReleases() {
        // Given
        world.guardedBy("ask", operation -> Guardrail.answer(SessionWorld.hold()));
        Session session = world.open();
        Exchange exchange = world.submit(session, update());
        Exchange.Held held = world.held(exchange);
        assertNull(join(world.call(() -> exchange.decided() == null ? null : "decided")));
        // When
        world.approvals.approve(held.approval(), ApprovalWorld.BOB);
        // Then
        assertInstanceOf(Verdict.Allow.class, world.verdict(exchange));
        assertEquals(
                List.of("session-opened", "action", "hold", "approval", "released"),
                world.types().stream().filter(type -> !type.equals("node")).toList());
        assertTrue(held.url().endsWith(held.approval()), held.url());
    }

    @Test
    @DisplayName("denies what people reject, with their words")
    void rejects() {
        // Given
        world.guardedBy("ask", operation -> Guardrail.answer(SessionWorld.hold()));
        Session session = world.open();
        Exchange exchange = world.submit(session, update());
        Exchange.Held held = world.held(exchange);
        // When
        ApprovalWorld.get(
                world.approvals.approvals.decide(held.approval(), ApprovalWorld.BOB, false, "not on a Friday"));
        // Then
        Verdict.Deny deny = assertInstanceOf(Verdict.Deny.class, world.verdict(exchange));
        assertTrue(deny.reason().contains("not on a Friday"), deny.reason());
    }

    @Test
    @DisplayName("denies a hold that nobody decides in time")
    void expires() {
        // Given
        world.guardedBy("ask", operation -> Guardrail.answer(SessionWorld.hold()));
        Session session = world.open();
        Exchange exchange = world.submit(session, update());
        world.held(exchange);
        // When
        world.approvals.time.advance(Duration.ofSeconds(61));
        // Then
        assertInstanceOf(Verdict.Deny.class, world.verdict(exchange));
    }

    @Test
    @DisplayName("withdraws a held action that its client cancels; approving it afterwards changes nothing")
    void withdraws() {
        // Given
        world.guardedBy("ask", operation -> Guardrail.answer(SessionWorld.hold()));
        Session session = world.open();
        Exchange exchange = world.submit(session, update());
        Exchange.Held held = world.held(exchange);
        // When
        world.run(() -> exchange.cancel("the client left"));
        ApprovalWorld.await(() -> world.approvals.state(held.approval()) == ApprovalState.WITHDRAWN);
        world.approvals.approve(held.approval(), ApprovalWorld.BOB);
        // Then
        assertInstanceOf(Verdict.Deny.class, world.verdict(exchange));
        assertFalse(world.types().contains("released"));
    }

    @Test
    @DisplayName("prepares a held statement without asking anybody, and asks for each execution")
    void preparesWithoutHolding() {
        // Given
        world.guardedBy("ask", operation -> Guardrail.answer(SessionWorld.hold()));
        Session session = world.open();
        // When
        Exchange prepared = join(world.call(() -> session.prepare(update())));
        Exchange executed = world.submit(session, update());
        // Then
        assertInstanceOf(Verdict.Allow.class, prepared.decided());
        assertNotNull(world.held(executed));
    }

    @Test
    @DisplayName("gives the verdict of a guardrail that computes elsewhere on its own thread")
    void returnsToItsThread() {
        // Given
        CompletableFuture<Verdict> later = new CompletableFuture<>();
        world.guardedBy("slow", true, null, operation -> Guardrail.answer(later.join()));
        Session session = world.open();
        Exchange exchange = world.submit(session, update());
        AtomicBoolean onThread = new AtomicBoolean();
        CompletableFuture<Void> seen = new CompletableFuture<>();
        world.run(() -> exchange.verdict().thenAccept(verdict -> {
            onThread.set(world.inLoop());
            seen.complete(null);
        }));
        // When
        later.complete(Verdict.Allow.PLAIN);
        join(seen);
        // Then
        assertTrue(onThread.get());
    }

    @Test
    @DisplayName("that is cancelled while a guardrail computes stays denied")
    void cancelledWhileJudged() {
        // Given
        CompletableFuture<Verdict> later = new CompletableFuture<>();
        world.guardedBy("slow", true, null, operation -> Guardrail.answer(later.join()));
        Session session = world.open();
        Exchange exchange = world.submit(session, update());
        // When
        world.run(() -> exchange.cancel("the client left"));
        later.complete(Verdict.Allow.PLAIN);
        // Then
        assertInstanceOf(Verdict.Deny.class, world.verdict(exchange));
        assertEquals(
                "deny", only(RecordType.ACTION_DECIDED).text(PayloadKey.VERDICT).orElseThrow());
    }

    @Test
    @DisplayName("denies everything after its end, and asks the connector to end once")
    void ends() {
        // Given
        world.lasting(Duration.ofMinutes(5), null);
        Session session = world.open();
        world.approvals.time.advance(Duration.ofMinutes(5));
        // When
        world.room.tick();
        world.room.tick();
        Exchange late = world.submit(session, update());
        // Then
        assertInstanceOf(Verdict.Deny.class, late.decided());
        assertEquals(
                List.of(Sessions.EndCause.EXPIRED),
                world.endings.stream().map(Sessions.Ending::cause).toList());
    }

    @Test
    @DisplayName("ends when it is idle, but not while an action runs")
    void endsWhenIdle() {
        // Given
        world.lasting(Duration.ofHours(1), Duration.ofMinutes(1));
        Session session = world.open();
        Exchange running = world.submit(session, update());
        world.approvals.time.advance(Duration.ofMinutes(2));
        world.room.tick();
        world.run(() -> {});
        assertEquals(List.of(), world.endings);
        join(world.call(() -> running.complete(DONE)).thenCompose(it -> it));
        world.room.tick();
        // When
        world.approvals.time.advance(Duration.ofMinutes(1));
        world.room.tick();
        world.run(() -> {});
        // Then
        assertEquals(Sessions.EndCause.IDLE, world.endings.get(0).cause());
    }

    @Test
    @DisplayName("ends when the lease of its credential is over, even while an action runs")
    void endsWithItsLease() {
        // Given
        Session session = world.open();
        world.submit(session, update());
        world.room.tick();
        world.run(() -> {});
        assertEquals(List.of(), world.endings);
        // When
        world.leaseStands.set(false);
        world.room.tick();
        world.run(() -> {});
        // Then
        assertEquals(Sessions.EndCause.EXPIRED, world.endings.get(0).cause());
        assertTrue(world.endings.get(0).reason().contains("lease"));
    }

    @Test
    @DisplayName("is cut by a revocation")
    void revoked() {
        // Given
        Session session = world.open();
        // When
        boolean found = world.room.end(session.id(), Sessions.EndCause.REVOKED, "an operator ended it");
        world.run(() -> {});
        // Then
        assertTrue(found);
        assertEquals(Sessions.EndCause.REVOKED, world.endings.get(0).cause());
        assertInstanceOf(Verdict.Deny.class, world.submit(session, update()).decided());
    }

    @Test
    @DisplayName("gives its credential back once, withdraws what waits and closes its record")
    void closes() {
        // Given
        world.guardedBy("ask", operation -> Guardrail.answer(SessionWorld.hold()));
        Session session = world.open();
        Exchange exchange = world.submit(session, update());
        Exchange.Held held = world.held(exchange);
        // When
        world.run(() -> session.close(new Session.Closing("client-closed", "FIN")));
        world.run(() -> session.close(new Session.Closing("client-closed", "again")));
        // Then
        assertEquals(1, world.givenBack.get());
        assertEquals(
                "client-closed",
                only(RecordType.SESSION_CLOSED).text(PayloadKey.REASON).orElseThrow());
        ApprovalWorld.await(() -> world.approvals.state(held.approval()) == ApprovalState.WITHDRAWN);
        assertEquals(0, world.room.open().size());
    }

    @Test
    @DisplayName("keeps result bytes up to the limit, then their number and digest")
    void limitsRecordedBytes() {
        // Given
        world.recording(Recording.Level.FULL, Recording.Level.FULL, 100);
        Session session = world.open();
        Exchange exchange = world.submit(session, update());
        byte[] row = new byte[80];
        // When
        world.run(() -> {
            exchange.record(Exchange.Stream.OUTPUT, row, 0, row.length);
            exchange.record(Exchange.Stream.OUTPUT, row, 0, row.length);
        });
        join(world.call(() -> exchange.complete(DONE)).thenCompose(it -> it));
        // Then
        assertEquals(
                60, only(RecordType.OUTCOME).number(PayloadKey.DROPPED_BYTES).orElseThrow());
        assertEquals(2, world.types().stream().filter("stream"::equals).count());
    }

    @Test
    @DisplayName("hides in the record of a request what must be hidden, whatever the verdict")
    void redactsRequests() {
        // Given
        Mask mask = new Mask() {
            @Override
            public Strength strength() {
                return Strength.REDACT;
            }

            @Override
            public boolean apply(byte[] value, int offset, int length, Sink sink) {
                String text = new String(value, offset, length, StandardCharsets.UTF_8);
                byte[] hidden = text.replace("4111111111111111", "[card]").getBytes(StandardCharsets.UTF_8);
                sink.write(hidden, 0, hidden.length);
                return true;
            }
        };
        world.guardedBy("mask", false, mask, operation -> Guardrail.answer(new Verdict.Deny("r", "no")));
        Session session = world.open();
        // When
        world.submit(session, statement("SELECT '4111111111111111'", "select", "t"));
        world.submit(session, statement("DROP TABLE x -- 4111111111111111", "drop", "t"));
        // Then
        String journal = world.records().stream().map(RecordJson::line).toList().toString();
        assertFalse(journal.contains("4111111111111111"), journal);
        assertTrue(journal.contains("[card]"), journal);
    }

    @Test
    @DisplayName("with a thousand holds needs no thread for them")
    void holdsCostNoThread() {
        // Given
        world.guardedBy("ask", operation -> Guardrail.answer(SessionWorld.hold()));
        Session session = world.open();
        hold(session, 100);
        int before = Thread.activeCount();
        // When
        hold(session, 1000);
        // Then
        assertTrue(Thread.activeCount() <= before, () -> before + " became " + Thread.activeCount());
    }

    /** The first ones bring the store's bounded pools to their full size. */
    private void hold(Session session, int count) {
        List<Exchange> held = IntStream.range(0, count)
                .mapToObj(i -> world.submit(session, update()))
                .toList();
        held.forEach(world::held);
    }
}
