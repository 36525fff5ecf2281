package io.sallyport.policy;

import io.sallyport.grant.Grant;
import io.sallyport.grant.Who;
import io.sallyport.policy.Finding.Severity;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The first grant that matches decides: grants that earlier ones leave nothing to decide. */
final class GrantOrder {

    private final PolicyBook book;
    private final Findings findings;

    GrantOrder(PolicyBook book, Findings findings) {
        this.book = book;
        this.findings = findings;
    }

    void check(int number) {
        List<Grant> grants = book.grants();
        Grant grant = grants.get(number);
        Set<String> shadowed = new TreeSet<>();
        Set<String> by = new LinkedHashSet<>();
        for (String target : grant.policies().keySet()) {
            List<String> before = shadowing(grants.subList(0, number), grant, target);
            if (!before.isEmpty()) {
                shadowed.add(target);
                by.addAll(before);
            }
        }
        if (shadowed.size() == grant.policies().size()) {
            findings.add(
                    Severity.ERROR,
                    "shadowed-grant",
                    "grant " + grant.name() + " never decides: whomever it names, " + String.join(" and ", by)
                            + " admits first",
                    "grants",
                    number);
        } else if (!shadowed.isEmpty()) {
            findings.add(
                    Severity.WARNING,
                    "shadowed-grant",
                    "on " + String.join(", ", shadowed) + " grant " + grant.name() + " never decides: "
                            + String.join(" and ", by) + " admits first",
                    "grants",
                    number);
        }
    }

    /** The earlier grants that together admit everyone whom a grant names to a target; empty if they do not. */
    private static List<String> shadowing(List<Grant> earlier, Grant grant, String target) {
        Set<String> by = new LinkedHashSet<>();
        for (Who who : single(grant.who())) {
            Grant first = null;
            for (Grant candidate : earlier) {
                boolean admits = candidate.policies().containsKey(target)
                        && includes(candidate.who(), who)
                        && holdsWhenever(candidate, grant);
                if (admits && first == null) {
                    first = candidate;
                }
            }
            if (first == null) {
                return List.of();
            }
            by.add(first.name());
        }
        return List.copyOf(by);
    }

    /** One for each subject and group that is enough by itself. */
    private static List<Who> single(Who who) {
        List<Who> single = new ArrayList<>();
        for (Set<String> subjects : each(who.subjects())) {
            for (Set<String> groups : each(who.groups())) {
                single.add(new Who(who.issuer(), subjects, groups, who.claims()));
            }
        }
        return single;
    }

    private static List<Set<String>> each(Set<String> words) {
        List<Set<String>> each = new ArrayList<>();
        words.forEach(word -> each.add(Set.of(word)));
        return each.isEmpty() ? List.of(Set.of()) : each;
    }

    private static boolean includes(Who wide, Who narrow) {
        return wide.issuer().equals(narrow.issuer())
                && (wide.subjects().isEmpty()
                        || (!narrow.subjects().isEmpty() && wide.subjects().containsAll(narrow.subjects())))
                && (wide.groups().isEmpty()
                        || (!narrow.groups().isEmpty() && wide.groups().containsAll(narrow.groups())))
                && narrow.claims().entrySet().containsAll(wide.claims().entrySet());
    }

    /** Whether one grant holds at all times, from all places and for all accounts for which the other does. */
    private static boolean holdsWhenever(Grant wide, Grant narrow) {
        Grant.Conditions outer = wide.conditions();
        Grant.Conditions inner = narrow.conditions();
        boolean lasts = outer.expires() == null
                || (inner.expires() != null && !outer.expires().isBefore(inner.expires()));
        return !outer.onRequest()
                && lasts
                && (outer.window() == null || outer.window().equals(inner.window()))
                && (outer.networks().isEmpty()
                        || (!inner.networks().isEmpty()
                                && new HashSet<>(outer.networks()).containsAll(inner.networks())))
                && wide.accounts().containsAll(narrow.accounts())
                && wide.databases().containsAll(narrow.databases());
    }
}
