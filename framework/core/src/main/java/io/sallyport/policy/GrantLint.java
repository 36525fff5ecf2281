package io.sallyport.policy;

import io.sallyport.api.ConnectorFactory;
import io.sallyport.api.action.ActionKind;
import io.sallyport.api.config.ResourcePattern;
import io.sallyport.approval.access.AccessTerms;
import io.sallyport.decision.PatternSets;
import io.sallyport.decision.Policy;
import io.sallyport.grant.Grant;
import io.sallyport.grant.GrantSettings;
import io.sallyport.grant.GrantSettings.Choice;
import io.sallyport.grant.GrantSettings.ScopeEntry;
import io.sallyport.policy.Finding.Severity;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** What there is to say about grants, each by itself and in their order. */
final class GrantLint {

    private final PolicyBook book;
    private final Findings findings;
    private final InstantSource clock;

    GrantLint(PolicyBook book, Findings findings, InstantSource clock) {
        this.book = book;
        this.findings = findings;
        this.clock = clock;
    }

    void run() {
        List<GrantSettings> grants = book.configuration().grants();
        for (int i = 0; i < grants.size(); i++) {
            conditions(i, grants.get(i));
            choices(i, grants.get(i));
            scope(i, grants.get(i));
            new GrantOrder(book, findings).check(i);
        }
    }

    private void conditions(int i, GrantSettings grant) {
        Grant compiled = book.grant(grant.name());
        Instant expires = compiled.conditions().expires();
        AccessTerms access = compiled.conditions().access();
        if (access != null && access.breakGlass()) {
            findings.add(
                    Severity.INFO,
                    "break-glass",
                    "whom grant " + grant.name() + " names opens it without anybody's approval",
                    "grants",
                    i,
                    "access");
        }
        if (expires == null && access == null) {
            findings.add(
                    Severity.INFO,
                    "no-expiry",
                    "grant " + grant.name() + " is good for ever; give it 'expires', or 'access' by request",
                    "grants",
                    i);
        } else if (expires != null && !clock.instant().isBefore(expires)) {
            findings.add(
                    Severity.ERROR,
                    "expired",
                    "grant " + grant.name() + " is over since " + expires + "; take it out or renew it",
                    "grants",
                    i,
                    "expires");
        }
        if (grant.who().everyone()) {
            findings.add(
                    Severity.WARNING,
                    "everyone",
                    "every principal of issuer " + grant.who().issuer() + " has this grant",
                    "grants",
                    i,
                    "who",
                    "everyone");
        }
        if (grant.guardrails().isEmpty()) {
            findings.add(Severity.INFO, "no-guardrail", "no guardrail judges what the scope allows", "grants", i);
        }
    }

    private void choices(int i, GrantSettings grant) {
        if (grant.opaque() == Choice.ALLOW) {
            findings.add(
                    Severity.WARNING,
                    "opaque-allowed",
                    "what cannot be read in full passes the scope: it may do more than it shows",
                    "grants",
                    i,
                    "opaque");
        }
        if (grant.unmaskable() == Choice.ALLOW) {
            findings.add(
                    Severity.WARNING,
                    "unmaskable-allowed",
                    "answers that cannot be masked pass as they are",
                    "grants",
                    i,
                    "unmaskable");
        }
        Set<ActionKind> uncovered = uncovered(grant);
        if (!uncovered.isEmpty()) {
            boolean allowed = grant.uncovered() == Choice.ALLOW;
            findings.add(
                    allowed ? Severity.WARNING : Severity.INFO,
                    "uncovered-kinds",
                    "not every guardrail understands " + words(uncovered)
                            + (allowed ? ": those pass it unseen" : ": those are always denied"),
                    "grants",
                    i,
                    "uncovered");
        }
    }

    private Set<ActionKind> uncovered(GrantSettings grant) {
        Set<ActionKind> uncovered = EnumSet.noneOf(ActionKind.class);
        book.grant(grant.name()).policies().forEach((target, policy) -> {
            ConnectorFactory<?> connector = book.connectorOf(target);
            uncovered.addAll(Policy.uncovered(policy.guardrails(), connector.actionKinds()));
        });
        return uncovered;
    }

    private static String words(Set<ActionKind> kinds) {
        TreeSet<String> words = new TreeSet<>();
        kinds.forEach(kind -> words.add(kind.name().toLowerCase(Locale.ROOT).replace('_', ' ')));
        return String.join(", ", words);
    }

    private void scope(int i, GrantSettings grant) {
        List<ScopeEntry> entries = grant.scope();
        for (int j = 0; j < entries.size(); j++) {
            boolean anyVerb = findings.lists("*", "grants", i, "scope", j, "verbs");
            boolean anyResource = entries.get(j).resources().stream().anyMatch(GrantLint::isEverything);
            if (anyVerb || anyResource) {
                String what = anyVerb && anyResource ? "everything" : anyVerb ? "every verb" : "every resource";
                findings.add(
                        anyVerb && anyResource ? Severity.WARNING : Severity.INFO,
                        "wildcard",
                        "the entry allows " + what + "; name what is needed",
                        "grants",
                        i,
                        "scope",
                        j);
            }
            repeated(i, j, entries);
            neverCovers(i, j, grant);
        }
    }

    /** Patterns of an entry that none of its verbs goes with, on any target of the grant. */
    private void neverCovers(int i, int j, GrantSettings grant) {
        ScopeEntry entry = grant.scope().get(j);
        for (int k = 0; k < entry.resources().size(); k++) {
            ResourcePattern pattern = entry.resources().get(k);
            if (grant.targets().stream().noneMatch(target -> occurs(book.connectorOf(target), entry, pattern))) {
                findings.add(
                        Severity.ERROR,
                        "never-covers",
                        "none of the entry's verbs is ever done to such a resource, so that '" + pattern
                                + "' allows nothing",
                        "grants",
                        i,
                        "scope",
                        j,
                        "resources",
                        k);
            }
        }
    }

    private static boolean occurs(ConnectorFactory<?> connector, ScopeEntry entry, ResourcePattern pattern) {
        return connector.vocabulary().kinds().stream()
                .filter(kind -> pattern.prefix(kind) != null)
                .anyMatch(kind -> entry.verbs().stream()
                        .anyMatch(
                                verb -> connector.vocabulary().verbs().contains(verb) && connector.occurs(verb, kind)));
    }

    private static boolean isEverything(ResourcePattern pattern) {
        return pattern.toString().equals("**");
    }

    /** An entry all of which another entry allows too. */
    private void repeated(int i, int j, List<ScopeEntry> entries) {
        ScopeEntry entry = entries.get(j);
        List<Integer> wider = new ArrayList<>();
        for (int k = 0; k < entries.size(); k++) {
            ScopeEntry other = entries.get(k);
            boolean later = k > j && allows(entry, other);
            if (k != j && !later && allows(other, entry)) {
                wider.add(k);
            }
        }
        if (!wider.isEmpty()) {
            findings.add(
                    Severity.WARNING,
                    "repeated-scope",
                    "scope[" + wider.get(0) + "] allows all of this already",
                    "grants",
                    i,
                    "scope",
                    j);
        }
    }

    private static boolean allows(ScopeEntry wide, ScopeEntry narrow) {
        return wide.verbs().containsAll(narrow.verbs())
                && narrow.resources().stream().allMatch(inner -> wide.resources().stream()
                        .anyMatch(outer -> PatternSets.contains(outer, inner)));
    }
}
