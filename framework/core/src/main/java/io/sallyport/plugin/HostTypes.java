package io.sallyport.plugin;

import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a plugin sees of the host: the JDK, the plugin API, SLF4J, and the JSpecify annotations, without which a component
 * of its configuration record could not be told to be optional.
 *
 * <p>A filter instead of a child-first order: a class that is not on the list does not exist for a plugin, so that it can
 * neither use the core nor depend by accident on the version of a library that the core happens to have. Resources of the
 * host do not exist either, among them every {@code META-INF/services} entry.
 */
final class HostTypes extends ClassLoader {

    private static final List<String> VISIBLE = List.of("io.sallyport.api.", "org.slf4j.", "org.jspecify.annotations.");

    private final ClassLoader host;

    HostTypes(ClassLoader host) {
        super("sallyport-api", ClassLoader.getPlatformClassLoader());
        this.host = host;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        if (VISIBLE.stream().anyMatch(name::startsWith)) {
            return host.loadClass(name);
        }
        throw new ClassNotFoundException(name);
    }

    @Override
    public @Nullable URL getResource(String name) {
        return null;
    }

    @Override
    public Enumeration<URL> getResources(String name) {
        return Collections.emptyEnumeration();
    }
}
