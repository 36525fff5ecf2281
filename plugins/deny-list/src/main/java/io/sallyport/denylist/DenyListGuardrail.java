package io.sallyport.denylist;

import io.sallyport.api.action.ActionKind;
import io.sallyport.api.guardrail.Guardrail;
import io.sallyport.api.guardrail.Operation;
import io.sallyport.api.guardrail.RuleOutline;
import io.sallyport.api.guardrail.Verdict;
import io.sallyport.rules.Match;
import io.sallyport.rules.RuleBook;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** Denies what a rule matches. */
final class DenyListGuardrail implements Guardrail {
    private static final Set<ActionKind> KINDS = Set.copyOf(EnumSet.allOf(ActionKind.class));
    private static final CompletionStage<Verdict> ALLOW = Guardrail.answer(Verdict.Allow.PLAIN);

    private final String name;
    private final RuleBook rules;
    private final Set<Part> reads;

    DenyListGuardrail(String name, DenyListConfig config) {
        this.name = name;
        this.rules = new RuleBook(config.rules());
        this.reads = rules.reads();
    }

    @Override
    public Set<ActionKind> understands() {
        return KINDS;
    }

    @Override
    public Set<Part> reads() {
        return reads;
    }

    @Override
    public List<RuleOutline> rules() {
        return rules.outlines();
    }

    @Override
    public CompletionStage<Verdict> evaluate(Operation operation) {
        Match match = rules.first(operation.action());
        return match == null
                ? ALLOW
                : Guardrail.answer(
                        new Verdict.Deny(match.label(name), match.reason(operation.action(), "is not allowed here")));
    }
}
