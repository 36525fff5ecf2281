package io.sallyport.plugin;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.pf4j.ExtensionFinder;
import org.pf4j.ExtensionWrapper;
import org.pf4j.JarPluginLoader;
import org.pf4j.JarPluginManager;
import org.pf4j.Plugin;
import org.pf4j.PluginClassLoader;
import org.pf4j.PluginDescriptor;
import org.pf4j.PluginFactory;
import org.pf4j.PluginLoader;
import org.pf4j.PluginStatusProvider;
import org.pf4j.PluginWrapper;

/**
 * PF4J without the defaults that fit a desktop application but not a gate: a plugin would see the host's whole class path,
 * its manifest could name a class of the host to start, its version was compared only if a system version is set, and a
 * file beside the jars could switch it off.
 */
final class IsolatedPluginManager extends JarPluginManager {

    IsolatedPluginManager(Path directory, String apiVersion) {
        super(directory);
        setSystemVersion(apiVersion);
        setExactVersionAllowed(true);
    }

    /** Whether the API's version satisfies the jar's {@code Plugin-Requires}. */
    boolean satisfies(String version, String requires) {
        return getVersionManager().checkVersionConstraint(version, requires);
    }

    @Override
    protected PluginLoader createPluginLoader() {
        return new JarPluginLoader(this) {
            @Override
            protected PluginClassLoader createPluginClassLoader(Path jar, PluginDescriptor descriptor) {
                return new IsolatedClassLoader(pluginManager, descriptor);
            }
        };
    }

    @Override
    protected PluginFactory createPluginFactory() {
        return wrapper -> new Plugin();
    }

    @Override
    protected ExtensionFinder createExtensionFinder() {
        return new NoExtensions();
    }

    @Override
    protected PluginStatusProvider createPluginStatusProvider() {
        return new AlwaysEnabled();
    }

    @Override
    protected PluginWrapper createPluginWrapper(PluginDescriptor descriptor, Path path, ClassLoader loader) {
        PluginWrapper wrapper = super.createPluginWrapper(descriptor, path, loader);
        wrapper.setPluginFactory(getPluginFactory());
        return wrapper;
    }

    /** Plugins are found by {@code ServiceLoader} in their own jar; there is no extension index to read. */
    private static final class NoExtensions implements ExtensionFinder {
        @Override
        public <T> List<ExtensionWrapper<T>> find(Class<T> type) {
            return List.of();
        }

        @Override
        public <T> List<ExtensionWrapper<T>> find(Class<T> type, String pluginId) {
            return List.of();
        }

        @Override
        @SuppressWarnings("rawtypes")
        public List<ExtensionWrapper> find(String pluginId) {
            return List.of();
        }

        @Override
        public Set<String> findClassNames(String pluginId) {
            return Set.of();
        }
    }

    private static final class AlwaysEnabled implements PluginStatusProvider {
        @Override
        public boolean isPluginDisabled(String pluginId) {
            return false;
        }

        @Override
        public void disablePlugin(String pluginId) {
            throw new IllegalStateException("plugins are switched off by removing their jar");
        }

        @Override
        public void enablePlugin(String pluginId) {
            throw new IllegalStateException("plugins are switched on by their line in plugins.lock");
        }
    }
}
