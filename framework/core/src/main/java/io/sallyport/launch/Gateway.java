package io.sallyport.launch;

import io.sallyport.config.Configuration;
import io.sallyport.config.ConfigurationException;
import io.sallyport.config.ConfigurationReader;
import io.sallyport.config.PatternFactories;
import io.sallyport.decision.Re2Text;
import io.sallyport.decision.ResourceGlob;
import io.sallyport.launch.compile.Compiled;
import io.sallyport.launch.reload.Actor;
import io.sallyport.launch.reload.Reload;
import io.sallyport.launch.reload.ReloadReport;
import io.sallyport.plugin.PluginCatalog;
import io.sallyport.plugin.PluginException;
import io.sallyport.plugin.PluginRoom;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running gateway.
 *
 * <ol>
 *   <li>{@code start} returns when every connector and the admin API accept, or throws and leaves nothing running.
 *   <li>{@link #stop} refuses new sessions at once, lets running actions end until the deadline, ends all sessions, and
 *       writes the last of the journal. It may be called twice and from any thread.
 * </ol>
 */
public final class Gateway implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Gateway.class);
    private static final Duration USUAL_DRAIN = Duration.ofSeconds(10);

    private final GatewayStart started;

    private Gateway(GatewayStart started) {
        this.started = started;
    }

    /**
     * Starts what a configuration file describes.
     *
     * @param file the configuration
     * @param plugins the directory of the plugin jars, with their lock file
     * @param fronts what else to start beside the connectors
     * @throws StartException with everything that is wrong, or what is not there
     */
    public static Gateway start(Path file, Path plugins, List<Front> fronts) throws StartException {
        Gateway gateway = start(file, plugins(plugins), fronts);
        log.info("ready: serving {}", file);
        return gateway;
    }

    /**
     * Starts what a configuration file describes, with the plugins of a catalog.
     *
     * @throws StartException as above
     */
    public static Gateway start(Path file, PluginCatalog catalog, List<Front> fronts) throws StartException {
        return start(read(file, catalog), () -> read(file, catalog), fronts);
    }

    /**
     * Starts what a configuration describes. Without a file there is nothing to reload.
     *
     * @throws StartException as above
     */
    public static Gateway start(Configuration configuration, List<Front> fronts) throws StartException {
        return start(configuration, () -> configuration, fronts);
    }

    private static Gateway start(Configuration configuration, Reload.Reader reader, List<Front> fronts)
            throws StartException {
        GatewayStart start = new GatewayStart(configuration, Compiled.of(configuration), reader, fronts);
        start.run();
        return new Gateway(start);
    }

    /**
     * Reads a configuration as {@link #start(Path, Path, List)} does, and starts nothing.
     *
     * @throws StartException with everything that is wrong
     */
    public static Configuration check(Path file, Path plugins) throws StartException {
        Configuration configuration = read(file, plugins(plugins));
        Compiled.of(configuration);
        return configuration;
    }

    /**
     * Reads a configuration against a catalog.
     *
     * @throws StartException with everything that is wrong
     */
    public static Configuration read(Path file, PluginCatalog catalog) throws StartException {
        try {
            return reader(catalog).read(file);
        } catch (ConfigurationException e) {
            throw StartException.configuration(String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * Reads a configuration against a catalog for tools: what its secrets refer to need not be there.
     *
     * @throws StartException with everything else that is wrong
     */
    public static Configuration readWithoutSecrets(Path file, PluginCatalog catalog) throws StartException {
        try {
            return reader(catalog).readWithoutSecrets(file);
        } catch (ConfigurationException e) {
            throw StartException.configuration(String.valueOf(e.getMessage()), e);
        }
    }

    private static ConfigurationReader reader(PluginCatalog catalog) {
        PatternFactories patterns = new PatternFactories(ResourceGlob::parse, Re2Text::compile);
        return new ConfigurationReader(catalog, patterns, System::getenv);
    }

    /**
     * Loads the plugins of a directory, with its lock file.
     *
     * @throws StartException if one of them cannot be used
     */
    public static PluginCatalog plugins(Path directory) throws StartException {
        try {
            return PluginRoom.load(directory, directory.resolve(PluginRoom.LOCK_FILE));
        } catch (PluginException e) {
            throw StartException.configuration(e.getMessage(), e);
        }
    }

    /** Where each connector listens, by its name in the configuration. */
    public Map<String, InetSocketAddress> addresses() {
        return started.addresses();
    }

    /**
     * Reads the configuration's file again and puts it in force, all of it or nothing. Blocks.
     *
     * @throws StartException with everything that is wrong; then nothing has changed
     */
    public ReloadReport reload(Actor by) throws StartException {
        return started.reload(by);
    }

    /** Stops; running actions may end until the deadline. */
    public void stop(Duration deadline) {
        started.stop(deadline);
    }

    /** Stops within ten seconds. */
    @Override
    public void close() {
        stop(USUAL_DRAIN);
    }
}
