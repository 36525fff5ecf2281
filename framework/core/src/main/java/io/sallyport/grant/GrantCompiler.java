package io.sallyport.grant;

import io.sallyport.api.ConnectorFactory;
import io.sallyport.api.Recording;
import io.sallyport.api.action.ActionKind;
import io.sallyport.api.action.Verb;
import io.sallyport.api.action.Vocabulary;
import io.sallyport.api.config.ResourcePattern;
import io.sallyport.decision.Policy;
import io.sallyport.decision.ResourceGlob;
import io.sallyport.decision.Scope;
import io.sallyport.target.Target;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Compiles grants of the configuration: chooses their targets, joins scope and baseline, and checks that the guardrails
 * cover what the targets' connectors submit.
 */
public final class GrantCompiler {

    private static final String NO_BASELINE = "none";

    private final Map<String, Target> targets;
    private final Map<String, ConnectorFactory<?>> connectors;
    private final Map<String, Policy.NamedGuardrail> guardrails;

    /**
     * With what grants refer to by name.
     *
     * @param targets the targets, by name
     * @param connectors the factories behind the connectors, by the connectors' names
     * @param guardrails the guardrails, by name
     */
    public GrantCompiler(
            Map<String, Target> targets,
            Map<String, ConnectorFactory<?>> connectors,
            Map<String, Policy.NamedGuardrail> guardrails) {
        this.targets = Map.copyOf(targets);
        this.connectors = Map.copyOf(connectors);
        this.guardrails = Map.copyOf(guardrails);
    }

    /**
     * Compiles one grant.
     *
     * @throws IllegalArgumentException if it refers to something that is not there, or leaves open what happens to actions
     *     that a guardrail does not understand
     */
    public Grant compile(GrantSettings settings) {
        List<Policy.NamedGuardrail> judges = settings.guardrails().stream()
                .map(name -> guardrail(settings, name))
                .toList();
        Map<String, Policy> policies = new HashMap<>();
        Recording.@Nullable Level results = settings.record().results();
        for (Target target : chosen(settings)) {
            ConnectorFactory<?> connector = connector(target);
            checkCoverage(settings, connector, judges);
            policies.put(target.name(), policy(settings, connector, judges));
            results = results == null ? connector.defaultResults() : results;
        }
        return new Grant(
                settings.name(),
                settings.who().toWho(),
                policies,
                Set.copyOf(settings.databases()),
                Set.copyOf(settings.accounts()),
                new Recording(
                        settings.record().requests(),
                        results == null ? Recording.Level.SUMMARY : results,
                        settings.record().limit().bytes()),
                settings.unmaskable() == GrantSettings.Choice.ALLOW,
                settings.session().toLimits(),
                conditions(settings, policies.keySet()));
    }

    private List<Target> chosen(GrantSettings settings) {
        List<Target> chosen = new ArrayList<>();
        for (String name : settings.targets()) {
            Target target = targets.get(name);
            if (target == null) {
                throw new IllegalArgumentException("grant " + settings.name() + ": there is no target " + name);
            }
            chosen.add(target);
        }
        if (!settings.labels().isEmpty()) {
            targets.values().stream()
                    .filter(target -> target.labels()
                            .entrySet()
                            .containsAll(settings.labels().entrySet()))
                    .filter(target -> !chosen.contains(target))
                    .forEach(chosen::add);
        }
        return chosen;
    }

    private ConnectorFactory<?> connector(Target target) {
        ConnectorFactory<?> connector = connectors.get(target.connector());
        if (connector == null) {
            throw new IllegalArgumentException(
                    "target " + target.name() + ": there is no connector " + target.connector());
        }
        return connector;
    }

    private Policy.NamedGuardrail guardrail(GrantSettings settings, String name) {
        Policy.NamedGuardrail guardrail = guardrails.get(name);
        if (guardrail == null) {
            throw new IllegalArgumentException("grant " + settings.name() + ": there is no guardrail " + name);
        }
        return guardrail;
    }

