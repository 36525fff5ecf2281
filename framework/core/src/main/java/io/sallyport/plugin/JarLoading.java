package io.sallyport.plugin;

import io.sallyport.api.ApiVersion;
import io.sallyport.api.SallyportPlugin;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;
import org.pf4j.PluginRuntimeException;
import org.pf4j.PluginState;
import org.pf4j.PluginWrapper;

/** The way of one jar from a file to factories. */
final class JarLoading {

    /** No real version of the API: a range that contains it has no upper bound. */
    private static final String BEYOND_ALL_VERSIONS = "999999.0.0";

    private final IsolatedPluginManager manager;
    private final Path file;

    JarLoading(IsolatedPluginManager manager, Path file) {
        this.manager = manager;
        this.file = file;
    }

    PluginJar load(Contributions.Collector collector) {
        String requires = checkedManifest();
        try {
            String id = manager.loadPlugin(file);
            PluginState state = manager.startPlugin(id);
            PluginWrapper wrapper = manager.getPlugin(id);
            if (!state.isStarted()) {
                throw problem("PF4J left it " + state + " instead of starting it", wrapper.getFailedException());
            }
            List<String> offers = offers(wrapper.getPluginClassLoader(), collector);
            String version = wrapper.getDescriptor().getVersion();
            return new PluginJar(file, id, version, requires, PluginLock.sha256(file), offers);
        } catch (PluginRuntimeException | IllegalArgumentException e) {
            throw problem("it cannot be loaded", e);
        }
    }

    private String checkedManifest() {
        Attributes attributes;
        try (JarFile jar = new JarFile(file.toFile())) {
            Manifest manifest = jar.getManifest();
            if (manifest == null || jar.getEntry("META-INF/INDEX.LIST") != null) {
                throw problem("it has no manifest, or an index of other jars; package it as a plugin", null);
            }
            attributes = manifest.getMainAttributes();
        } catch (IOException e) {
            throw problem("it is not a readable jar", e);
        }
        if (attributes.getValue(Attributes.Name.CLASS_PATH) != null) {
            throw problem(
                    "its manifest has a Class-Path, which would load files that no hash pins; put them inside", null);
        }
        for (String name : List.of("Plugin-Id", "Plugin-Version", "Plugin-Requires")) {
            String value = attributes.getValue(name);
            if (value == null || value.isBlank()) {
                throw problem("its manifest lacks " + name, null);
            }
        }
        String requires = attributes.getValue("Plugin-Requires");
        checkRange(requires);
        return requires;
    }

    private void checkRange(String requires) {
        boolean unbounded;
        boolean satisfied;
        try {
            unbounded = manager.satisfies(BEYOND_ALL_VERSIONS, requires);
            satisfied = manager.satisfies(ApiVersion.CURRENT, requires);
        } catch (RuntimeException e) {
            throw problem("Plugin-Requires '" + requires + "' is not a range such as '>=1.0.0 & <2.0.0'", e);
        }
        if (unbounded) {
            throw problem(
                    "Plugin-Requires '" + requires + "' has no upper bound; say up to which version it was tested,"
                            + " such as '>=1.0.0 & <2.0.0'",
                    null);
        }
        if (!satisfied) {
            throw problem(
                    "it needs version '" + requires + "' of the plugin API, and this gateway has " + ApiVersion.CURRENT
                            + "; take the plugin's release for this gateway",
                    null);
        }
    }

    private List<String> offers(ClassLoader loader, Contributions.Collector collector) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            List<SallyportPlugin> found = ServiceLoader.load(SallyportPlugin.class, loader).stream()
                    .map(ServiceLoader.Provider::get)
                    .toList();
            if (found.size() != 1) {
                throw problem(
                        "it names " + found.size()
                                + " implementations in META-INF/services/io.sallyport.api.SallyportPlugin"
                                + " instead of exactly one",
                        null);
            }
            return collector.add(file.toString(), found.get(0));
        } catch (ServiceConfigurationError | LinkageError e) {
            throw problem("its plugin class cannot be made", e.getCause() == null ? e : e.getCause());
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private PluginException problem(String what, @Nullable Throwable cause) {
        PluginException problem = new PluginException(file + ": " + what + (cause == null ? "" : " (" + cause + ")"));
        if (cause != null) {
            problem.initCause(cause);
        }
        return problem;
    }
}
