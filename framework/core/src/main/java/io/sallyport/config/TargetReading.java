package io.sallyport.config;

import io.sallyport.api.ConnectorFactory;
import io.sallyport.api.credential.CredentialSourceFactory;
import io.sallyport.config.Document.Item;
import io.sallyport.config.binding.Binder;
import io.sallyport.config.binding.NearestWord;
import io.sallyport.config.binding.Node;
import io.sallyport.config.binding.Paths;
import io.sallyport.config.binding.Problems;
import io.sallyport.plugin.PluginCatalog;
import io.sallyport.target.StaticCredential;
import io.sallyport.target.TargetSettings;
import io.sallyport.target.TargetSettings.CredentialSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code targets:}. Some of an entry's keys are the core's, others its connector's, and those of its credential are the
 * credential source's.
 *
 * <p>A credential without {@code source:} is a {@link StaticCredential}, unless it has none of its keys and a plugin offers a
 * source of the connector's own type: then that source is used as if the configuration had an entry for it.
 */
final class TargetReading {

    private static final Set<String> COMMON = Binder.keys(TargetSettings.Common.class);
    private static final Set<String> CORE = with(COMMON, "credential");
    private static final Set<String> SOURCE = Binder.keys(SourceKeys.class);

    private final Binder binder;
    private final Problems problems;
    private final PluginCatalog catalog;
    private final Map<String, Reading.Declared<ConnectorFactory<?>>> connectors;
    private final Map<String, Reading.Declared<CredentialSourceFactory<?>>> sources;
    private final Map<String, PluginEntry<CredentialSourceFactory<?>>> implicit = new LinkedHashMap<>();

    TargetReading(
            Binder binder,
            Problems problems,
            PluginCatalog catalog,
            Map<String, Reading.Declared<ConnectorFactory<?>>> connectors,
            Map<String, Reading.Declared<CredentialSourceFactory<?>>> sources) {
        this.binder = binder;
        this.problems = problems;
        this.catalog = catalog;
        this.connectors = connectors;
        this.sources = sources;
    }

    /** The keys of a credential that the core consumes. */
    record SourceKeys(@Nullable String source, @Nullable Duration reuse) {}

    /** A source's options, and the name of the source if there is one. */
    private record Sourced(@Nullable String source, Record options) {}

    List<TargetSettings> read(List<Item> items) {
        List<TargetSettings> targets = new ArrayList<>();
        for (Item item : items) {
            TargetSettings target = target(item);
            if (target != null) {
                targets.add(target);
            }
        }
        return targets;
    }

    /** The sources that targets use without an entry of their own. */
    List<PluginEntry<CredentialSourceFactory<?>>> implicitSources() {
        return List.copyOf(implicit.values());
    }

    private @Nullable TargetSettings target(Item item) {
        TargetSettings.Common common = binder.bind(item.node().only(COMMON), TargetSettings.Common.class, item.path());
        ConnectorFactory<?> connector = connector(item);
        Record options = connector == null
                ? null
                : binder.bind(item.node().without(CORE), connector.targetType(), item.path(), CORE);
        CredentialSettings credential = credential(item, connector);
        if (common != null && connector != null) {
            checkScheme(common, connector, item);
        }
        return common == null || options == null || credential == null
                ? null
                : new TargetSettings(
                        common.name(), common.connector(), common.address(), common.labels(), options, credential);
    }

    private @Nullable ConnectorFactory<?> connector(Item item) {
        String name = Document.text(item.node(), "connector");
        if (name == null) {
            return null;
        }
        Reading.Declared<ConnectorFactory<?>> declared = connectors.get(name);
        if (declared == null) {
            problems.add(
                    Document.at(item.node(), "connector"),
                    Paths.key(item.path(), "connector"),
                    NearestWord.unknown("connector", name, connectors.keySet()));
            return null;
        }
        return declared.factory();
    }

    private void checkScheme(TargetSettings.Common common, ConnectorFactory<?> connector, Item item) {
        String scheme = String.valueOf(common.address().getScheme());
        if (!connector.schemes().contains(scheme)) {
            problems.add(
                    Document.at(item.node(), "address"),
                    Paths.key(item.path(), "address"),
                    NearestWord.unknown("scheme", scheme, connector.schemes()));
        }
    }

    private @Nullable CredentialSettings credential(Item item, @Nullable ConnectorFactory<?> connector) {
        String path = Paths.key(item.path(), "credential");
        Node node = item.node().get("credential");
        if (!(node instanceof Node.Mapping mapping)) {
            problems.add(
                    node == null ? item.node() : node,
                    node == null ? item.path() : path,
                    node == null
                            ? "the key 'credential' is missing"
                            : "expected keys and values, found " + node.what());
            return null;
        }
        SourceKeys keys = binder.bind(mapping.only(SOURCE), SourceKeys.class, path);
        String source = Document.text(mapping, "source");
        Sourced sourced = source == null ? unnamed(mapping, path, connector) : named(source, mapping, path);
        return keys == null || sourced == null
                ? null
                : new CredentialSettings(sourced.source(), keys.reuse(), sourced.options());
    }

    private @Nullable Sourced named(String source, Node.Mapping mapping, String path) {
        Reading.Declared<CredentialSourceFactory<?>> declared = sources.get(source);
        if (declared == null) {
            problems.add(
                    Document.at(mapping, "source"),
                    Paths.key(path, "source"),
                    NearestWord.unknown("credential source", source, sources.keySet()));
            return null;
        }
        CredentialSourceFactory<?> factory = declared.factory();
        return factory == null ? null : request(source, factory, mapping, path);
    }

    private @Nullable Sourced unnamed(Node.Mapping mapping, String path, @Nullable ConnectorFactory<?> connector) {
        CredentialSourceFactory<?> own = connector == null ? null : catalog.credentialSource(connector.type());
        boolean stated = !Collections.disjoint(mapping.entries().keySet(), Binder.keys(StaticCredential.class));
        if (own == null || stated) {
            Record options = binder.bind(mapping.without(SOURCE), StaticCredential.class, path, SOURCE);
            return options == null ? null : new Sourced(null, options);
        }
        String name = own.type();
        Reading.Declared<CredentialSourceFactory<?>> declared = sources.get(name);
        if (declared != null && declared.factory() != own) {
            problems.add(mapping, path, "the credential source '" + name + "' has another type; name a source");
            return null;
        }
        if (declared == null && !implicit.containsKey(name)) {
            Record config = binder.bind(Document.empty(mapping), own.configType(), path);
            if (config == null) {
                return null;
            }
            implicit.put(name, new PluginEntry<>(name, own, config));
        }
        return request(name, own, mapping, path);
    }

    private @Nullable Sourced request(
            String source, CredentialSourceFactory<?> factory, Node.Mapping mapping, String path) {
        Record options = binder.bind(mapping.without(SOURCE), factory.requestType(), path, SOURCE);
        return options == null ? null : new Sourced(source, options);
    }

    private static Set<String> with(Set<String> keys, String another) {
        Set<String> all = new TreeSet<>(keys);
        all.add(another);
        return all;
    }
}
