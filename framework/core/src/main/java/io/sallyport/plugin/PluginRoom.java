package io.sallyport.plugin;

import io.sallyport.api.ApiVersion;
import io.sallyport.api.ConnectorFactory;
import io.sallyport.api.credential.CredentialSourceFactory;
import io.sallyport.api.guardrail.GuardrailFactory;
import io.sallyport.api.sink.EventSinkFactory;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The plugins of one directory, loaded.
 *
 * <ol>
 *   <li>Every jar of the directory is listed in the lock file with the hash that it has, says with an upper bound which
 *       API versions it works with, contains the present one in that range, and offers one plugin: else nothing is loaded
 *       and all problems are reported at once.
 *   <li>A plugin sees the JDK, the plugin API, SLF4J and its own jar.
 *   <li>Classes stay loaded until the process ends.
 * </ol>
 */
public final class PluginRoom implements PluginCatalog {

    /** The usual name of the lock file, beside the jars. */
    public static final String LOCK_FILE = "plugins.lock";

    private final Contributions contributions;
    private final List<PluginJar> jars;

    private PluginRoom(Contributions contributions, List<PluginJar> jars) {
        this.contributions = contributions;
        this.jars = jars;
    }

    /**
     * Loads all jars of the directory.
     *
     * @throws PluginException if one of them cannot be used
     */
    public static PluginRoom load(Path directory, Path lockFile) {
        PluginLock lock = PluginLock.read(lockFile);
        List<String> problems = new ArrayList<>();
        List<Path> admitted = new ArrayList<>();
        for (Path jar : jarsOf(directory)) {
            String problem = admissionProblem(jar, lock);
            if (problem == null) {
                admitted.add(jar);
            } else {
                problems.add(problem);
            }
        }
        if (!problems.isEmpty()) {
            throw new PluginException(problems);
        }
        return load(directory, admitted);
    }

    /**
     * Loads one jar whatever the lock file says: to see whether it could be used.
     *
     * @throws PluginException if it cannot
     */
    public static PluginRoom verify(Path jar) {
        return load(jar.toAbsolutePath().resolveSibling("."), List.of(jar));
    }

    private static PluginRoom load(Path directory, List<Path> files) {
        IsolatedPluginManager manager = new IsolatedPluginManager(directory, ApiVersion.CURRENT);
        Contributions.Collector collector = new Contributions.Collector();
        List<String> problems = new ArrayList<>();
        List<PluginJar> jars = new ArrayList<>();
        for (Path file : files) {
            try {
                jars.add(new JarLoading(manager, file).load(collector));
            } catch (PluginException e) {
                problems.addAll(e.problems());
            }
        }
        problems.addAll(collector.problems());
        if (!problems.isEmpty()) {
            throw new PluginException(problems);
        }
        return new PluginRoom(collector.collect(), List.copyOf(jars));
    }

    private static List<Path> jarsOf(Path directory) {
        List<Path> jars = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, "*.jar")) {
            entries.forEach(jars::add);
        } catch (IOException e) {
            throw new PluginException("the plugin directory " + directory + " cannot be read (" + e + ")");
        }
        Collections.sort(jars);
        return jars;
    }

    private static @Nullable String admissionProblem(Path jar, PluginLock lock) {
        String expected = lock.hashOf(String.valueOf(jar.getFileName()));
        String admit = "if you know where it comes from, admit it with: sallyport plugins trust " + jar;
        if (expected == null) {
            return jar + ": is not listed in plugins.lock; remove it or, " + admit;
        }
        if (!expected.equals(PluginLock.sha256(jar))) {
            return jar + ": is not the file that plugins.lock lists, its hash differs; restore it or, " + admit;
        }
        return null;
    }

    /** The jars that were loaded, in the order of their names. */
    public List<PluginJar> jars() {
        return jars;
    }

    @Override
    public @Nullable ConnectorFactory<?> connector(String type) {
        return contributions.connector(type);
    }

    @Override
    public @Nullable GuardrailFactory<?> guardrail(String type) {
        return contributions.guardrail(type);
    }

    @Override
    public @Nullable CredentialSourceFactory<?> credentialSource(String type) {
        return contributions.credentialSource(type);
    }

    @Override
    public @Nullable EventSinkFactory<?> eventSink(String type) {
        return contributions.eventSink(type);
    }

    @Override
    public Set<String> types(Kind kind) {
        return contributions.types(kind);
    }
}
