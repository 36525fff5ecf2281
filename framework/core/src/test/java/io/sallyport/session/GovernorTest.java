package io.sallyport.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.api.guardrail.Guardrail;
import io.sallyport.api.guardrail.Operation;
import io.sallyport.api.guardrail.Verdict;
import io.sallyport.api.session.Exchange;
import io.sallyport.api.session.Session;
import io.sallyport.approval.ApprovalWorld;
import io.sallyport.decision.Policy;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("When other rules come into force")
class GovernorTest {

    private static final Verdict.Deny DENY = new Verdict.Deny("new/1", "not any more");

    private final SessionWorld world;

    GovernorTest(@TempDir Path directory) throws Exception {
        world = new SessionWorld(directory);
    }

    @AfterEach
    void close() throws Exception {
        world.close();
    }

    @Test
    @DisplayName("what people approve afterwards is denied if the new rules deny it")
    void heldThenDenied() {
        // Given
        world.guardedBy("ask", operation -> Guardrail.answer(SessionWorld.hold()));
        Exchange exchange = world.submit(world.open(), SessionWorld.update());
        Exchange.Held held = world.held(exchange);
        judgeWith(operation -> Guardrail.answer(DENY));

        // When
        world.approvals.approve(held.approval(), ApprovalWorld.BOB);

        // Then
        assertEquals(DENY, world.verdict(exchange));
    }

    @Test
    @DisplayName("what people approve afterwards runs if the new rules ask the same of them")
    void heldThenReleased() {
        // Given
        world.guardedBy("ask", operation -> Guardrail.answer(SessionWorld.hold()));
        Exchange exchange = world.submit(world.open(), SessionWorld.update());
        Exchange.Held held = world.held(exchange);
        judgeWith(operation -> Guardrail.answer(SessionWorld.hold()));

        // When
        world.approvals.approve(held.approval(), ApprovalWorld.BOB);

        // Then
        assertInstanceOf(Verdict.Allow.class, world.verdict(exchange));
    }

    @Test
    @DisplayName("an answer of the old rules that comes later does not count")
    void lateAnswer() {
        // Given
        CompletableFuture<Verdict> late = new CompletableFuture<>();
        world.guardedBy("slow", operation -> late);
        Exchange exchange = world.submit(world.open(), SessionWorld.update());
        judgeWith(operation -> Guardrail.answer(DENY));

        // When
        late.complete(Verdict.Allow.PLAIN);

        // Then
        assertEquals(DENY, world.verdict(exchange));
    }

    @Test
    @DisplayName("a session that was admitted under the old ones opens under the new ones, or not at all")
    void opensLater() {
        // Given
        judgeWith(operation -> Guardrail.answer(DENY));

        // When
        Session session = world.open();

        // Then
        assertEquals(DENY, world.verdict(world.submit(session, SessionWorld.update())));
    }

    @Test
    @DisplayName("sessions that they do not know end")
    void ends() {
        // Given
        Session session = world.open();

        // When
        world.room.govern(spec -> new Governor.Standing.Over("the grant is gone"));

        // Then
        ApprovalWorld.await(() -> !world.endings.isEmpty());
        Verdict.Deny deny =
                assertInstanceOf(Verdict.Deny.class, world.verdict(world.submit(session, SessionWorld.update())));
        assertTrue(deny.reason().contains("the grant is gone"), deny.reason());
    }

    /** Puts one guardrail in force in place of all others. */
    private void judgeWith(Function<Operation, CompletionStage<Verdict>> answer) {
        world.guardrails.clear();
        world.guardedBy("new", answer);
        List<Policy.NamedGuardrail> judges = List.copyOf(world.guardrails);
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        Policy[] policy = new Policy[1];
        world.room.govern(spec -> {
            SessionSpec.Terms old = spec.terms();
            Policy before = old.policy();
            if (policy[0] == null) {
                policy[0] = new Policy(before.grant(), before.scope(), false, judges, false);
            }
            return new Governor.Standing.Under(new SessionSpec.Terms(
                    policy[0], old.recording(), old.passUnmaskable(), old.until(), old.untilRule(), old.idle()));
        });
        world.run(() -> done.complete(true));
        SessionWorld.join(done);
    }
}
