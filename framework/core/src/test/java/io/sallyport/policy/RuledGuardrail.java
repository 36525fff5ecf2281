package io.sallyport.policy;

import io.sallyport.api.action.ActionKind;
import io.sallyport.api.action.Verb;
import io.sallyport.api.config.Default;
import io.sallyport.api.config.ResourcePattern;
import io.sallyport.api.guardrail.Guardrail;
import io.sallyport.api.guardrail.GuardrailFactory;
import io.sallyport.api.guardrail.Operation;
import io.sallyport.api.guardrail.RuleOutline;
import io.sallyport.api.guardrail.Verdict;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** A guardrail that has rules to show and allows everything. */
record RuledGuardrail(List<RuleOutline> rules) implements Guardrail {

    /** A rule as the configuration spells it. */
    record Spelled(
            @Default("[]") List<Verb> verbs,
            @Default("[]") List<ResourcePattern> resources,
            @Default("false") boolean opaque) {}

    record Config(List<Spelled> rules) {}

    static final class Factory implements GuardrailFactory<Config> {

        @Override
        public String type() {
            return "ruled";
        }

        @Override
        public Class<Config> configType() {
            return Config.class;
        }

        @Override
        public Guardrail create(String name, Config config) {
            return new RuledGuardrail(config.rules().stream()
                    .map(rule -> new RuleOutline(Set.copyOf(rule.verbs()), rule.resources(), rule.opaque(), false))
                    .toList());
        }
    }

    @Override
    public Set<ActionKind> understands() {
        return Set.of(ActionKind.SQL_STATEMENT, ActionKind.COMMAND);
    }

    @Override
    public Set<Part> reads() {
        return Set.of(Part.ACCESSES);
    }

    @Override
    public CompletionStage<Verdict> evaluate(Operation operation) {
        return Guardrail.answer(Verdict.Allow.PLAIN);
    }
}
