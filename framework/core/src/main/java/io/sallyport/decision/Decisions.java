package io.sallyport.decision;

import io.sallyport.api.action.Access;
import io.sallyport.api.action.Action;
import io.sallyport.api.guardrail.Masking;
import io.sallyport.api.guardrail.Operation;
import io.sallyport.api.guardrail.Verdict;
import io.sallyport.decision.Policy.NamedGuardrail;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Judges one operation at a time: scope, then guardrails, then their combination.
 *
 * <ol>
 *   <li>{@link #judge} never blocks and never throws. Where every guardrail answers at once the stage is complete.
 *   <li>What throws, fails, answers null or does not answer in time denies.
 *   <li>Safe for use by several threads.
 * </ol>
 */
public final class Decisions {

    /** The rule that refusals show when the scope does not allow an action. */
    public static final String SCOPE = "scope";

    private static final Logger log = LoggerFactory.getLogger(Decisions.class);

    private final Executor pool;
    private final Duration deadline;

    /**
     * Decisions with a pool for guardrails that may block.
     *
     * @param pool bounded; a rejection denies
     * @param deadline after which a guardrail that has not answered denies
     */
    public Decisions(Executor pool, Duration deadline) {
        this.pool = pool;
        this.deadline = deadline;
    }

    /** Judges an operation under a policy. */
    public CompletionStage<Judgement> judge(Policy policy, Operation operation) {
        return judge(policy, operation, null);
    }

    /**
     * Judges an operation under a policy, before a witness.
     *
     * @param witness hears how the judgement comes about and has no part in it; nobody does if null
     */
    public CompletionStage<Judgement> judge(Policy policy, Operation operation, @Nullable Witness witness) {
        Judgement.Denied outOfScope = checkScope(policy, operation.action());
        if (witness != null) {
            operation
                    .action()
                    .accesses()
                    .forEach(
                            access -> witness.covered(access, policy.scope().covering(access, policy.opaqueAllowed())));
        }
        if (outOfScope != null) {
            return CompletableFuture.completedFuture(outOfScope);
        }
        List<NamedGuardrail> guardrails = policy.guardrails();
        List<CompletableFuture<Verdict>> answers = new ArrayList<>(guardrails.size());
        for (int i = 0; i < guardrails.size(); i++) {
            NamedGuardrail guardrail = guardrails.get(i);
            if (guardrail.understands(operation.action().kind())) {
                CompletableFuture<Verdict> answer = ask(guardrail, operation);
                answers.add(witness == null ? answer : witnessed(guardrail, answer, witness));
            } else if (!policy.uncoveredAllowed()) {
                return CompletableFuture.completedFuture(uncovered(guardrail, operation.action()));
            }
        }
        return combine(answers);
    }

    private static CompletableFuture<Verdict> witnessed(
            NamedGuardrail guardrail, CompletableFuture<Verdict> answer, Witness witness) {
        return answer.thenApply(verdict -> {
            witness.answered(guardrail.name(), verdict);
            return verdict;
        });
    }

    private static Judgement.@Nullable Denied checkScope(Policy policy, Action action) {
        if (action.opaque() && !policy.opaqueAllowed()) {
            String because = action.analysis().opaqueBecause();
            return denied(SCOPE, "grant " + policy.grant() + " allows only what can be read completely: " + because);
        }
        Access uncovered = policy.scope().firstUncovered(action.accesses(), policy.opaqueAllowed());
        if (uncovered != null) {
            return denied(
                    SCOPE,
                    "grant " + policy.grant() + " does not allow " + uncovered.verb() + " on " + uncovered.resource());
        }
        return null;
    }

    private static Judgement.Denied uncovered(NamedGuardrail guardrail, Action action) {
        String kind = action.kind().name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
        return denied(
                guardrail.name(), "this guardrail cannot judge a " + kind + ", and the grant denies uncovered ones");
    }

    private CompletableFuture<Verdict> ask(NamedGuardrail guardrail, Operation operation) {
        try {
            CompletableFuture<Verdict> answer = guardrail.guardrail().mayBlock()
                    ? CompletableFuture.supplyAsync(() -> guardrail.guardrail().evaluate(operation), pool)
                            .thenCompose(stage -> stage)
                    : guardrail.guardrail().evaluate(operation).toCompletableFuture();
            return answer.isDone() ? settled(guardrail, answer) : limited(guardrail, answer);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.completedFuture(doubt(guardrail, "is overloaded", e));
        } catch (RuntimeException | StackOverflowError | LinkageError | AssertionError e) {
            return CompletableFuture.completedFuture(doubt(guardrail, "failed", e));
        }
    }

    private CompletableFuture<Verdict> limited(NamedGuardrail guardrail, CompletableFuture<Verdict> answer) {
        return answer.copy()
                .orTimeout(deadline.toMillis(), TimeUnit.MILLISECONDS)
                .handle((verdict, failure) -> verdictOf(guardrail, verdict, failure));
    }

    private static CompletableFuture<Verdict> settled(NamedGuardrail guardrail, CompletableFuture<Verdict> answer) {
        if (!answer.isCompletedExceptionally() && answer.join() != null) {
            return answer;
        }
        return answer.handle((verdict, failure) -> verdictOf(guardrail, verdict, failure));
    }

    private static Verdict verdictOf(NamedGuardrail guardrail, @Nullable Verdict verdict, @Nullable Throwable failure) {
        if (failure != null) {
            boolean late = failure instanceof java.util.concurrent.TimeoutException;
            return doubt(guardrail, late ? "did not answer in time" : "failed", failure);
        }
        return verdict == null ? doubt(guardrail, "gave no verdict", null) : verdict;
    }

    private static Verdict.Deny doubt(NamedGuardrail guardrail, String what, @Nullable Throwable cause) {
        log.warn("guardrail {} {}: the action is denied", guardrail.name(), what, cause);
        return new Verdict.Deny(
                guardrail.name(), "the guardrail " + what + ", so the action is denied; ask the gateway's operator");
    }

    private static CompletionStage<Judgement> combine(List<CompletableFuture<Verdict>> answers) {
        for (CompletableFuture<Verdict> answer : answers) {
            if (!answer.isDone()) {
                return CompletableFuture.allOf(answers.toArray(CompletableFuture<?>[]::new))
                        .thenApply(unused -> combineSettled(answers));
            }
        }
        return CompletableFuture.completedFuture(combineSettled(answers));
    }

    private static Judgement combineSettled(List<CompletableFuture<Verdict>> answers) {
        List<Verdict.Hold> holds = new ArrayList<>();
        List<Masking> maskings = new ArrayList<>();
        Verdict.Deny deny = null;
        for (CompletableFuture<Verdict> answer : answers) {
            Verdict verdict = answer.join();
            if (verdict instanceof Verdict.Deny denied) {
                deny = deny == null || denied.rule().compareTo(deny.rule()) < 0 ? denied : deny;
            } else if (verdict instanceof Verdict.Hold hold) {
                holds.add(hold);
            } else if (verdict instanceof Verdict.Allow allow) {
                addIfPresent(maskings, allow.masking());
            }
        }
        return deny != null ? new Judgement.Denied(deny) : new Judgement.Passed(holds, CombinedMasking.of(maskings));
    }

    private static void addIfPresent(List<Masking> maskings, @Nullable Masking masking) {
        if (masking != null) {
            maskings.add(masking);
        }
    }

    private static Judgement.Denied denied(String rule, String reason) {
        return new Judgement.Denied(new Verdict.Deny(rule, reason));
    }
}
