package io.sallyport.conformance.core;

import io.sallyport.api.action.Action;
import io.sallyport.api.action.ActionKind;
import io.sallyport.api.guardrail.Approvers;
import io.sallyport.api.guardrail.Field;
import io.sallyport.api.guardrail.Guardrail;
import io.sallyport.api.guardrail.Mask;
import io.sallyport.api.guardrail.Masking;
import io.sallyport.api.guardrail.Operation;
import io.sallyport.api.guardrail.Verdict;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The guardrail of every session: it answers what the clause says, and writes down what it was asked. */
public final class HandGuardrail implements Guardrail {

    /** The rule that its denials name. */
    public static final String RULE = "by-hand";

    /** The reason that its denials and holds give. */
    public static final String REASON = "the clause says so";

    private final List<Operation> asked = new CopyOnWriteArrayList<>();
    private volatile Function<Operation, CompletionStage<Verdict>> answer = operation -> allowing();
    private volatile @Nullable Masking masking;

    /** Allows everything, with the masking of {@link #mask} if there is one. */
    public void allow() {
        answer(operation -> allowing());
    }

    /** Denies everything. */
    public void deny() {
        answer(operation -> Guardrail.answer(denial()));
    }

    /** Denies what the condition names, allows the rest. */
    public void deny(java.util.function.Predicate<Action> which) {
        answer(operation -> which.test(operation.action()) ? Guardrail.answer(denial()) : allowing());
    }

    /** Holds what the condition names, for an hour; allows the rest. */
    public void hold(java.util.function.Predicate<Action> which) {
        answer(operation ->
                which.test(operation.action()) ? Guardrail.answer(holding(Duration.ofHours(1))) : allowing());
    }

    /** Answers as the function says. */
    public void answer(Function<Operation, CompletionStage<Verdict>> function) {
        answer = function;
    }

    /** Leaves every question open and returns what answers them all. */
    public CompletableFuture<Verdict> leaveOpen() {
        CompletableFuture<Verdict> open = new CompletableFuture<>();
        answer(operation -> open);
        return open;
    }

    /** What an allowed action's answer is masked with from now on. */
    public void mask(@Nullable Masking with) {
        masking = with;
    }

    /** Masks one field by name. */
    public void mask(String field, Mask mask) {
        mask(new Masking() {
            @Override
            public @Nullable Mask maskFor(Field candidate) {
                return candidate.name().equals(field) ? mask : null;
            }

            @Override
            public @Nullable Mask textMask() {
                return null;
            }

            @Override
            public boolean masksFields() {
                return true;
            }
        });
    }

    /** What it was asked since it was reset. */
    public List<Operation> asked() {
        return asked;
    }

    /** The actions about which it was asked. */
    public List<Action> actions() {
        return asked.stream().map(Operation::action).toList();
    }

    void reset() {
        asked.clear();
        mask(null);
        allow();
    }

    private CompletionStage<Verdict> allowing() {
        Masking with = masking;
        return Guardrail.answer(with == null ? Verdict.Allow.PLAIN : new Verdict.Allow(with));
    }

    /** A denial by this guardrail. */
    public static Verdict denial() {
        return new Verdict.Deny(RULE, REASON);
    }

    /** A hold by this guardrail. */
    public static Verdict holding(Duration timeout) {
        return new Verdict.Hold(
                RULE, REASON, new Approvers(People.ISSUER, Set.of(People.GROUP), 1), timeout, Duration.ZERO);
    }

    @Override
    public Set<ActionKind> understands() {
        return EnumSet.allOf(ActionKind.class);
    }

    @Override
    public Set<Part> reads() {
        return EnumSet.allOf(Part.class);
    }

    @Override
    public CompletionStage<Verdict> evaluate(Operation operation) {
        asked.add(operation);
        return answer.apply(operation);
    }
}
