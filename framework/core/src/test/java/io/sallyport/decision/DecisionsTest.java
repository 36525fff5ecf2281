package io.sallyport.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.api.action.Access;
import io.sallyport.api.action.ActionKind;
import io.sallyport.api.action.Analysis;
import io.sallyport.api.action.Resource;
import io.sallyport.api.action.ResourceKind;
import io.sallyport.api.action.SqlStatement;
import io.sallyport.api.action.Verb;
import io.sallyport.api.guardrail.Approvers;
import io.sallyport.api.guardrail.Guardrail;
import io.sallyport.api.guardrail.Operation;
import io.sallyport.api.guardrail.Verdict;
import io.sallyport.api.principal.Principal;
import io.sallyport.decision.Policy.NamedGuardrail;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class DecisionsTest {

    private static final ResourceKind RELATION = new ResourceKind("", '.', true);
    private static final Verb SELECT = new Verb("select");
    private static final Verb DROP = new Verb("drop");

    private final Decisions decisions = new Decisions(Runnable::run, Duration.ofMillis(50));

    private static Operation operation(Analysis analysis) {
        return new Operation(
                new Principal("demo", "alice", "alice", Set.of(), Map.of(), null),
                "app",
                "app",
                "app",
                SqlStatement.of(analysis, Map.of()),
                Instant.EPOCH);
    }

    private static Operation select(String table) {
        return operation(Analysis.exact("select", List.of(Access.of(SELECT, Resource.of(RELATION, "public", table)))));
    }

    private static Policy policy(boolean opaque, NamedGuardrail... guardrails) {
        return policy("public.**", opaque, guardrails);
    }

    private static Policy policy(String resources, boolean opaque, NamedGuardrail... guardrails) {
        Scope scope = new Scope(List.of(new Scope.Entry(
                Set.of("select"), List.of(ResourceGlob.parse(resources, List.of(RELATION))), List.of())));
        return new Policy("report", scope, opaque, List.of(guardrails), false);
    }

    private static NamedGuardrail guardrail(
            String name, boolean blocking, Function<Operation, CompletionStage<Verdict>> answer) {
        return new NamedGuardrail(name, new Guardrail() {
            @Override
            public Set<ActionKind> understands() {
                return Set.of(ActionKind.SQL_STATEMENT);
            }

            @Override
            public Set<Part> reads() {
                return Set.of(Part.ACCESSES);
            }

            @Override
            public boolean mayBlock() {
                return blocking;
            }

            @Override
            public CompletionStage<Verdict> evaluate(Operation operation) {
                return answer.apply(operation);
            }
        });
    }

    private static NamedGuardrail answering(String name, Verdict verdict) {
        return guardrail(name, false, operation -> Guardrail.answer(verdict));
    }

    private Judgement judge(Policy policy, Operation operation) {
        return decisions.judge(policy, operation).toCompletableFuture().join();
    }

    private Verdict.Deny denial(Policy policy, Operation operation) {
        return assertInstanceOf(Judgement.Denied.class, judge(policy, operation))
                .verdict();
    }

    @Test
    void whatTheScopeNamesPasses() {
        // When
        Judgement judgement = judge(policy(false), select("orders"));
        // Then
        assertEquals(
                List.of(), assertInstanceOf(Judgement.Passed.class, judgement).holds());
    }

    @Test
    void oneUncoveredAccessDeniesTheWholeActionAndIsNamed() {
        // Given
        Analysis analysis = Analysis.exact(
                "both",
                List.of(
                        Access.of(SELECT, Resource.of(RELATION, "public", "orders")),
                        Access.of(DROP, Resource.of(RELATION, "public", "orders"))));
        // When
        Verdict.Deny deny = denial(policy(false), operation(analysis));
        // Then
        assertEquals("scope: grant report does not allow drop on public.orders", deny.rule() + ": " + deny.reason());
    }

    @Test
    void anOpaqueActionIsDeniedWithItsReasonUnlessTheGrantAllowsIt() {
        // Given
        Operation opaque = operation(Analysis.opaque("DO", List.of(), "the body of DO is not read"));
        // When
        Verdict.Deny deny = denial(policy(false), opaque);
        Judgement allowed = judge(policy(true), opaque);
        // Then
        assertTrue(deny.reason().endsWith("the body of DO is not read"), deny.reason());
        assertInstanceOf(Judgement.Passed.class, allowed);
    }

    @Test
    void anUnresolvedNameIsOutOfScope() {
        // Given
        Analysis analysis = Analysis.exact("x", List.of(Access.of(SELECT, Resource.unresolved(RELATION, "orders"))));
        // When
        Verdict.Deny deny = denial(policy(false), operation(analysis));
        // Then
        assertEquals("scope", deny.rule());
    }

    @Test
    void anUnresolvedNamePassesUnderEverythingWhereOpaqueActionsPass() {
        // Given
        Operation unresolved =
                operation(Analysis.exact("x", List.of(Access.of(SELECT, Resource.unresolved(RELATION, "orders")))));
        // When
        Judgement everything = judge(policy("**", true), unresolved);
        Judgement notOpaque = judge(policy("**", false), unresolved);
        Judgement notEverything = judge(policy("public.**", true), unresolved);
        // Then
        assertInstanceOf(Judgement.Passed.class, everything);
        assertInstanceOf(Judgement.Denied.class, notOpaque);
        assertInstanceOf(Judgement.Denied.class, notEverything);
    }

    @Test
    void anyDenyWinsWhateverTheOrder() {
        // Given
        NamedGuardrail allow = answering("a", Verdict.Allow.PLAIN);
        NamedGuardrail hold = answering("h", hold());
        NamedGuardrail deny = answering("d", new Verdict.Deny("d/1", "no"));
        // When
        List<String> rules = List.of(
                denial(policy(false, allow, hold, deny), select("t")).rule(),
                denial(policy(false, deny, hold, allow), select("t")).rule());
        // Then
        assertEquals(List.of("d/1", "d/1"), rules);
    }

    @Test
    void everyHoldMustBeMet() {
        // When
        Judgement judgement = judge(policy(false, answering("a", hold()), answering("b", hold())), select("t"));
        // Then
        assertEquals(
                2, assertInstanceOf(Judgement.Passed.class, judgement).holds().size());
    }

    private static Verdict.Hold hold() {
        return new Verdict.Hold(
                "ask", "people decide", new Approvers("demo", Set.of("dba"), 1), Duration.ofMinutes(1), Duration.ZERO);
    }

    @Test
    void aGuardrailThatThrowsDenies() {
        // Given
        NamedGuardrail broken = guardrail("g", false, operation -> {
            throw new IllegalStateException("secret detail");
        });
        // When
        Verdict.Deny deny = denial(policy(false, broken), select("t"));
        // Then
        assertEquals("g", deny.rule());
        assertTrue(deny.reason().contains("failed") && !deny.reason().contains("secret detail"), deny.reason());
    }

    @Test
    void aGuardrailWhoseStageFailsDenies() {
        // Given
        NamedGuardrail broken =
                guardrail("g", false, operation -> CompletableFuture.failedFuture(new IllegalStateException("x")));
        // When / Then
        assertEquals("g", denial(policy(false, broken), select("t")).rule());
    }

    @Test
    @SuppressWarnings("NullAway") // A guardrail may answer null although its contract forbids it.
    void aGuardrailThatAnswersNullDenies() {
        // Given
        NamedGuardrail noStage = guardrail("g", false, operation -> null);
        NamedGuardrail noVerdict = guardrail("g", false, operation -> CompletableFuture.completedFuture(null));
        // When
        List<String> rules = List.of(
                denial(policy(false, noStage), select("t")).rule(),
                denial(policy(false, noVerdict), select("t")).rule());
        // Then
        assertEquals(List.of("g", "g"), rules);
    }

    @Test
    void aGuardrailThatDoesNotAnswerInTimeDenies() {
        // Given
        NamedGuardrail silent = guardrail("g", false, operation -> new CompletableFuture<>());
        // When
        Verdict.Deny deny = denial(policy(false, silent), select("t"));
        // Then
        assertTrue(deny.reason().contains("did not answer in time"), deny.reason());
    }

    @Test
    void aBlockingGuardrailRunsOnThePoolAndItsDelayDenies() throws Exception {
        // Given
        try (var pool = new ClosablePool()) {
            Decisions pooled = new Decisions(pool.executor, Duration.ofMillis(50));
            CompletableFuture<Verdict> never = new CompletableFuture<>();
            NamedGuardrail blocking = guardrail("g", true, operation -> Guardrail.answer(never.join()));
            // When
            Judgement judgement = pooled.judge(policy(false, blocking), select("t"))
                    .toCompletableFuture()
                    .join();
            never.complete(Verdict.Allow.PLAIN);
            // Then
            assertInstanceOf(Judgement.Denied.class, judgement);
        }
    }

    @Test
    void aFullPoolDenies() {
        // Given
        Executor full = task -> {
            throw new RejectedExecutionException();
        };
        Decisions overloaded = new Decisions(full, Duration.ofMillis(50));
        NamedGuardrail blocking = guardrail("g", true, operation -> Guardrail.answer(Verdict.Allow.PLAIN));
        // When
        Judgement judgement = overloaded
                .judge(policy(false, blocking), select("t"))
                .toCompletableFuture()
                .join();
        // Then
        assertInstanceOf(Judgement.Denied.class, judgement);
    }

    private static final class ClosablePool implements AutoCloseable {

        private final java.util.concurrent.ExecutorService executor = Executors.newSingleThreadExecutor();

        @Override
        public void close() {
            executor.shutdownNow();
        }
    }
}
