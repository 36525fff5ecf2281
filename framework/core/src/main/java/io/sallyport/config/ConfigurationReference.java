package io.sallyport.config;

import io.sallyport.api.ConnectorFactory;
import io.sallyport.api.action.ResourceKind;
import io.sallyport.api.action.Trait;
import io.sallyport.api.action.Verb;
import io.sallyport.api.action.Vocabulary;
import io.sallyport.api.config.Default;
import io.sallyport.api.config.Description;
import io.sallyport.api.credential.CredentialSourceFactory;
import io.sallyport.config.binding.Binder;
import io.sallyport.config.binding.Paths;
import io.sallyport.grant.GrantSettings;
import io.sallyport.identity.IssuerSettings;
import io.sallyport.plugin.PluginCatalog;
import io.sallyport.target.StaticCredential;
import io.sallyport.target.TargetSettings;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Writes the reference of all configuration keys, in Markdown, from the records to which they are bound. */
public final class ConfigurationReference {

    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("String", "text"),
            Map.entry("boolean", "`true` or `false`"),
            Map.entry("int", "number"),
            Map.entry("long", "number"),
            Map.entry("Integer", "number"),
            Map.entry("Duration", "duration"),
            Map.entry("ByteSize", "size"),
            Map.entry("Path", "path"),
            Map.entry("URI", "URL"),
            Map.entry("HostPort", "host:port"),
            Map.entry("Secret", "secret"),
            Map.entry("Verb", "verb"),
            Map.entry("Trait", "trait"),
            Map.entry("ResourcePattern", "resource pattern"),
            Map.entry("TextPattern", "text pattern (RE2)"),
            Map.entry("LocalDate", "date"),
            Map.entry("LocalTime", "time of day"),
            Map.entry("ZoneId", "time zone"),
            Map.entry("Network", "network"),
            Map.entry("ClaimTemplate", "text with `${claim}`"));

    private static final String INTRODUCTION = """
            # Configuration

            One file, `sallyport.yaml`; [sallyport.example.yaml](sallyport.example.yaml) uses every feature. This page is
            generated from the records to which the file is bound.

            `sallyport check FILE` reports everything that is wrong at once, with line, place and the nearest known word. An
            unknown key, verb, trait or name stops the start.

            - **References**: `${env:NAME}` and `${file:PATH}` stand for an environment variable and for a file's content
              without its last line end, anywhere in a value. Text in `${…}` without a colon is a claim.
            - **Paths** are relative to the file's directory.
            - **Durations**: `500ms`, `10s`, `15m`, `2h`, `400d`. **Sizes**: `4096`, `256KiB`, `16MiB`, `1GiB`.
            - **Resource patterns**: `*` is any part of one segment, `**` at the end is the rest. In a list of verbs `*` is
              every verb.
            - YAML anchors, aliases, tags and a second document are refused, and so is a key that stands twice.

            | section | holds |
            |---|---|
            | `node` | the gateway's name, `gateway` by default |
            | `store` `journal` `limits` `admin` | settings of the gateway itself |
            | `issuers` | whose tokens are logins |
            | `connectors` `credential-sources` `guardrails` `sinks` | plugins |
            | `targets` | what can be reached |
            | `grants` | who may do what; the first that fits decides |
            """;

    private static final String PLUGIN_ENTRIES = """

            ## `connectors[]`, `credential-sources[]`, `guardrails[]`, `sinks[]`

            Entries of plugins. What `config` holds, the plugin of that type says.

            | key | value | default | meaning |
            |---|---|---|---|
            | `name` | text | **required** | The name by which other sections mention the entry. |
            | `type` | text | **required** | The type, which a plugin offers. |
            | `config` | keys | `{}` | The plugin's own keys. |

            ## `targets[].credential` with a source

            | key | value | default | meaning |
            |---|---|---|---|
            | `source` | text | none | The name of a credential source; the other keys are the source's. |
            | `reuse` | duration | none | How long after it was asked for a lease is joined by further sessions of the same principal on the target; it is given back when the last of them ends. |

            Without `source` the keys are those of a static credential, below. If there is none of them, and a plugin offers a
            credential source of the connector's own type, that source is used.
            """;

    private final StringBuilder out = new StringBuilder();

    private ConfigurationReference() {}

    /** The reference of the gateway's own keys. */
    public static String core() {
        ConfigurationReference reference = new ConfigurationReference();
        reference.out.append(INTRODUCTION);
        reference.record("store", StoreSection.class);
        reference.record("journal", JournalSection.class);
        reference.record("limits", LimitsSection.class);
        reference.record("admin", AdminSection.class);
        reference.record("issuers[]", IssuerSettings.class);
        reference.out.append(PLUGIN_ENTRIES);
        reference.record("targets[]", TargetSettings.Common.class);
        reference.record("targets[].credential", StaticCredential.class);
        reference.record("grants[]", GrantSettings.class);
        return reference.out.toString();
    }

    /** The line with which the part about plugins begins. */
    public static final String PLUGINS = "# Keys and words of the plugins";

    /** The reference of the keys and words of all plugins of a catalog: it follows that of the gateway's own keys. */
    public static String plugins(PluginCatalog catalog) {
        ConfigurationReference reference = new ConfigurationReference();
        reference.out.append(PLUGINS).append("\n\nThose of the plugins that come with the gateway.\n");
        for (String type : catalog.types(PluginCatalog.Kind.CONNECTOR)) {
            ConnectorFactory<?> factory = Objects.requireNonNull(catalog.connector(type));
            reference.title("Connector", type);
            reference.vocabulary(factory.vocabulary());
            reference.record("connectors[].config", factory.configType());
            reference.record("targets[]", factory.targetType());
        }
        for (String type : catalog.types(PluginCatalog.Kind.CREDENTIAL_SOURCE)) {
            CredentialSourceFactory<?> factory = Objects.requireNonNull(catalog.credentialSource(type));
            reference.title("Credential source", type);
            reference.record("credential-sources[].config", factory.configType());
            reference.record("targets[].credential", factory.requestType());
        }
        for (String type : catalog.types(PluginCatalog.Kind.GUARDRAIL)) {
            reference.title("Guardrail", type);
            reference.record(
                    "guardrails[].config",
                    Objects.requireNonNull(catalog.guardrail(type)).configType());
        }
        for (String type : catalog.types(PluginCatalog.Kind.EVENT_SINK)) {
            reference.title("Sink", type);
            reference.record(
                    "sinks[].config",
                    Objects.requireNonNull(catalog.eventSink(type)).configType());
        }
        return reference.out.toString();
    }

    private void title(String kind, String type) {
        out.append("\n# ").append(kind).append(" `").append(type).append("`\n");
    }

    private void vocabulary(Vocabulary vocabulary) {
        out.append("\n- **Verbs**: ")
                .append(words(vocabulary.verbs(), Verb::name))
                .append(".\n");
        if (!vocabulary.traits().isEmpty()) {
            out.append("- **Traits**: ")
                    .append(words(vocabulary.traits(), Trait::name))
                    .append(".\n");
        }
        out.append("- **Resources**: ")
                .append(words(vocabulary.kinds(), ConfigurationReference::shown))
                .append(".\n");
        if (!vocabulary.baselines().isEmpty()) {
            out.append("- **Baselines**: ")
                    .append(words(vocabulary.baselines().keySet(), name -> name))
                    .append(".\n");
        }
    }

    /** A kind as patterns spell it: its prefix, and what stands between segments. */
    private static String shown(ResourceKind kind) {
        String segments = "A" + kind.separator() + "B";
        return kind.prefix().isEmpty() ? segments : kind.prefix() + ":" + segments;
    }

    private static <T> String words(Collection<T> words, Function<T, String> spelling) {
        return words.stream()
                .map(spelling)
                .distinct()
                .sorted()
                .map(word -> "`" + word + "`")
                .collect(Collectors.joining(" "));
    }

    /**
     * The reference of a plugin's keys.
     *
     * @param title the heading
     * @param records the plugin's records by the place where they are bound, such as {@code connectors[].config}
     */
    public static String plugin(String title, Map<String, Class<? extends Record>> records) {
        ConfigurationReference reference = new ConfigurationReference();
        reference.out.append("# ").append(title).append("\n");
        records.forEach(reference::record);
        return reference.out.toString();
    }

    private void record(String path, Class<? extends Record> type) {
        out.append("\n## `").append(path).append("`\n\n");
        Description description = type.getAnnotation(Description.class);
        if (description != null) {
            out.append(description.value()).append("\n\n");
        }
        if (type.getRecordComponents().length == 0) {
            out.append("No keys.\n");
            return;
        }
        out.append("| key | value | default | meaning |\n|---|---|---|---|\n");
        for (RecordComponent component : type.getRecordComponents()) {
            row(component);
        }
        for (RecordComponent component : type.getRecordComponents()) {
            nested(Paths.key(path, Paths.kebab(component.getName())), component.getGenericType());
        }
    }

    private void row(RecordComponent component) {
        Description description = component.getAnnotation(Description.class);
        Default byDefault = component.getAnnotation(Default.class);
        String value = byDefault != null
                ? "`" + byDefault.value() + "`"
                : Binder.optional(component) ? "none" : "**required**";
        out.append("| `")
                .append(Paths.kebab(component.getName()))
                .append("` | ")
                .append(words(component.getGenericType()))
                .append(" | ")
                .append(value)
                .append(" | ")
                .append(description == null ? "" : description.value().replace("|", "\\|"))
                .append(" |\n");
    }

    private void nested(String path, Type type) {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            Type item = arguments[arguments.length - 1];
            nested(generic.getRawType() == Map.class ? path + ".NAME" : path + "[]", item);
        } else if (type instanceof Class<?> plain && plain.isRecord() && !TYPES.containsKey(plain.getSimpleName())) {
            record(path, plain.asSubclass(Record.class));
        }
    }

    private static String words(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            String item = words(arguments[arguments.length - 1]);
            if (generic.getRawType() == Map.class) {
                return "names with " + item;
            }
            return generic.getRawType() == Supplier.class ? item : "list of " + item;
        }
        Class<?> plain = (Class<?>) type;
        if (plain.isEnum()) {
            return Arrays.stream(plain.getEnumConstants())
                    .map(constant -> "`" + Paths.kebab((Enum<?>) constant) + "`")
                    .collect(Collectors.joining(", "));
        }
        return TYPES.getOrDefault(plain.getSimpleName(), plain.isRecord() ? "keys, see below" : "text");
    }
}
