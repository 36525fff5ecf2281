package io.sallyport.holding;

import io.sallyport.api.action.ActionKind;
import io.sallyport.api.guardrail.Approvers;
import io.sallyport.api.guardrail.Guardrail;
import io.sallyport.api.guardrail.Operation;
import io.sallyport.api.guardrail.RuleOutline;
import io.sallyport.api.guardrail.Verdict;
import io.sallyport.rules.Match;
import io.sallyport.rules.RuleBook;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** Holds what a rule matches. */
final class ApprovalGuardrail implements Guardrail {
    private static final Set<ActionKind> KINDS = Set.copyOf(EnumSet.allOf(ActionKind.class));
    private static final CompletionStage<Verdict> ALLOW = Guardrail.answer(Verdict.Allow.PLAIN);

    private final String name;
    private final RuleBook rules;
    private final Set<Part> reads;
    private final Approvers approvers;
    private final Duration timeout;
    private final Duration carry;

    ApprovalGuardrail(String name, ApprovalConfig config) {
        this.name = name;
        this.rules = new RuleBook(config.rules());
        this.reads = rules.reads();
        ApprovalConfig.Approving approving = config.approvers();
        this.approvers = new Approvers(approving.issuer(), Set.copyOf(approving.groups()), approving.required());
        this.timeout = config.timeout();
        this.carry = config.carry();
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
                : Guardrail.answer(new Verdict.Hold(
                        match.label(name),
                        match.reason(operation.action(), "needs an approval"),
                        approvers,
                        timeout,
                        carry));
    }
}
