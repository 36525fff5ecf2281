package io.sallyport.plugin;

import java.io.IOException;
import java.net.URL;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;
import org.pf4j.ClassLoadingStrategy;
import org.pf4j.PluginClassLoader;
import org.pf4j.PluginDescriptor;
import org.pf4j.PluginManager;

/**
 * The class loader of one jar: what the host lets through first, so that the API's types are the same on both sides, then
 * the jar, and nothing else. Never another plugin, and never the loader that loaded PF4J, which PF4J's own class asks for
 * names that begin with {@code org.pf4j}.
 */
final class IsolatedClassLoader extends PluginClassLoader {

    IsolatedClassLoader(PluginManager manager, PluginDescriptor descriptor) {
        super(manager, descriptor, new HostTypes(IsolatedClassLoader.class.getClassLoader()), ClassLoadingStrategy.APD);
    }

    @Override
    public Class<?> loadClass(String name) throws ClassNotFoundException {
        return loadClass(name, false);
    }

    @Override
    public @Nullable URL getResource(String name) {
        return findResource(name);
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        return findResources(name);
    }
}
