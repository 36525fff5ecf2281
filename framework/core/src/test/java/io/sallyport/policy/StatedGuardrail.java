package io.sallyport.policy;

import io.sallyport.api.action.Access;
import io.sallyport.api.action.ActionKind;
import io.sallyport.api.action.Verb;
import io.sallyport.api.config.Default;
import io.sallyport.api.config.ResourcePattern;
import io.sallyport.api.guardrail.Approvers;
import io.sallyport.api.guardrail.Field;
import io.sallyport.api.guardrail.Guardrail;
import io.sallyport.api.guardrail.GuardrailFactory;
import io.sallyport.api.guardrail.Mask;
import io.sallyport.api.guardrail.Masking;
import io.sallyport.api.guardrail.Operation;
import io.sallyport.api.guardrail.Verdict;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A guardrail that does what its configuration says with what touches its resources. */
record StatedGuardrail(String name, Config config) implements Guardrail {

    enum Effect {
        ALLOW,
        DENY,
        HOLD,
        MASK,
        FAIL,
        NOTHING
    }

    /** What it does with what, how it answers, and what else it looks at. */
    record Config(
            Effect effect,
            @Default("[]") List<Verb> verbs,
            @Default("[\"**\"]") List<ResourcePattern> resources,
            @Default("false") boolean slow,
            @Default("false") boolean commands,
            @Default("[ACCESSES]") List<String> reads) {}

    static final class Factory implements GuardrailFactory<Config> {

        @Override
        public String type() {
            return "stated";
        }

        @Override
        public Class<Config> configType() {
            return Config.class;
        }

        @Override
        public Guardrail create(String name, Config config) {
            return new StatedGuardrail(name, config);
        }
    }

    @Override
    public Set<ActionKind> understands() {
        return config.commands()
                ? EnumSet.of(ActionKind.SQL_STATEMENT, ActionKind.COMMAND)
                : EnumSet.of(ActionKind.SQL_STATEMENT);
    }

    @Override
    public Set<Part> reads() {
        EnumSet<Part> parts = EnumSet.of(Part.ACCESSES);
        config.reads().forEach(part -> parts.add(Part.valueOf(part)));
        return parts;
    }

    @Override
    public boolean mayBlock() {
        return config.slow();
    }

    @Override
    public CompletionStage<Verdict> evaluate(Operation operation) {
        for (Access access : operation.action().accesses()) {
            boolean verb = config.verbs().isEmpty() || config.verbs().contains(access.verb());
            if (verb && config.resources().stream().anyMatch(pattern -> pattern.touches(access.resource()))) {
                return Guardrail.answer(verdict(access));
            }
        }
        return Guardrail.answer(Verdict.Allow.PLAIN);
    }

    @SuppressWarnings("NullAway") // a guardrail that answers null is one of the doubts that deny
    private Verdict verdict(Access access) {
        return switch (config.effect()) {
            case ALLOW -> Verdict.Allow.PLAIN;
            case DENY -> new Verdict.Deny(name + "/1", access + " is not wanted");
            case HOLD ->
                new Verdict.Hold(
                        name + "/1",
                        access + " wants people",
                        new Approvers("demo", Set.of("leads"), 1),
                        Duration.ofMinutes(1),
                        Duration.ZERO);
            case MASK -> new Verdict.Allow(new Everything());
            case FAIL -> throw new IllegalStateException("a broken guardrail");
            case NOTHING -> null;
        };
    }

    private record Everything() implements Masking {

        @Override
        public @Nullable Mask maskFor(Field field) {
            return null;
        }

        @Override
        public @Nullable Mask textMask() {
            return null;
        }

        @Override
        public boolean masksFields() {
            return true;
        }
    }
}
