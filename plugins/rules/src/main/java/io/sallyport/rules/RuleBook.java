package io.sallyport.rules;

import io.sallyport.api.action.Access;
import io.sallyport.api.action.Action;
import io.sallyport.api.action.Verb;
import io.sallyport.api.guardrail.Guardrail.Part;
import io.sallyport.api.guardrail.RuleOutline;
import io.sallyport.rules.command.CommandLines;
import io.sallyport.rules.command.Invocation;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rules of one guardrail.
 *
 * <ol>
 *   <li>Of several rules that match, the first in the configuration is found.
 *   <li>Rules are indexed by verb and resource, and by command: a look-up costs the same for ten and for ten thousand, unless
 *       they have no condition but a text.
 *   <li>Safe for several threads.
 * </ol>
 */
public final class RuleBook {
    private final List<Rule> rules;
    private final Map<Verb, PatternIndex> byVerb = new HashMap<>();
    private final PatternIndex anyVerb = new PatternIndex();
    private final Map<String, List<Integer>> byCommand = new HashMap<>();
    private final List<Integer> commands = new ArrayList<>();
    private final List<Integer> others = new ArrayList<>();

    /** Lays out the rules. */
    public RuleBook(List<Rule> rules) {
        this.rules = List.copyOf(rules);
        for (int i = 0; i < rules.size(); i++) {
            Rule rule = rules.get(i);
            if (rule.readsAccesses()) {
                addAccessRule(i, rule);
            } else if (rule.command() != null) {
                byCommand
                        .computeIfAbsent(rule.command(), unused -> new ArrayList<>())
                        .add(i);
                commands.add(i);
            } else {
                others.add(i);
            }
        }
    }

    private void addAccessRule(int number, Rule rule) {
        if (rule.verbs().isEmpty()) {
            anyVerb.add(number, rule.resources());
        }
        for (Verb verb : rule.verbs()) {
            byVerb.computeIfAbsent(verb, unused -> new PatternIndex()).add(number, rule.resources());
        }
    }

    /** The parts of an operation on which the rules depend. */
    public Set<Part> reads() {
        EnumSet<Part> parts = EnumSet.of(Part.ACCESSES);
        if (rules.stream().anyMatch(rule -> rule.text() != null || rule.command() != null)) {
            parts.add(Part.TEXT);
        }
        return Set.copyOf(parts);
    }

    /** What each rule bites on, in order. */
    public List<RuleOutline> outlines() {
        return rules.stream().map(Rule::outline).toList();
    }

    /** The first rule that matches, or null. */
    public @Nullable Match first(Action action) {
        return new Search(action).run();
    }

    /** One look-up. Not a static class: it reads the book. */
    private final class Search {
        private final Action action;
        private @Nullable List<Invocation> invocations;
        private int best = Integer.MAX_VALUE;
        private @Nullable Access access;

        Search(Action action) {
            this.action = action;
        }

        @Nullable
        Match run() {
            for (Access candidate : action.accesses()) {
                PatternIndex patterns = byVerb.get(candidate.verb());
                if (patterns != null) {
                    patterns.find(candidate.resource(), number -> consider(number, candidate));
                }
                anyVerb.find(candidate.resource(), number -> consider(number, candidate));
            }
            others.forEach(number -> consider(number, null));
            if (!commands.isEmpty()) {
                considerCommands();
            }
            return best == Integer.MAX_VALUE ? null : new Match(rules.get(best), best + 1, access);
        }

        private void considerCommands() {
            for (Invocation invocation : invocations()) {
                List<Integer> numbers = invocation.clear()
                        ? byCommand.getOrDefault(invocation.name(), List.of())
                        : commands.subList(0, 1);
                numbers.forEach(number -> consider(number, null));
            }
        }

        private void consider(int number, @Nullable Access candidate) {
            if (number < best && holds(rules.get(number), candidate)) {
                best = number;
                access = candidate;
            }
        }

        private boolean holds(Rule rule, @Nullable Access candidate) {
            return (candidate == null || traitsHold(rule, candidate))
                    && (!rule.opaque() || action.opaque())
                    && (rule.text() == null || rule.text().find(action.text()))
                    && (rule.command() == null || runs(rule, rule.command()));
        }

        private boolean traitsHold(Rule rule, Access candidate) {
            return rule.traits().isEmpty() || rule.traits().stream().anyMatch(candidate.traits()::contains);
        }

        private boolean runs(Rule rule, String command) {
            return invocations().stream().anyMatch(invocation -> invocation.mayRun(command, rule.flags()));
        }

        private List<Invocation> invocations() {
            List<Invocation> read = invocations;
            if (read == null) {
                read = CommandLines.invocations(action);
                invocations = read;
            }
            return read;
        }
    }
}
