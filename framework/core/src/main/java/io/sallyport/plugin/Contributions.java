package io.sallyport.plugin;

import io.sallyport.api.ConnectorFactory;
import io.sallyport.api.SallyportPlugin;
import io.sallyport.api.credential.CredentialSourceFactory;
import io.sallyport.api.guardrail.GuardrailFactory;
import io.sallyport.api.sink.EventSinkFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a set of plugins offers, once each of them was asked and no type turned out to be offered twice. */
final class Contributions implements PluginCatalog {

    private final Map<Kind, SortedMap<String, Object>> factories;

    private Contributions(Map<Kind, SortedMap<String, Object>> factories) {
        this.factories = factories;
    }

    static Contributions of(List<SallyportPlugin> plugins) {
        Collector collector = new Collector();
        for (SallyportPlugin plugin : plugins) {
            collector.add(plugin.getClass().getName(), plugin);
        }
        if (!collector.problems().isEmpty()) {
            throw new PluginException(collector.problems());
        }
        return collector.collect();
    }

    @Override
    public @Nullable ConnectorFactory<?> connector(String type) {
        return (ConnectorFactory<?>) find(Kind.CONNECTOR, type);
    }

    @Override
    public @Nullable GuardrailFactory<?> guardrail(String type) {
        return (GuardrailFactory<?>) find(Kind.GUARDRAIL, type);
    }

    @Override
    public @Nullable CredentialSourceFactory<?> credentialSource(String type) {
        return (CredentialSourceFactory<?>) find(Kind.CREDENTIAL_SOURCE, type);
    }

    @Override
    public @Nullable EventSinkFactory<?> eventSink(String type) {
        return (EventSinkFactory<?>) find(Kind.EVENT_SINK, type);
    }

    @Override
    public Set<String> types(Kind kind) {
        SortedMap<String, Object> ofKind = factories.get(kind);
        return ofKind == null ? Set.of() : Collections.unmodifiableSet(new TreeSet<>(ofKind.keySet()));
    }

    private @Nullable Object find(Kind kind, String type) {
        SortedMap<String, Object> ofKind = factories.get(kind);
        return ofKind == null ? null : ofKind.get(type);
    }

    /** Asks plugins one after the other and keeps what each offers, with whom to blame for a type that comes twice. */
    static final class Collector {

        private final Map<Kind, SortedMap<String, Object>> factories = new EnumMap<>(Kind.class);
        private final Map<String, String> owners = new HashMap<>();
        private final List<String> problems = new ArrayList<>();

        /**
         * Asks one plugin.
         *
         * @param source the jar or class to name in problems
         * @return the types that it offers, each with its kind in words
         */
        List<String> add(String source, SallyportPlugin plugin) {
            List<String> offered = new ArrayList<>();
            try {
                addAll(source, Kind.CONNECTOR, plugin.connectors(), ConnectorFactory::type, offered);
                addAll(source, Kind.GUARDRAIL, plugin.guardrails(), GuardrailFactory::type, offered);
                addAll(
                        source,
                        Kind.CREDENTIAL_SOURCE,
                        plugin.credentialSources(),
                        CredentialSourceFactory::type,
                        offered);
                addAll(source, Kind.EVENT_SINK, plugin.eventSinks(), EventSinkFactory::type, offered);
            } catch (RuntimeException | LinkageError e) {
                problems.add(source + ": the plugin failed when asked what it offers (" + e + "); remove or update it");
            }
            return offered;
        }

        private <F> void addAll(
                String source, Kind kind, List<? extends F> offers, Function<F, String> type, List<String> offered) {
            for (F factory : offers) {
                String word = type.apply(factory);
                String entry = kind.words() + " '" + word + "'";
                String owner = owners.putIfAbsent(entry, source);
                if (owner != null) {
                    problems.add(source + ": offers " + entry + ", which " + owner
                            + " offers already; remove one of the two jars");
                } else {
                    factories.computeIfAbsent(kind, any -> new TreeMap<>()).put(word, factory);
                    offered.add(entry);
                }
            }
        }

        List<String> problems() {
            return List.copyOf(problems);
        }

        Contributions collect() {
            return new Contributions(factories);
        }
    }
}
