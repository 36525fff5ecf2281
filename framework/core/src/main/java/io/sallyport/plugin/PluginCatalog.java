package io.sallyport.plugin;

import io.sallyport.api.ConnectorFactory;
import io.sallyport.api.SallyportPlugin;
import io.sallyport.api.credential.CredentialSourceFactory;
import io.sallyport.api.guardrail.GuardrailFactory;
import io.sallyport.api.sink.EventSinkFactory;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The factories that the loaded plugins offer, by the word that the configuration uses in {@code type:}.
 *
 * <ol>
 *   <li>The content never changes: plugins load once.
 *   <li>A type has at most one factory of each kind.
 * </ol>
 */
public interface PluginCatalog {

    /** The connectors' factory of that type, null if no loaded plugin offers one. */
    @Nullable
    ConnectorFactory<?> connector(String type);

    /** The guardrails' factory of that type, null if no loaded plugin offers one. */
    @Nullable
    GuardrailFactory<?> guardrail(String type);

    /** The credential sources' factory of that type, null if no loaded plugin offers one. */
    @Nullable
    CredentialSourceFactory<?> credentialSource(String type);

    /** The event sinks' factory of that type, null if no loaded plugin offers one. */
    @Nullable
    EventSinkFactory<?> eventSink(String type);

    /** Every type that some loaded plugin offers of the kind, sorted: what an unknown word is compared with. */
    Set<String> types(Kind kind);

    /**
     * A catalog of plugins that are on the class path, for tests and for embedding.
     *
     * @throws PluginException if two of them offer the same kind with the same type, or one throws
     */
    static PluginCatalog of(SallyportPlugin... plugins) {
        return Contributions.of(List.of(plugins));
    }

    /** The four kinds of thing that a plugin may offer. */
    enum Kind {
        /** {@link ConnectorFactory}. */
        CONNECTOR("connector"),
        /** {@link GuardrailFactory}. */
        GUARDRAIL("guardrail"),
        /** {@link CredentialSourceFactory}. */
        CREDENTIAL_SOURCE("credential source"),
        /** {@link EventSinkFactory}. */
        EVENT_SINK("event sink");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /** The kind in words, as messages show it. */
        public String words() {
            return words;
        }
    }
}
