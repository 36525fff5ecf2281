package io.sallyport.config;

import io.sallyport.config.binding.Node;
import io.sallyport.config.binding.Problems;
import io.sallyport.config.binding.References;
import io.sallyport.config.binding.YamlReader;
import io.sallyport.plugin.PluginCatalog;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads a configuration file.
 *
 * <ol>
 *   <li>Nothing is started, connected or created; files are read only where a value refers to them.
 *   <li>All problems are reported together; a configuration comes out only if there is none.
 *   <li>A reader may be used again, for a reload.
 * </ol>
 */
public final class ConfigurationReader {

    private static final int LARGEST_FILE = 4 << 20;

    private final PluginCatalog catalog;
    private final PatternFactories patterns;
    private final Function<String, @Nullable String> environment;

    /**
     * Takes what a configuration is read with.
     *
     * @param catalog the factories of the plugins
     * @param patterns makes patterns of their spelling
     * @param environment answers the name of an environment variable with its value or null
     */
    public ConfigurationReader(
            PluginCatalog catalog, PatternFactories patterns, Function<String, @Nullable String> environment) {
        this.catalog = catalog;
        this.patterns = patterns;
        this.environment = environment;
    }

    /**
     * Reads and checks a file.
     *
     * @throws ConfigurationException with everything that is wrong with it
     */
    public Configuration read(Path file) throws ConfigurationException {
        return read(file, true);
    }

    /**
     * Reads and checks a file for tools that may run where its secrets are not: it can be asked and not be served.
     *
     * @throws ConfigurationException with everything else that is wrong with it
     */
    public Configuration readWithoutSecrets(Path file) throws ConfigurationException {
        return read(file, false);
    }

    private Configuration read(Path file, boolean secrets) throws ConfigurationException {
        Problems problems = new Problems(String.valueOf(file.getFileName()));
        String text = text(file, problems);
        Node root = text == null ? null : YamlReader.read(text, problems);
        Configuration configuration = null;
        if (text != null && root instanceof Node.Mapping mapping) {
            Path directory = file.toAbsolutePath().normalize().getParent();
            References all = new References(environment, directory == null ? Path.of("/") : directory);
            References references = secrets ? all : all.withoutSecrets();
            configuration =
                    new Reading(new Document(mapping, problems), catalog, patterns, references, problems).read();
            if (configuration != null) {
                configuration = configuration.with(Fingerprint.of(text, mapping));
            }
        } else if (root != null) {
            problems.add(root, "", "expected keys and values, found " + root.what());
        }
        if (configuration == null || problems.count() > 0) {
            throw new ConfigurationException(problems.all());
        }
        return configuration;
    }

    private static @Nullable String text(Path file, Problems problems) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(LARGEST_FILE + 1);
            if (bytes.length > LARGEST_FILE) {
                problems.add(1, "", "the file is larger than 4MiB");
                return null;
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            problems.add(1, "", "the file is not UTF-8 text");
        } catch (NoSuchFileException e) {
            problems.add(1, "", "the file " + file + " does not exist");
        } catch (IOException e) {
            problems.add(1, "", "the file " + file + " cannot be read: " + e.getMessage());
        }
        return null;
    }
}
