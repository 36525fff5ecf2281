package io.sallyport.cli;

import io.sallyport.policy.Finding;
import io.sallyport.policy.Finding.Severity;
import io.sallyport.policy.Linter;
import io.sallyport.policy.PolicyBook;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sallyport policy lint}: exits 1 if something is found that is as bad as {@code --fail-on} says. */
@Command(
        name = "lint",
        description = "Looks for what is wider than it looks, and for what never decides.",
        mixinStandardHelpOptions = true)
final class PolicyLintCommand implements Callable<Integer> {

    @Parameters(arity = "0..1", paramLabel = "FILE", description = "The configuration; else that of this installation.")
    private @Nullable Path file;

    @Option(
            names = "--fail-on",
            paramLabel = "SEVERITY",
            defaultValue = "warning",
            description = "The mildest severity that makes the exit code 1: info, warning or error. Default: warning")
    private String failOn = "warning";

    @Mixin
    private PolicySource source = new PolicySource();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        Severity least = severity();
        Path named = PolicySource.file(file);
        try (PolicyBook book = source.open(file)) {
            List<Finding> findings = Linter.findings(book, named, InstantSource.system());
            output.print(findings, text(named, findings));
            boolean failed =
                    findings.stream().anyMatch(finding -> finding.severity().compareTo(least) >= 0);
            return failed ? ExitCode.FAILED : ExitCode.DONE;
        } catch (IOException e) {
            throw CliException.usage(String.valueOf(e.getMessage()));
        }
    }

    private Severity severity() {
        for (Severity severity : Severity.values()) {
            if (severity.word().equals(failOn)) {
                return severity;
            }
        }
        throw CliException.usage("--fail-on is info, warning or error");
    }

    private static String text(Path file, List<Finding> findings) {
        StringBuilder text = new StringBuilder();
        for (Finding finding : findings) {
            text.append(file.getFileName())
                    .append(':')
                    .append(finding.line())
                    .append(": ")
                    .append(finding.severity().word())
                    .append(" [")
                    .append(finding.code())
                    .append("] ")
                    .append(finding.path())
                    .append(": ")
                    .append(finding.text())
                    .append('\n');
        }
        List<String> counts = new ArrayList<>();
        for (Severity severity : Severity.values()) {
            long count = findings.stream()
                    .filter(finding -> finding.severity() == severity)
                    .count();
            counts.add(count + " " + severity.word());
        }
        text.append(String.join(", ", counts));
        return Output.safe(text.toString());
    }
}
