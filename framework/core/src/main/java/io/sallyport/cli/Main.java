package io.sallyport.cli;

import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.Comparator;
import java.util.ServiceLoader;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program {@code sallyport}. */
@Command(
        name = "sallyport",
        description = "An access gateway in the data path of Postgres, SSH and the Kubernetes API.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        subcommands = CommandLine.HelpCommand.class)
public final class Main {

    private Main() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] args) {
        Charset charset = Charset.defaultCharset();
        PrintWriter out = new PrintWriter(System.out, true, charset);
        PrintWriter err = new PrintWriter(System.err, true, charset);
        System.exit(run(out, err, args));
    }

    /** Runs one command; see {@link ExitCode} for the result. */
    public static int run(PrintWriter out, PrintWriter err, String... args) {
        return root().setOut(out).setErr(err).execute(args);
    }

    /** The root with every command on the class path. */
    public static CommandLine root() {
        CommandLine root = new CommandLine(new Main());
        ServiceLoader.load(CliCommand.class, Main.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .map(CommandLine::new)
                .sorted(Comparator.comparing(CommandLine::getCommandName))
                .forEach(command -> root.addSubcommand(command.getCommandName(), command));
        root.setExecutionExceptionHandler((exception, command, parsed) -> fail(exception, command));
        return root;
    }

    private static int fail(Exception exception, CommandLine command) throws Exception {
        if (exception instanceof CliException told) {
            command.getErr().println(command.getColorScheme().errorText("sallyport: " + told.getMessage()));
            return told.exitCode();
        }
        throw exception;
    }

    static final class Version implements CommandLine.IVersionProvider {

        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"sallyport " + (version == null ? "(unpackaged)" : version)};
        }
    }
}
