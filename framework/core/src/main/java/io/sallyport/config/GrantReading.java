package io.sallyport.config;

import io.sallyport.api.ConnectorFactory;
import io.sallyport.api.action.Vocabulary;
import io.sallyport.config.Document.Item;
import io.sallyport.config.binding.Binder;
import io.sallyport.config.binding.Node;
import io.sallyport.config.binding.Paths;
import io.sallyport.config.binding.Problems;
import io.sallyport.grant.GrantSettings;
import io.sallyport.target.TargetSettings;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads {@code grants:}, each with the words of its own targets' connectors. */
final class GrantReading {

    private final Binder binder;
    private final PatternFactories patterns;
    private final Checks checks;
    private final Problems problems;

    GrantReading(Binder binder, PatternFactories patterns, Checks checks, Problems problems) {
        this.binder = binder;
        this.patterns = patterns;
        this.checks = checks;
        this.problems = problems;
    }

    /**
     * What grants may mention.
     *
     * @param targetNames every target's entry by name
     * @param targets the targets without problems
     * @param connectors the connectors by name
     * @param issuers the issuers' names
     * @param guardrails the guardrails' names
     */
    record Known(
            Map<String, Item> targetNames,
            List<TargetSettings> targets,
            Map<String, Reading.Declared<ConnectorFactory<?>>> connectors,
            Set<String> issuers,
            Set<String> guardrails) {}

    List<GrantSettings> read(List<Item> items, Known known) {
        List<GrantSettings> grants = new ArrayList<>();
        for (Item item : items) {
            Set<String> chosen = chosen(item.node(), known);
            List<Vocabulary> vocabularies = vocabularies(chosen, known);
            Binder own = vocabularies.isEmpty() ? binder : binder.with(patterns.words(vocabularies));
            GrantSettings grant = own.bind(item.node(), GrantSettings.class, item.path());
            checkMentions(item, known);
            if (grant != null) {
                checkBaseline(grant, item, vocabularies);
                checkChosen(chosen, item, known);
                if (!chosen.isEmpty()) {
                    grants.add(grant.withTargets(List.copyOf(chosen)));
                }
            }
        }
        return grants;
    }

    /** The targets that exist and that the grant names or chooses by labels, in order. */
    private static Set<String> chosen(Node.Mapping grant, Known known) {
        Set<String> chosen = new LinkedHashSet<>();
        for (Node.Scalar name : scalars(grant.get("targets"))) {
            if (known.targetNames().containsKey(name.text())) {
                chosen.add(name.text());
            }
        }
        if (grant.get("labels") instanceof Node.Mapping labels
                && !labels.entries().isEmpty()) {
            known.targets().stream()
                    .filter(target -> labels.entries().keySet().stream()
                            .allMatch(
                                    label -> Objects.equals(target.labels().get(label), Document.text(labels, label))))
                    .forEach(target -> chosen.add(target.name()));
        }
        return chosen;
    }

    private static List<Vocabulary> vocabularies(Set<String> targets, Known known) {
        List<Vocabulary> vocabularies = new ArrayList<>();
        for (String target : targets) {
            Item item = known.targetNames().get(target);
            String connector = item == null ? null : Document.text(item.node(), "connector");
            Reading.Declared<ConnectorFactory<?>> declared =
                    connector == null ? null : known.connectors().get(connector);
            if (declared != null && declared.factory() != null) {
                vocabularies.add(declared.factory().vocabulary());
            }
        }
        return vocabularies;
    }

    /** Checked on the nodes, so that one mistake in a grant does not hide the others. */
    private void checkMentions(Item item, Known known) {
        Node.Mapping grant = item.node();
        mentions(
                grant.get("targets"),
                Paths.key(item.path(), "targets"),
                "target",
                known.targetNames().keySet());
        mentions(grant.get("guardrails"), Paths.key(item.path(), "guardrails"), "guardrail", known.guardrails());
        issuer(Document.at(grant, "who", "issuer"), Paths.key(item.path(), "who.issuer"), known);
        issuer(
                Document.at(grant, "access", "approvers", "issuer"),
                Paths.key(item.path(), "access.approvers.issuer"),
                known);
    }

    private void mentions(@Nullable Node list, String path, String kind, Set<String> names) {
        List<Node.Scalar> scalars = scalars(list);
        for (int i = 0; i < scalars.size(); i++) {
            checks.mention(scalars.get(i), Paths.item(path, i), kind, names);
        }
    }

    private void issuer(Node node, String path, Known known) {
        if (node instanceof Node.Scalar scalar) {
            checks.mention(scalar, path, "issuer", known.issuers());
        }
    }

    private void checkBaseline(GrantSettings grant, Item item, List<Vocabulary> vocabularies) {
        Set<String> declared = new TreeSet<>(Set.of("none", "clients"));
        vocabularies.forEach(
                vocabulary -> declared.addAll(vocabulary.baselines().keySet()));
        Node node = item.node().get("baseline");
        if (node instanceof Node.Scalar scalar && scalar.text().equals(grant.baseline())) {
            checks.mention(scalar, Paths.key(item.path(), "baseline"), "baseline", declared);
        }
    }

    private void checkChosen(Set<String> chosen, Item item, Known known) {
        boolean mistyped = scalars(item.node().get("targets")).stream()
                .anyMatch(name -> !known.targetNames().containsKey(name.text()));
        if (chosen.isEmpty() && !mistyped) {
            problems.add(
                    Document.at(item.node(), "labels"), Paths.key(item.path(), "labels"), "no target has these labels");
        }
    }

    private static List<Node.Scalar> scalars(@Nullable Node list) {
        return list instanceof Node.Sequence sequence
                ? sequence.items().stream()
                        .filter(Node.Scalar.class::isInstance)
                        .map(Node.Scalar.class::cast)
                        .toList()
                : List.of();
    }
}
