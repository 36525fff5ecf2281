package io.sallyport.policy;

import io.sallyport.api.action.Verb;
import io.sallyport.api.config.ResourcePattern;
import io.sallyport.api.guardrail.Guardrail;
import io.sallyport.api.guardrail.RuleOutline;
import io.sallyport.decision.PatternSets;
import io.sallyport.decision.Policy;
import io.sallyport.decision.Scope;
import io.sallyport.grant.Grant;
import io.sallyport.policy.Finding.Severity;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Rules of guardrails that never decide: earlier ones of the same guardrail bite first, or no scope lets anything reach them. */
final class RuleLint {

    private final PolicyBook book;
    private final Findings findings;

    RuleLint(PolicyBook book, Findings findings) {
        this.book = book;
        this.findings = findings;
    }

    void run() {
        for (int i = 0; i < book.configuration().guardrails().size(); i++) {
            String name = book.configuration().guardrails().get(i).name();
            List<Policy> policies = policies(name);
            Guardrail guardrail = guardrail(name, policies);
            List<RuleOutline> rules = guardrail == null ? List.of() : guardrail.rules();
            for (int j = 0; j < rules.size(); j++) {
                shadowed(i, j, rules);
                unreachable(i, j, rules.get(j), policies);
            }
        }
    }

    private List<Policy> policies(String guardrail) {
        List<Policy> policies = new ArrayList<>();
        for (Grant grant : book.grants()) {
            grant.policies().values().stream()
                    .filter(policy -> guardrail(guardrail, List.of(policy)) != null)
                    .forEach(policies::add);
        }
        return policies;
    }

    private static @org.jspecify.annotations.Nullable Guardrail guardrail(String name, List<Policy> policies) {
        return policies.stream()
                .flatMap(policy -> policy.guardrails().stream())
                .filter(judge -> judge.name().equals(name))
                .map(Policy.NamedGuardrail::guardrail)
                .findFirst()
                .orElse(null);
    }

    private void shadowed(int i, int j, List<RuleOutline> rules) {
        for (int k = 0; k < j; k++) {
            if (bitesWhenever(rules.get(k), rules.get(j))) {
                findings.add(
                        Severity.WARNING,
                        "shadowed-rule",
                        "whatever this rule matches, rule " + (k + 1) + " matches first",
                        place(i, j));
                return;
            }
        }
    }

    private static boolean bitesWhenever(RuleOutline wide, RuleOutline narrow) {
        boolean verbs = wide.verbs().isEmpty()
                || (!narrow.verbs().isEmpty() && wide.verbs().containsAll(narrow.verbs()));
        boolean resources = wide.resources().isEmpty()
                || (!narrow.resources().isEmpty()
                        && narrow.resources().stream().allMatch(inner -> wide.resources().stream()
                                .anyMatch(outer -> PatternSets.contains(outer, inner))));
        boolean opaque = !wide.opaqueOnly() || narrow.opaqueOnly();
        return !wide.narrowed() && verbs && resources && opaque;
    }

    private void unreachable(int i, int j, RuleOutline rule, List<Policy> policies) {
        if (policies.isEmpty()) {
            return;
        }
        if (rule.opaqueOnly() && policies.stream().noneMatch(Policy::opaqueAllowed)) {
            findings.add(
                    Severity.INFO,
                    "unreachable-rule",
                    "no grant with this guardrail lets opaque actions pass its scope, so that the rule never decides",
                    place(i, j));
        } else if (policies.stream().noneMatch(policy -> reaches(policy, rule))) {
            findings.add(
                    Severity.INFO,
                    "unreachable-rule",
                    "no scope of a grant with this guardrail allows what the rule matches, so that it never decides",
                    place(i, j));
        }
    }

    private static boolean reaches(Policy policy, RuleOutline rule) {
        return policy.scope().entries().stream().anyMatch(entry -> meets(entry, rule));
    }

    private static boolean meets(Scope.Entry entry, RuleOutline rule) {
        Set<String> verbs = new HashSet<>();
        rule.verbs().stream().map(Verb::name).forEach(verbs::add);
        boolean verb = verbs.isEmpty()
                || entry.verbs().contains(Scope.ANY_VERB)
                || entry.verbs().stream().anyMatch(verbs::contains);
        return verb && (rule.resources().isEmpty() || anyMeet(entry.resources(), rule.resources()));
    }

    private static boolean anyMeet(List<ResourcePattern> some, List<ResourcePattern> others) {
        return some.stream().anyMatch(one -> others.stream().anyMatch(other -> !PatternSets.disjoint(one, other)));
    }

    private static Object[] place(int guardrail, int rule) {
        return new Object[] {"guardrails", guardrail, "config", "rules", rule};
    }
}
