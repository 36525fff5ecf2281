package io.sallyport.cli;

import io.sallyport.launch.Gateway;
import io.sallyport.launch.Home;
import io.sallyport.launch.StartException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sallyport check FILE}: exits 0, or 2 with all problems. */
@Command(name = "check", description = "Reads a configuration as the gateway would, and reports all its problems.")
public final class CheckCommand implements CliCommand, Callable<Integer> {

    @Parameters(paramLabel = "FILE", description = "The configuration.")
    private Path file = Path.of("");

    @Option(
            names = "--plugins",
            paramLabel = "DIR",
            description = "The plugin directory; else that of this installation.")
    private @Nullable Path plugins;

    @Mixin
    private Output output = new Output();

    /** Made by picocli. */
    public CheckCommand() {}

    @Override
    public Integer call() {
        List<String> problems = List.of();
        try {
            Gateway.check(file, plugins == null ? Home.plugins() : plugins);
        } catch (StartException e) {
            problems = List.of(String.valueOf(e.getMessage()).split("\n", -1));
        }
        output.print(
                new Result(file.toString(), problems.isEmpty(), problems),
                problems.isEmpty() ? file + " can be used" : String.join("\n", problems));
        return problems.isEmpty() ? ExitCode.DONE : ExitCode.USAGE;
    }

    private record Result(String file, boolean ok, List<String> problems) {}
}
