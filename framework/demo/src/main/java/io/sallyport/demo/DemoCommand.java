package io.sallyport.demo;

import io.sallyport.cli.CliCommand;
import io.sallyport.cli.CliException;
import io.sallyport.cli.ExitCode;
import io.sallyport.demo.tour.Tour;
import io.sallyport.launch.Home;
import io.sallyport.launch.StartException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code sallyport demo}. */
@Command(
        name = "demo",
        description = "Starts a gateway with databases, a cluster, an issuer and rules to try, on this machine only.",
        subcommands = TokenCommand.class)
public final class DemoCommand implements CliCommand, Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--dir", paramLabel = "D", description = "Where its files go and stay; else a temporary directory.")
    private @Nullable Path directory;

    @Option(names = "--tour", description = "Plays the story, prints each step, and exits 0 if all came out right.")
    private boolean tour;

    @Option(
            names = "--ports",
            paramLabel = "usual|free",
            defaultValue = "usual",
            description = "15432, 16443 and 18443, or any that are free. Default: ${DEFAULT-VALUE}")
    private PortChoice ports = PortChoice.usual;

    /** Where the ports come from; the names are what the command line takes. */
    enum PortChoice {
        /** The ports that the documentation names. */
        usual,
        /** Ports that nobody uses. */
        free
    }

    /** Made by picocli. */
    public DemoCommand() {}

    @Override
    public Integer call() throws Exception {
        DemoPorts chosen = chosenPorts();
        PrintWriter out = spec.commandLine().getOut();
        CountDownLatch stopped = new CountDownLatch(1);
        try (RunningDemo demo = new RunningDemo(DemoDirectory.open(directory))) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(demo, stopped), "demo-stop"));
            start(demo, chosen);
            if (tour) {
                boolean right = new Tour(demo.environment()::get, demo.path(), out).play();
                return right ? ExitCode.DONE : ExitCode.FAILED;
            }
            Welcome.print(demo, out);
            stopped.await();
            return ExitCode.DONE;
        }
    }

    private DemoPorts chosenPorts() {
        try {
            return ports == PortChoice.free ? DemoPorts.free() : DemoPorts.usual();
        } catch (IOException e) {
            throw CliException.failed(String.valueOf(e.getMessage()));
        }
    }

    private static void start(RunningDemo demo, DemoPorts ports) throws Exception {
        try {
            demo.start(ports, Home.plugins());
        } catch (StartException e) {
            throw CliException.failed(String.valueOf(e.getMessage()));
        }
    }

    private static void stop(RunningDemo demo, CountDownLatch stopped) {
        demo.close();
        stopped.countDown();
    }
}
