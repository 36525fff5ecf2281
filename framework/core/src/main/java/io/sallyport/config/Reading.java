package io.sallyport.config;

import io.sallyport.api.ConnectorFactory;
import io.sallyport.api.action.Vocabulary;
import io.sallyport.api.config.Default;
import io.sallyport.api.credential.CredentialSourceFactory;
import io.sallyport.api.guardrail.GuardrailFactory;
import io.sallyport.api.sink.EventSinkFactory;
import io.sallyport.config.Document.Item;
import io.sallyport.config.binding.Binder;
import io.sallyport.config.binding.NearestWord;
import io.sallyport.config.binding.Node;
import io.sallyport.config.binding.Paths;
import io.sallyport.config.binding.Problems;
import io.sallyport.config.binding.References;
import io.sallyport.grant.GrantSettings;
import io.sallyport.identity.IssuerSettings;
import io.sallyport.plugin.PluginCatalog;
import io.sallyport.target.TargetSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One reading of one document: sections first, then what plugins declare, then what refers to it. */
final class Reading {

    private static final Set<String> KEYS = Set.of(
            "node",
            "store",
            "journal",
            "limits",
            "admin",
            "issuers",
            "connectors",
            "credential-sources",
            "targets",
            "guardrails",
            "sinks",
            "grants");

    private final Document document;
    private final PluginCatalog catalog;
    private final PatternFactories patterns;
    private final Problems problems;
    private final Binder binder;
    private final Checks checks;

    Reading(
            Document document,
            PluginCatalog catalog,
            PatternFactories patterns,
            References references,
            Problems problems) {
        this.document = document;
        this.catalog = catalog;
        this.patterns = patterns;
        this.problems = problems;
        List<Vocabulary> vocabularies = catalog.types(PluginCatalog.Kind.CONNECTOR).stream()
                .map(type -> Objects.requireNonNull(catalog.connector(type)).vocabulary())
                .toList();
        this.binder = new Binder(patterns.words(vocabularies), references, problems);
        this.checks = new Checks(problems);
    }

    /** The node's own key. */
    record Head(@Default("gateway") String node) {}

    /** The keys that all entries of plugins have. */
    record EntryHead(String name, String type, @Nullable Node config) {}

    /** What a plugin's entry says before its own configuration is bound. */
    record Declared<F>(Item item, @Nullable F factory) {}

    /** Everything in the document; null if sections are missing, in which case there are problems. */
    @Nullable
    Configuration read() {
        refuseUnknownSections();
        Head head = binder.bind(document.root().only(Set.of("node")), Head.class, "");
        StoreSection store = section("store", StoreSection.class);
        JournalSection journal = section("journal", JournalSection.class);
        LimitsSection limits = section("limits", LimitsSection.class);
        AdminSection admin = section("admin", AdminSection.class);

        List<Item> issuerItems = document.items("issuers");
        Set<String> issuerNames = document.named(issuerItems).keySet();
        Map<String, IssuerSettings> issuers = issuers(issuerItems);
        Map<String, Declared<ConnectorFactory<?>>> connectors =
                declared("connectors", PluginCatalog.Kind.CONNECTOR, catalog::connector);
        Map<String, Declared<CredentialSourceFactory<?>>> sources =
                declared("credential-sources", PluginCatalog.Kind.CREDENTIAL_SOURCE, catalog::credentialSource);
        Map<String, Declared<GuardrailFactory<?>>> guardrails =
                declared("guardrails", PluginCatalog.Kind.GUARDRAIL, catalog::guardrail);
        Map<String, Declared<EventSinkFactory<?>>> sinks =
                declared("sinks", PluginCatalog.Kind.EVENT_SINK, catalog::eventSink);
        var boundConnectors = bound(connectors, ConnectorFactory::configType);
        var boundSources = bound(sources, CredentialSourceFactory::configType);
        var boundGuardrails = bound(guardrails, GuardrailFactory::configType);
        var boundSinks = bound(sinks, EventSinkFactory::configType);

        TargetReading targetReading = new TargetReading(binder, problems, catalog, connectors, sources);
        List<Item> targetItems = document.items("targets");
        Map<String, Item> targetNames = document.named(targetItems);
        List<TargetSettings> targets = targetReading.read(targetItems);
        boundSources.addAll(targetReading.implicitSources());

        List<Item> grantItems = document.items("grants");
        document.named(grantItems);
        GrantReading grantReading = new GrantReading(binder, patterns, checks, problems);
        List<GrantSettings> grants = grantReading.read(
                grantItems, new GrantReading.Known(targetNames, targets, connectors, issuerNames, guardrails.keySet()));
        boundGuardrails.forEach(entry -> checks.approvers(entry, guardrails.get(entry.name()), issuerNames));
        if (admin != null) {
            checks.operators(admin, document.section("admin"), issuers, issuerNames);
        }
        if (head == null || store == null || journal == null || limits == null || admin == null) {
            return null;
        }
        checks.node(head.node(), journal, document.root());
        return new Configuration(
                head.node(),
                store.from(binder.directory()),
                journal,
                limits,
                admin,
                List.copyOf(issuers.values()),
                boundConnectors,
                boundSources,
                targets,
                boundGuardrails,
                boundSinks,
                grants,
                Fingerprint.NONE);
    }

    private void refuseUnknownSections() {
        document.root().entries().forEach((key, entry) -> {
            if (!KEYS.contains(key)) {
                problems.add(entry.key(), key, NearestWord.unknown("key", key, KEYS));
            }
        });
    }

    private <T extends Record> @Nullable T section(String key, Class<T> type) {
        return binder.bind(document.section(key), type, key);
    }

    private Map<String, IssuerSettings> issuers(List<Item> items) {
        Map<String, IssuerSettings> issuers = new LinkedHashMap<>();
        for (Item item : items) {
            IssuerSettings issuer = binder.bind(item.node(), IssuerSettings.class, item.path());
            if (issuer != null) {
                issuers.put(issuer.name(), issuer);
            }
        }
        checks.issuers(items);
        return issuers;
    }

    private <F> Map<String, Declared<F>> declared(
            String key, PluginCatalog.Kind kind, Function<String, @Nullable F> lookup) {
        Map<String, Declared<F>> declared = new LinkedHashMap<>();
        List<Item> items = document.items(key);
        document.named(items);
        for (Item item : items) {
            EntryHead head = binder.bind(item.node(), EntryHead.class, item.path());
            String type = Document.text(item.node(), "type");
            F factory = type == null ? null : lookup.apply(type);
            if (head != null && factory == null) {
                problems.add(
                        Document.at(item.node(), "type"),
                        Paths.key(item.path(), "type"),
                        NearestWord.unknown(kind.words() + " type", head.type(), catalog.types(kind)));
            }
            String name = Document.text(item.node(), "name");
            if (name != null) {
                declared.putIfAbsent(name, new Declared<>(item, factory));
            }
        }
        return declared;
    }

    private <F> List<PluginEntry<F>> bound(
            Map<String, Declared<F>> declared, Function<F, Class<? extends Record>> configType) {
        List<PluginEntry<F>> entries = new ArrayList<>();
        declared.forEach((name, entry) -> {
            F factory = entry.factory();
            Node config = entry.item().node().get("config");
            if (factory != null) {
                Record record = binder.bind(
                        config == null ? Document.empty(entry.item().node()) : config,
                        configType.apply(factory),
                        Paths.key(entry.item().path(), "config"));
                if (record != null) {
                    entries.add(new PluginEntry<>(name, factory, record));
                }
            }
        });
        return entries;
    }
}
