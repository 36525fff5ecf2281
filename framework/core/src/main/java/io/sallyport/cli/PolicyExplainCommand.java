package io.sallyport.cli;

import io.sallyport.policy.Asked;
import io.sallyport.policy.Askers;
import io.sallyport.policy.Explainer;
import io.sallyport.policy.Explanation;
import io.sallyport.policy.PolicyBook;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sallyport policy explain}: what would become of a request, and why. */
@Command(
        name = "explain",
        description = "Says which grant, scope entry and rule decide about a request, and why.",
        mixinStandardHelpOptions = true)
final class PolicyExplainCommand implements Callable<Integer> {

    @Parameters(
            index = "0",
            paramLabel = "PRINCIPAL",
            description = "ISSUER:SUBJECT, or the claims of a token as JSON, or @FILE with these or with a token.")
    private String principal = "";

    @Parameters(index = "1", paramLabel = "TARGET", description = "The target.")
    private String target = "";

    @Parameters(
            index = "2",
            paramLabel = "REQUEST",
            description = "A statement, a command line, or VERB RESOURCE, as the target's connector reads it.")
    private String request = "";

    @Option(names = "--config", paramLabel = "FILE", description = "The configuration; else that of this installation.")
    private @Nullable Path config;

    @Option(names = "--claims", paramLabel = "JSON", description = "More claims, or @FILE with them.")
    private @Nullable String claims;

    @Option(names = "--group", paramLabel = "GROUP", description = "A group of the principal's; may be repeated.")
    private List<String> groups = List.of();

    @Option(names = "--account", paramLabel = "NAME", description = "The account asked for; else the target's own.")
    private @Nullable String account;

    @Option(names = "--database", paramLabel = "NAME", description = "The database asked for; else the target's own.")
    private @Nullable String database;

    @Option(
            names = "--from",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "The client's address. Default: 127.0.0.1")
    private String from = "";

    @Option(names = "--at", paramLabel = "INSTANT", description = "When, such as 2027-01-31T02:00:00Z; else now.")
    private @Nullable String at;

    @Option(names = "--approved", description = "As if access that has to be asked for were approved.")
    private boolean approved;

    @Mixin
    private PolicySource source = new PolicySource();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        try (PolicyBook book = source.open(config);
                Explainer explainer = new Explainer(book)) {
            Asked asked = new Asked(
                    new Askers(book.configuration())
                            .read(content(principal), claims == null ? null : content(claims), groups),
                    target,
                    account,
                    database,
                    InetAddress.getByName(from),
                    at == null ? Instant.now() : Instant.parse(at),
                    approved,
                    request);
            Explanation explanation = explainer.explain(asked);
            output.print(explanation, ExplanationText.of(explanation));
            return ExitCode.DONE;
        } catch (IllegalArgumentException | java.time.DateTimeException | IOException e) {
            throw CliException.usage(Output.safe(String.valueOf(e.getMessage())));
        }
    }

    /** The text itself, or that of the file behind an at sign. */
    private static String content(String spelled) throws IOException {
        return spelled.startsWith("@") ? Files.readString(Path.of(spelled.substring(1))) : spelled;
    }
}
