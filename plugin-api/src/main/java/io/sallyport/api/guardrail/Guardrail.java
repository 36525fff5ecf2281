package io.sallyport.api.guardrail;

import io.sallyport.api.ConsumerType;
import io.sallyport.api.action.ActionKind;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Answers actions with verdicts.
 *
 * <ol>
 *   <li>{@link #evaluate} is called on any thread, from several at once; the guardrail must be safe for that.
 *   <li>It must not block unless {@link #mayBlock()} says so: then it runs on a bounded pool.
 *   <li>An exception, a null, a stage that fails, or no answer within five seconds denies the action.
 *   <li>The verdict depends on nothing but the {@link Part}s that {@link #reads()} declares: the core caches it by them. A
 *       guardrail that reads {@link Part#TIME} is never cached.
 *   <li>The order of guardrails never matters.
 * </ol>
 */
@ConsumerType
public interface Guardrail {

    /** The kinds of action that this guardrail can judge. It is never asked about others. */
    Set<ActionKind> understands();

    /** The parts of an operation on which verdicts depend. */
    Set<Part> reads();

    /** Whether {@link #evaluate} may block or compute for long. */
    default boolean mayBlock() {
        return false;
    }

    /** Judges one operation. */
    CompletionStage<Verdict> evaluate(Operation operation);

    /**
     * What must be hidden in the recorded text and values of every request that this guardrail guards, whatever its
     * verdict; null if nothing. Constant.
     */
    default @Nullable Mask requestMask() {
        return null;
    }

    /**
     * What the rules of the entry's {@code config.rules} bite on, in their order, of which the first that matches decides; for
     * tools. Empty if there are none, or none that can be told so. Constant.
     */
    default List<RuleOutline> rules() {
        return List.of();
    }

    /** A completed stage, for guardrails that answer at once. */
    static CompletionStage<Verdict> answer(Verdict verdict) {
        return CompletableFuture.completedFuture(verdict);
    }

    /** The parts of an operation that a verdict may depend on. */
    enum Part {
        /** The action's accesses, opacity and kind. */
        ACCESSES,
        /** The action's text and, for commands and requests, its argv or body. */
        TEXT,
        /** The values of parameters. */
        PARAMETERS,
        /** Principal, target, account and database. */
        PRINCIPAL,
        /** The time. */
        TIME
    }
}
