package io.sallyport.cli;

import io.sallyport.launch.Home;
import io.sallyport.plugin.PluginException;
import io.sallyport.plugin.PluginJar;
import io.sallyport.plugin.PluginLock;
import io.sallyport.plugin.PluginRoom;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The commands about plugin jars. */
@Command(
        name = "plugins",
        description = "Lists, admits and checks plugin jars.",
        subcommands = {
            PluginsCommand.ListCommand.class,
            PluginsCommand.TrustCommand.class,
            PluginsCommand.VerifyCommand.class
        })
public final class PluginsCommand implements CliCommand {

    /** Made by picocli. */
    public PluginsCommand() {}

    /** What the commands show of a jar. */
    private record Shown(String file, String id, String version, String requires, String sha256, List<String> offers) {

        static Shown of(PluginJar jar) {
            return new Shown(
                    jar.file().toString(), jar.id(), jar.version(), jar.requires(), jar.sha256(), jar.offers());
        }

        String line() {
            return file + "  " + version + "  " + String.join(", ", offers);
        }
    }

    /** {@code sallyport plugins list}. */
    @Command(name = "list", description = "Loads the admitted plugins as the gateway does, and lists what they offer.")
    static final class ListCommand implements Callable<Integer> {

        @Option(
                names = "--dir",
                paramLabel = "DIR",
                description = "The plugin directory; else that of this installation.")
        private @Nullable Path directory;

        @Mixin
        private Output output = new Output();

        @Override
        public Integer call() {
            Path plugins = directory == null ? Home.plugins() : directory;
            PluginRoom room = loaded(() -> PluginRoom.load(plugins, plugins.resolve(PluginRoom.LOCK_FILE)));
            List<Shown> shown = room.jars().stream().map(Shown::of).toList();
            output.print(shown, shown.stream().map(Shown::line).collect(Collectors.joining("\n")));
            return ExitCode.DONE;
        }
    }

    /** {@code sallyport plugins trust JAR}. */
    @Command(name = "trust", description = "Admits a jar of the plugin directory, as it is now, to the next start.")
    static final class TrustCommand implements Callable<Integer> {

        @Parameters(paramLabel = "JAR", description = "The jar, in the plugin directory.")
        private Path jar = Path.of("");

        @Mixin
        private Output output = new Output();

        @Override
        public Integer call() throws IOException {
            if (!Files.isRegularFile(jar)) {
                throw CliException.usage(jar + " is not a file");
            }
            Path lock = jar.toAbsolutePath().normalize().resolveSibling(PluginRoom.LOCK_FILE);
            PluginLock changed = loaded(() -> PluginLock.read(lock)).trust(jar);
            changed.write(lock);
            String hash = String.valueOf(changed.hashOf(String.valueOf(jar.getFileName())));
            output.print(
                    new Trusted(jar.toString(), hash, lock.toString()), hash + "  " + jar + " is admitted by " + lock);
            return ExitCode.DONE;
        }

        private record Trusted(String file, String sha256, String lock) {}
    }

    /** {@code sallyport plugins verify JAR}. */
    @Command(
            name = "verify",
            description = "Checks that a jar could be a plugin here: its packaging, and that it loads in isolation.")
    static final class VerifyCommand implements Callable<Integer> {

        @Parameters(paramLabel = "JAR", description = "The jar; it need not be admitted.")
        private Path jar = Path.of("");

        @Mixin
        private Output output = new Output();

        @Override
        public Integer call() {
            PluginRoom room = loaded(() -> PluginRoom.verify(jar));
            Shown shown = Shown.of(room.jars().get(0));
            output.print(shown, shown.line() + "\nsha256 " + shown.sha256());
            return ExitCode.DONE;
        }
    }

    private static <T> T loaded(Supplier<T> load) {
        try {
            return load.get();
        } catch (PluginException e) {
            throw CliException.failed(e.getMessage());
        }
    }
}
