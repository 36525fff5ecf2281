package io.sallyport.cli;

import io.sallyport.config.ConfigurationException;
import io.sallyport.policy.Explainer;
import io.sallyport.policy.Explanation;
import io.sallyport.policy.PolicyBook;
import io.sallyport.policy.TestReport;
import io.sallyport.policy.TestRun;
import io.sallyport.policy.TestTable;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sallyport policy test}: exits 0 if every row comes out as expected, else 1; 2 if a file cannot be used. */
@Command(
        name = "test",
        description = "Runs a table of requests with expected verdicts against a configuration.",
        mixinStandardHelpOptions = true)
final class PolicyTestCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", description = "The table.")
    private Path file = Path.of("");

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The configuration; else the one that the table names, else that of this installation.")
    private @Nullable Path config;

    @Mixin
    private PolicySource source = new PolicySource();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        TestTable table = table();
        try (PolicyBook book = source.open(config == null ? table.config() : config);
                Explainer explainer = new Explainer(book)) {
            TestReport report = new TestRun(book, explainer, InstantSource.system()).run(table);
            output.print(report, text(report));
            return report.failed() == 0 ? ExitCode.DONE : ExitCode.FAILED;
        }
    }

    private TestTable table() {
        try {
            return TestTable.read(file);
        } catch (ConfigurationException e) {
            throw CliException.usage(String.valueOf(e.getMessage()));
        }
    }

    private String text(TestReport report) {
        StringBuilder text = new StringBuilder();
        for (TestReport.Result row : report.rows()) {
            if (!row.ok()) {
                text.append(file.getFileName())
                        .append(':')
                        .append(row.line())
                        .append(": ")
                        .append(row.name());
                row.differences().forEach(difference -> text.append("\n    ").append(difference));
                Explanation explanation = row.explanation();
                if (explanation != null) {
                    text.append("\n    because ").append(explanation.reason());
                }
                text.append('\n');
            }
        }
        text.append(report.passed()).append(" passed, ").append(report.failed()).append(" failed");
        return Output.safe(text.toString());
    }
}
