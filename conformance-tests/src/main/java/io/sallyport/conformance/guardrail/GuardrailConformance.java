package io.sallyport.conformance.guardrail;

import static io.sallyport.conformance.guardrail.GuardrailStage.kindOf;
import static io.sallyport.conformance.guardrail.GuardrailStage.shown;
import static io.sallyport.conformance.guardrail.GuardrailStage.verdict;
import static io.sallyport.conformance.guardrail.GuardrailStage.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.api.action.Access;
import io.sallyport.api.action.Action;
import io.sallyport.api.action.Analysis;
import io.sallyport.api.action.Resource;
import io.sallyport.api.guardrail.Guardrail;
import io.sallyport.api.guardrail.GuardrailFactory;
import io.sallyport.api.guardrail.Operation;
import io.sallyport.api.guardrail.Verdict;
import io.sallyport.conformance.harness.Because;
import io.sallyport.conformance.harness.Declarations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * What every guardrail keeps to. A plugin's test extends this class with its harness; clauses about what a guardrail does not
 * do are skipped.
 */
public abstract class GuardrailConformance {

    /** The guardrail under test. */
    protected abstract GuardrailHarness harness();

    /** Verdicts depend on nothing but what was declared. */
    @Nested
    class Declared extends DeclaredPartsClauses {
        @Override
        GuardrailHarness harness() {
            return GuardrailConformance.this.harness();
        }
    }

    /** Masks hide what they are for. */
    @Nested
    class Masks extends MaskClauses {
        @Override
        GuardrailHarness harness() {
            return GuardrailConformance.this.harness();
        }
    }

    private GuardrailStage stage() {
        return new GuardrailStage(harness());
    }

    @Test
    @DisplayName("G-01 its type is a word of the configuration")
    @Because(Declarations.WORD)
    void type() {
        String type = harness().factory().type();
        Declarations.assertWord(type);
        assertEquals(type, harness().factory().type(), "the type is constant");
    }

    @Test
    @DisplayName("G-02 its configuration is a public record")
    @Because(Declarations.RECORD)
    void configuration() {
        Class<?> type = harness().factory().configType();
        Declarations.assertPublicRecord(type);
        assertTrue(type.isInstance(harness().config()), "the harness brings another record");
    }

    @Test
    @DisplayName("G-03 two guardrails of one factory are independent")
    @Because("One configuration may have several entries of a type, and each judges by its own.")
    void independent() {
        GuardrailStage stage = stage();
        Guardrail first = stage.guardrail();
        List<String> before = stage.all().stream()
                .map(action -> shown(verdict(first, action)))
                .toList();
        GuardrailFactory<?> factory = harness().factory();
        Guardrail second = stage.guardrail();
        assertNotEquals(
                System.identityHashCode(first), System.identityHashCode(second), () -> "one instance of " + factory);
        stage.all().forEach(action -> verdict(second, action));
        List<String> after = stage.all().stream()
                .map(action -> shown(verdict(first, action)))
                .toList();
        assertEquals(before, after);
    }

    @Test
    @DisplayName("G-04 the kinds that it understands are constant and not none")
    @Because("Coverage is checked once, at the start, and a guardrail that understands nothing guards nothing.")
    void understands() {
        Guardrail guardrail = stage().guardrail();
        assertFalse(guardrail.understands().isEmpty(), "it understands nothing");
        var before = List.copyOf(guardrail.understands());
        stage().all().forEach(action -> verdict(guardrail, action));
        assertEquals(java.util.Set.copyOf(before), guardrail.understands());
    }

    @Test
    @DisplayName("G-05 the parts that it reads are constant and not none")
    @Because("The core caches verdicts by the declared parts, and a declaration that changes would make them stale.")
    void reads() {
        Guardrail guardrail = stage().guardrail();
        assertFalse(guardrail.reads().isEmpty(), "it reads nothing");
        var before = java.util.Set.copyOf(guardrail.reads());
        stage().all().forEach(action -> verdict(guardrail, action));
        assertEquals(before, guardrail.reads());
    }

    @Test
    @DisplayName("G-06 every sample gets the verdict that its author expects")
    @Because("A guardrail that does not do what its author says protects nobody.")
    void samples() {
        Guardrail guardrail = stage().guardrail();
        for (GuardrailHarness.Sample sample : harness().samples()) {
            assertTrue(guardrail.understands().contains(sample.action().kind()), "it does not understand a sample");
            assertEquals(sample.expected(), kindOf(verdict(guardrail, sample.action())), sample.action()::text);
        }
    }

