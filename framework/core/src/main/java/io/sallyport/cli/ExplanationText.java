package io.sallyport.cli;

import io.sallyport.policy.Explanation;
import io.sallyport.policy.Explanation.Answer;
import io.sallyport.policy.Explanation.GrantTried;
import io.sallyport.policy.Explanation.Outcome;
import io.sallyport.policy.Explanation.Reached;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/** An explanation as a person reads it: who and what, the grants, the scope, the guardrails, and last the verdict. */
final class ExplanationText {

    private final List<String> lines = new ArrayList<>();

    private ExplanationText() {}

    static String of(Explanation explanation) {
        ExplanationText text = new ExplanationText();
        text.head(explanation);
        text.grants(explanation);
        text.action(explanation);
        text.guardrails(explanation);
        String rule = explanation.rule() == null ? "" : " [" + explanation.rule() + "]";
        text.line(
                "verdict", explanation.verdict().word().toUpperCase(Locale.ROOT) + rule + ": " + explanation.reason());
        return String.join("\n", text.lines);
    }

    private void head(Explanation explanation) {
        Explanation.Asker asker = explanation.principal();
        String groups = asker.groups().isEmpty() ? "" : ", groups " + String.join(", ", new TreeSet<>(asker.groups()));
        line("principal", asker.issuer() + ":" + asker.subject() + " (" + asker.display() + ")" + groups);
        Explanation.Terms terms = explanation.terms();
        String account = terms == null || terms.account().isEmpty() ? "" : ", account " + terms.account();
        String database = terms == null || terms.database() == null ? "" : ", database " + terms.database();
        line("target", explanation.target() + account + database);
    }

    private void grants(Explanation explanation) {
        for (GrantTried grant : explanation.grants()) {
            line(
                    "grant",
                    grant.name() + (grant.obstacle() == null ? ": decides" : ": passed over, " + grant.obstacle()));
        }
        Explanation.Terms terms = explanation.terms();
        if (terms != null && terms.until() != null) {
            line("until", terms.until().toString());
        }
    }

    private void action(Explanation explanation) {
        Explanation.Request action = explanation.action();
        if (action == null) {
            return;
        }
        line(
                "action",
                action.kind() + (action.accesses().isEmpty() ? ", which touches nothing that needs a scope" : ""));
        for (Reached reached : action.accesses()) {
            String covered = reached.coveredBy() == null ? "NOT covered" : "covered by " + reached.coveredBy();
            line("  access", reached.access() + ": " + covered);
        }
        if (action.opaqueBecause() != null) {
            line("  opaque", action.opaqueBecause());
        }
    }

    private void guardrails(Explanation explanation) {
        for (Answer answer : explanation.answers()) {
            String rule = answer.rule() == null ? "" : " [" + answer.rule() + "]: " + answer.reason();
            line("guardrail", answer.guardrail() + " says " + answer.verdict() + rule);
        }
        boolean silent = explanation.answers().isEmpty()
                && explanation.action() != null
                && explanation.verdict() == Outcome.DENY;
        if (silent) {
            line("guardrail", "none is asked: the grant decides first");
        }
    }

    private void line(String head, String text) {
        lines.add(String.format("%-11s %s", head, Output.safe(text).replace("\n", "\n            ")));
    }
}