    private static void checkCoverage(
            GrantSettings settings, ConnectorFactory<?> connector, List<Policy.NamedGuardrail> judges) {
        Set<ActionKind> uncovered = Policy.uncovered(judges, connector.actionKinds());
        if (settings.uncovered() == null && !uncovered.isEmpty()) {
            throw new IllegalArgumentException("grant " + settings.name() + ": its guardrails do not all understand "
                    + uncovered + " of connector type " + connector.type()
                    + "; say `uncovered: deny` or `uncovered: allow`");
        }
    }

    private static Policy policy(
            GrantSettings settings, ConnectorFactory<?> connector, List<Policy.NamedGuardrail> judges) {
        List<Scope.Entry> entries = new ArrayList<>();
        for (GrantSettings.ScopeEntry entry : settings.scope()) {
            String origin = "scope[" + entries.size() + "]";
            entries.add(new Scope.Entry(names(entry.verbs()), entry.resources(), List.of(), origin));
        }
        Vocabulary.Baseline baseline = baseline(settings, connector.vocabulary());
        if (baseline != null) {
            List<ResourcePattern> except = patterns(baseline.except(), connector.vocabulary());
            for (Vocabulary.Entry entry : baseline.entries()) {
                entries.add(new Scope.Entry(
                        names(entry.verbs()),
                        patterns(entry.resources(), connector.vocabulary()),
                        except,
                        "baseline " + settings.baseline()));
            }
        }
        return new Policy(
                settings.name(),
                new Scope(entries),
                settings.opaque() == GrantSettings.Choice.ALLOW,
                judges,
                settings.uncovered() == GrantSettings.Choice.ALLOW);
    }

    private static Vocabulary.@Nullable Baseline baseline(GrantSettings settings, Vocabulary vocabulary) {
        Vocabulary.Baseline baseline = vocabulary.baselines().get(settings.baseline());
        boolean unknown = baseline == null && !settings.baseline().equals(NO_BASELINE);
        if (unknown && !vocabulary.baselines().isEmpty()) {
            throw new IllegalArgumentException(
                    "grant " + settings.name() + ": there is no baseline " + settings.baseline() + "; known are "
                            + new TreeSet<>(vocabulary.baselines().keySet()) + " and " + NO_BASELINE);
        }
        return baseline;
    }

    private static List<ResourcePattern> patterns(List<String> spelled, Vocabulary vocabulary) {
        return spelled.stream()
                .<ResourcePattern>map(text -> ResourceGlob.parse(text, vocabulary.kinds()))
                .toList();
    }

    private static Set<String> names(Set<Verb> verbs) {
        return verbs.stream().map(Verb::name).collect(Collectors.toCollection(HashSet::new));
    }

    private static Grant.Conditions conditions(GrantSettings settings, Set<String> targets) {
        WindowSettings window = settings.window();
        GrantSettings.AccessSettings access = settings.access();
        Instant expires = settings.expires() == null
                ? null
                : settings.expires().plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        return new Grant.Conditions(
                window == null ? null : window.toWindow(),
                settings.networks(),
                expires,
                access == null ? null : access.toTerms(opens(settings, targets)));
    }

    /** What those who decide about access read of the grant. */
    private static List<String> opens(GrantSettings settings, Set<String> targets) {
        List<String> lines = new ArrayList<>();
        new TreeSet<>(targets).forEach(target -> lines.add("target " + target));
        settings.databases().forEach(database -> lines.add("database " + database));
        settings.accounts().forEach(account -> lines.add("account " + account));
        for (GrantSettings.ScopeEntry entry : settings.scope()) {
            String resources =
                    entry.resources().stream().map(ResourcePattern::toString).collect(Collectors.joining(", "));
            lines.add(String.join(", ", new TreeSet<>(names(entry.verbs()))) + " on " + resources);
        }
        return lines;
    }
}
