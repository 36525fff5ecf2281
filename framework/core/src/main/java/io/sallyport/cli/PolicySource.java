package io.sallyport.cli;

import io.sallyport.launch.Home;
import io.sallyport.launch.StartException;
import io.sallyport.policy.PolicyBook;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that says where the plugins are, as a mixin, and the reading of a configuration with them. */
final class PolicySource {

    @Option(
            names = "--plugins",
            paramLabel = "DIR",
            description = "The plugin directory; else that of this installation.")
    private @Nullable Path plugins;

    /** Made by picocli. */
    PolicySource() {}

    /** Reads a configuration, that of this installation if none is named. */
    PolicyBook open(@Nullable Path file) {
        try {
            return PolicyBook.open(file(file), plugins == null ? Home.plugins() : plugins);
        } catch (StartException e) {
            throw CliException.usage(String.valueOf(e.getMessage()));
        }
    }

    /** The configuration that is meant. */
    static Path file(@Nullable Path named) {
        return named == null ? Home.configuration() : named;
    }
}
