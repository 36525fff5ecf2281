package io.sallyport.policy;

import io.sallyport.api.ConnectorFactory;
import io.sallyport.api.credential.CredentialSource;
import io.sallyport.config.Configuration;
import io.sallyport.config.PluginEntry;
import io.sallyport.grant.Grant;
import io.sallyport.launch.Gateway;
import io.sallyport.launch.StartException;
import io.sallyport.launch.compile.Compiled;
import io.sallyport.plugin.PluginCatalog;
import io.sallyport.target.Target;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A configuration that is only asked: nothing of it runs.
 *
 * @param configuration as it was read
 * @param compiled what follows from it
 */
public record PolicyBook(Configuration configuration, Compiled compiled) implements AutoCloseable {

    /**
     * Reads a configuration as the gateway would, but for its secrets, which are not needed to ask it.
     *
     * @param file the configuration
     * @param plugins the directory of the plugin jars, with their lock file
     * @throws StartException with everything that is wrong
     */
    public static PolicyBook open(Path file, Path plugins) throws StartException {
        return open(file, Gateway.plugins(plugins));
    }

    /**
     * Reads a configuration against a catalog.
     *
     * @throws StartException with everything that is wrong
     */
    public static PolicyBook open(Path file, PluginCatalog catalog) throws StartException {
        Configuration configuration = Gateway.readWithoutSecrets(file, catalog);
        return new PolicyBook(configuration, Compiled.of(configuration, sources(configuration)));
    }

    /** Sources that are never asked, in place of those of plugins, which may need what is not here. */
    private static Map<String, CredentialSource> sources(Configuration configuration) {
        Map<String, CredentialSource> sources = new HashMap<>();
        configuration
                .credentialSources()
                .forEach(entry -> sources.put(entry.name(), request -> {
                    throw new IllegalStateException("a configuration that is only asked gives no credentials");
                }));
        return sources;
    }

    /** The factory behind a connector of the configuration. */
    ConnectorFactory<?> connector(String name) {
        for (PluginEntry<ConnectorFactory<?>> entry : configuration.connectors()) {
            if (entry.name().equals(name)) {
                return entry.factory();
            }
        }
        throw new IllegalArgumentException("there is no connector " + name);
    }

    /** The factory behind the connector of a target. */
    ConnectorFactory<?> connectorOf(String target) {
        Target known = compiled.targets().get(target);
        if (known == null) {
            throw new IllegalArgumentException("there is no target " + target);
        }
        return connector(known.connector());
    }

    /** The compiled grants in the file's order. */
    List<Grant> grants() {
        return compiled.grants().all();
    }

    /** A compiled grant. */
    Grant grant(String name) {
        return grants().stream()
                .filter(grant -> grant.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no grant " + name));
    }

    /** Gives back what credential sources hold. */
    @Override
    public void close() {
        compiled.close();
    }
}