    /** Actions that connectors can submit and that nobody thinks of. */
    private List<Action> odd() {
        List<Action> odd = new ArrayList<>();
        for (Action action : stage().all()) {
            Resource first = action.accesses().isEmpty()
                    ? null
                    : action.accesses().get(0).resource();
            odd.add(with(action, List.of()));
            odd.add(with(action, Analysis.opaque("", List.of(), "nothing can be read")));
            odd.add(with(action, Analysis.opaque(action.text(), action.accesses(), "something cannot be read")));
            odd.add(GuardrailStage.withText(action, "\0 \uD800 \u202E \uFFFF"));
            if (first != null) {
                Access known = action.accesses().get(0);
                odd.add(with(action, List.of(Access.of(known.verb(), Resource.unknown(first.kind())))));
                odd.add(with(
                        action,
                        List.of(Access.of(
                                known.verb(), new Resource(first.kind(), Collections.nCopies(300, "x"), true)))));
            }
        }
        return odd;
    }

    @Test
    @DisplayName("G-07 no odd action gets null instead of a verdict")
    @Because("Null denies, with a reason that tells the client nothing.")
    void neverNull() {
        Guardrail guardrail = stage().guardrail();
        for (Action action : odd()) {
            CompletionStage<Verdict> answer;
            try {
                answer = guardrail.evaluate(GuardrailStage.operation(action));
            } catch (RuntimeException e) {
                continue;
            }
            assertNotNull(answer, () -> "no stage for '" + action.text() + "'");
            Verdict verdict = answer.toCompletableFuture()
                    .exceptionally(failure -> Verdict.Allow.PLAIN)
                    .join();
            assertNotNull(verdict, () -> "no verdict on '" + action.text() + "'");
        }
    }

    @Test
    @DisplayName("G-08 no odd action makes it throw")
    @Because("What throws denies, with a reason that tells the client nothing.")
    void neverThrows() {
        Guardrail guardrail = stage().guardrail();
        for (Action action : odd()) {
            CompletionStage<Verdict> answer = guardrail.evaluate(GuardrailStage.operation(action));
            if (answer != null) {
                answer.toCompletableFuture().join();
            }
        }
    }

    @Test
    @DisplayName("G-09 it answers at once unless it says that it may block")
    @Because("It runs on the thread that carries the traffic of many sessions.")
    void doesNotBlock() {
        Guardrail guardrail = stage().guardrail();
        org.junit.jupiter.api.Assumptions.assumeFalse(guardrail.mayBlock(), "it says that it may block");
        stage().all().forEach(action -> verdict(guardrail, action));
        // The best of several: a machine that is busy elsewhere is slow once, what blocks is slow always.
        Duration best = Duration.ofDays(1);
        for (int i = 0; i < 5; i++) {
            long start = System.nanoTime();
            for (Action action : stage().all()) {
                assertTrue(
                        guardrail
                                .evaluate(GuardrailStage.operation(action))
                                .toCompletableFuture()
                                .isDone(),
                        "it answers later and does not say that it may block");
            }
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            best = took.compareTo(best) < 0 ? took : best;
        }
        Duration limit = Duration.ofMillis(5L * stage().all().size());
        Duration shortest = best;
        assertTrue(best.compareTo(limit) < 0, () -> "it takes " + shortest + " for its samples");
    }

    @Test
    @DisplayName("G-10 it takes time that is linear in the length of the text")
    @Because("A client chooses the text, and must not choose how long the gateway is busy.")
    void linear() {
        Guardrail guardrail = stage().guardrail();
        Action sample = stage().all().get(0);
        String line = sample.text() + " ('; -- \\ \" $a$ /* " + "a".repeat(40);
        long small = best(guardrail, GuardrailStage.withText(sample, line.repeat(200)));
        long large = best(guardrail, GuardrailStage.withText(sample, line.repeat(200 * 16)));
        assertTrue(
                large < 80_000_000 || large < small * 16 * 6,
                () -> "sixteen times the text takes " + large / Math.max(1, small) + " times as long");
    }

