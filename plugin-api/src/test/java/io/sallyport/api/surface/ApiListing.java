package io.sallyport.api.surface;

import io.sallyport.api.ApiVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The public API of this module, found in its compiled classes. */
final class ApiListing {

    private ApiListing() {}

    /** Every type that a plugin can name, by name. */
    static List<Class<?>> types() {
        Path root = classes();
        try (Stream<Path> files = Files.walk(root)) {
            return files.map(file -> root.relativize(file).toString())
                    .filter(file -> file.endsWith(".class") && !file.endsWith("-info.class"))
                    .map(file ->
                            file.substring(0, file.length() - ".class".length()).replace('/', '.'))
                    .<Class<?>>map(ApiListing::load)
                    .filter(ApiListing::reachable)
                    .sorted(Comparator.comparing(Class::getName))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The listing as {@code api.txt} holds it. */
    static String text() {
        StringBuilder text = new StringBuilder("# The public API of version " + ApiVersion.CURRENT
                + ". A test compares it; -Dsallyport.api.update=true writes it anew.\n");
        for (Class<?> type : types()) {
            ApiType described = new ApiType(type);
            text.append('\n').append(described.head().text()).append('\n');
            described
                    .members()
                    .forEach(line -> text.append("  ").append(line.text()).append('\n'));
        }
        return text.toString();
    }

    private static Path classes() {
        try {
            return Path.of(ApiVersion.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, ApiListing.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean reachable(Class<?> type) {
        boolean shown = (type.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED)) != 0;
        Class<?> outer = type.getEnclosingClass();
        return shown && (outer == null || reachable(outer));
    }
}
