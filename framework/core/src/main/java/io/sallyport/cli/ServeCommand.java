package io.sallyport.cli;

import io.sallyport.admin.start.AdminFront;
import io.sallyport.launch.Gateway;
import io.sallyport.launch.Home;
import io.sallyport.launch.StartException;
import io.sallyport.launch.reload.Actor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sallyport serve}: the gateway itself, until SIGTERM or Ctrl-C. */
@Command(name = "serve", description = "Runs the gateway until it is told to stop.")
public final class ServeCommand implements CliCommand, Callable<Integer> {

    private static final Logger log = LoggerFactory.getLogger(ServeCommand.class);

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description = "The configuration; else conf/sallyport.yaml of this installation.")
    private @Nullable Path file;

    @Option(
            names = "--plugins",
            paramLabel = "DIR",
            description = "The plugin directory; else that of this installation.")
    private @Nullable Path plugins;

    @Option(
            names = "--drain",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description = "How long running actions may take to end when the gateway is told to stop. Default: 30")
    private int drain = 30;

    /** Made by picocli. */
    public ServeCommand() {}

    @Override
    public Integer call() throws InterruptedException {
        Gateway gateway = start();
        Hangup.onHangup(() -> reload(gateway));
        CountDownLatch stopped = new CountDownLatch(1);
        Thread stop = new Thread(
                () -> {
                    gateway.stop(Duration.ofSeconds(drain));
                    stopped.countDown();
                    // A stop that was asked for and went well is a success; a JVM would report the signal.
                    Runtime.getRuntime().halt(ExitCode.DONE);
                },
                "sallyport-stop");
        Runtime.getRuntime().addShutdownHook(stop);
        stopped.await();
        return ExitCode.DONE;
    }

    private static void reload(Gateway gateway) {
        try {
            gateway.reload(Actor.SIGNAL);
        } catch (StartException e) {
            log.error("the configuration was not reloaded:\n{}", e.getMessage());
        } catch (RuntimeException e) {
            log.error("the configuration was not reloaded", e);
        }
    }

    private Gateway start() {
        try {
            return Gateway.start(
                    file == null ? Home.configuration() : file,
                    plugins == null ? Home.plugins() : plugins,
                    List.of(new AdminFront()));
        } catch (StartException e) {
            String message = String.valueOf(e.getMessage());
            throw e.isConfiguration() ? CliException.usage(message) : CliException.failed(message);
        }
    }
}
