package io.sallyport.cli;

import io.sallyport.journal.export.ExportReport;
import io.sallyport.journal.export.ExportVerifier;
import io.sallyport.journal.export.SessionExport;
import io.sallyport.journal.proof.Checkpoint;
import io.sallyport.journal.proof.SigningKey;
import io.sallyport.journal.record.SessionText;
import io.sallyport.journal.verify.JournalVerifier;
import io.sallyport.journal.verify.VerificationReport;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The commands about the journal; they read files and need no gateway. */
@Command(
        name = "journal",
        description = "Verifies and exports the record, offline.",
        subcommands = {JournalCommand.VerifyCommand.class, JournalCommand.ExportCommand.class})
public final class JournalCommand implements CliCommand {

    /** Made by picocli. */
    public JournalCommand() {}

    /** {@code sallyport journal verify}. */
    @Command(
            name = "verify",
            description = "Finds what was changed in or taken from a journal, or an export, since it was signed.")
    static final class VerifyCommand implements Callable<Integer> {

        @Parameters(paramLabel = "DIR|FILE", description = "The journal's directory, or a file that `export` wrote.")
        private Path journal = Path.of("");

        @Option(
                names = "--key",
                required = true,
                paramLabel = "PUB",
                description = "The public key in PEM, from elsewhere than the journal itself.")
        private Path key = Path.of("");

        @Option(
                names = "--anchor",
                paramLabel = "CHECKPOINT",
                description = "A checkpoint that was kept elsewhere: finds records that were taken from the end.")
        private @Nullable Path anchor;

        @Mixin
        private Output output = new Output();

        @Override
        public Integer call() throws IOException {
            try {
                PublicKey publicKey = SigningKey.publicFromPem(Files.readString(key));
                return Files.isDirectory(journal) ? directory(publicKey) : export(publicKey);
            } catch (NoSuchFileException e) {
                throw CliException.usage("there is no " + e.getMessage());
            } catch (IllegalArgumentException e) {
                throw CliException.usage(String.valueOf(e.getMessage()));
            }
        }

        private int directory(PublicKey publicKey) throws IOException {
            Optional<Checkpoint> kept = anchor == null
                    ? Optional.empty()
                    : Optional.of(Checkpoint.parse(Files.readString(anchor).strip()));
            VerificationReport report = JournalVerifier.verify(journal, publicKey, kept);
            output.printWritten(report.json(), report.text().stripTrailing());
            return report.ok() ? ExitCode.DONE : ExitCode.FAILED;
        }

        private int export(PublicKey publicKey) throws IOException {
            try (Stream<String> lines = Files.lines(journal)) {
                ExportReport report = ExportVerifier.verify(lines, publicKey);
                String text = "session " + report.session() + ": " + report.records() + " records, "
                        + report.provenFrames() + " frames proven, " + report.unsignedFrames() + " unsigned";
                String found = report.findings().isEmpty() ? "\nOK" : "\n" + String.join("\n", report.findings());
                output.print(report, text + found);
                return report.ok() ? ExitCode.DONE : ExitCode.FAILED;
            }
        }
    }

    /** {@code sallyport journal export}. */
    @Command(
            name = "export",
            description = "Writes one session's records as lines of JSON, each with its proof of inclusion.")
    static final class ExportCommand implements Callable<Integer> {

        @Spec
        @SuppressWarnings("NullAway.Init")
        private CommandSpec spec;

        @Parameters(paramLabel = "DIR", description = "The journal's directory.")
        private Path journal = Path.of("");

        @Option(names = "--session", required = true, paramLabel = "S", description = "The session's identifier.")
        private String session = "";

        @Option(names = "--to", paramLabel = "FILE", description = "Where to; else to standard output.")
        private @Nullable Path file;

        @Override
        public Integer call() throws IOException {
            long[] id;
            try {
                id = SessionText.parse(session);
            } catch (IllegalArgumentException e) {
                throw CliException.usage("'" + session + "' is not a session's identifier");
            }
            int records;
            if (file == null) {
                PrintWriter out = spec.commandLine().getOut();
                records = SessionExport.write(journal, id[0], id[1], out);
                out.flush();
            } else {
                try (BufferedWriter out = Files.newBufferedWriter(file)) {
                    records = SessionExport.write(journal, id[0], id[1], out);
                }
            }
            if (records == 0) {
                throw CliException.failed("the journal has no session " + session);
            }
            return ExitCode.DONE;
        }
    }
}