    private static long best(Guardrail guardrail, Action action) {
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            long start = System.nanoTime();
            verdict(guardrail, action);
            best = Math.min(best, System.nanoTime() - start);
        }
        return best;
    }

    @Test
    @DisplayName("G-11 it can be asked by several threads at once")
    @Because("Sessions of all threads share one instance.")
    void concurrent() {
        Guardrail guardrail = stage().guardrail();
        List<Action> actions = stage().all();
        List<String> alone = actions.stream()
                .map(action -> shown(verdict(guardrail, action)))
                .toList();
        List<String> wrong = Collections.synchronizedList(new ArrayList<>());
        Threads.together(8, () -> {
            for (int i = 0; i < 200; i++) {
                int number = i % actions.size();
                String answer = shown(verdict(guardrail, actions.get(number)));
                if (!answer.equals(alone.get(number))) {
                    wrong.add(answer);
                }
            }
        });
        assertEquals(List.of(), wrong);
    }

    @Test
    @DisplayName("G-12 the order of accesses does not matter")
    @Because("Connectors list what a text does in no promised order.")
    void order() {
        Guardrail guardrail = stage().guardrail();
        for (Action allowed : stage().of(GuardrailHarness.Expected.ALLOW)) {
            for (Action stopped : stage().stopped()) {
                if (allowed.kind() == stopped.kind()) {
                    List<Access> both = new ArrayList<>(allowed.accesses());
                    both.addAll(stopped.accesses());
                    List<Access> turned = new ArrayList<>(both);
                    Collections.reverse(turned);
                    assertEquals(
                            kindOf(verdict(guardrail, with(stopped, both))),
                            kindOf(verdict(guardrail, with(stopped, turned))));
                }
            }
        }
    }

    @Test
    @DisplayName("G-13 an access that is stopped is stopped in whatever company")
    @Because("Else a harmless part beside it would smuggle it through.")
    void company() {
        Guardrail guardrail = stage().guardrail();
        for (Action allowed : stage().of(GuardrailHarness.Expected.ALLOW)) {
            for (Action stopped : stage().stopped()) {
                if (allowed.kind() == stopped.kind()) {
                    List<Access> many = new ArrayList<>();
                    for (int i = 0; i < 50; i++) {
                        many.addAll(allowed.accesses());
                    }
                    many.addAll(stopped.accesses());
                    many.addAll(allowed.accesses());
                    assertNotEquals(
                            GuardrailHarness.Expected.ALLOW,
                            kindOf(verdict(guardrail, with(stopped, many))),
                            stopped::text);
                }
            }
        }
    }

    @Test
    @DisplayName("G-14 a denial names a rule and gives a reason of one line")
    @Because("The refusal shows both, and its reader can act on nothing else.")
    void reasons() {
        Guardrail guardrail = stage().guardrail();
        for (Action action : stage().of(GuardrailHarness.Expected.DENY)) {
            if (verdict(guardrail, action) instanceof Verdict.Deny deny) {
                assertFalse(deny.rule().isBlank(), "no rule");
                assertFalse(deny.reason().isBlank(), "no reason");
                assertTrue(deny.reason().indexOf('\n') < 0 && !deny.reason().endsWith("."), deny::reason);
            }
        }
    }

    @Test
    @DisplayName("G-15 a hold names a rule and gives a reason of one line")
    @Because("The client waits and the approver decides by it.")
    void holds() {
        Guardrail guardrail = stage().guardrail();
        for (Action action : stage().of(GuardrailHarness.Expected.HOLD)) {
            if (verdict(guardrail, action) instanceof Verdict.Hold hold) {
                assertFalse(hold.rule().isBlank(), "no rule");
                assertTrue(!hold.reason().isBlank() && hold.reason().indexOf('\n') < 0, "no reason of one line");
            }
        }
    }

    @Test
    @DisplayName("G-16 the same question gets the same answer")
    @Because("The core asks once and remembers.")
    void repeatable() {
        Guardrail guardrail = stage().guardrail();
        for (Action action : stage().all()) {
            String first = shown(verdict(guardrail, action));
            for (int i = 0; i < 20; i++) {
                assertEquals(first, shown(verdict(guardrail, action)), action::text);
            }
        }
    }

    @Test
    @DisplayName("G-17 a stopped access is stopped too where only its last name is known")
    @Because("What a name stands for may not be known, and a doubt is a deny.")
    void unresolved() {
        Guardrail guardrail = stage().guardrail();
        for (Action action : stage().stopped()) {
            List<Access> vague = new ArrayList<>();
            for (Access access : action.accesses()) {
                Resource resource = access.resource();
                vague.add(new Access(
                        access.verb(), Resource.unresolved(resource.kind(), resource.lastSegment()), access.traits()));
            }
            if (!vague.isEmpty()) {
                Operation operation = GuardrailStage.operation(with(action, vague));
                assertNotEquals(GuardrailHarness.Expected.ALLOW, kindOf(verdict(guardrail, operation)), action::text);
            }
        }
    }
}
