package io.sallyport.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sallyport revocations}: stop grants and principals until that is lifted. */
@Command(
        name = "revocations",
        description = "Stops grants and principals, and lets them go on.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            RevocationsCommand.ListCommand.class,
            RevocationsCommand.AddCommand.class,
            RevocationsCommand.LiftCommand.class
        })
public final class RevocationsCommand implements CliCommand {

    private static final String REVOCATIONS = "revocations";

    /** Made by the service loader. */
    public RevocationsCommand() {}

    /** What is revoked: a grant, or a principal. */
    static final class What {

        @Option(names = "--grant", paramLabel = "GRANT", description = "The grant.")
        private @Nullable String grant;

        @Option(names = "--issuer", paramLabel = "ISSUER", description = "The principal's issuer, with --subject.")
        private @Nullable String issuer;

        @Option(names = "--subject", paramLabel = "SUBJECT", description = "The principal's subject, with --issuer.")
        private @Nullable String subject;

        @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why; it is recorded.")
        private String reason = "";

        private Map<String, Object> body() {
            boolean principal = issuer != null && subject != null;
            if ((grant != null) == principal || (issuer == null) != (subject == null)) {
                throw CliException.usage("say --grant, or --issuer and --subject");
            }
            Map<String, Object> body = new LinkedHashMap<>();
            if (grant != null) {
                body.put("grant", grant);
            } else {
                body.put("issuer", String.valueOf(issuer));
                body.put("subject", String.valueOf(subject));
            }
            body.put("reason", reason);
            return body;
        }

        private String shown() {
            return grant == null ? "principal " + issuer + " " + subject : "grant " + grant;
        }
    }

    @Command(name = "list", description = "Lists what is revoked, newest first.", mixinStandardHelpOptions = true)
    static final class ListCommand implements Callable<Integer> {

        @Mixin
        private AdminClient admin = new AdminClient();

        @Mixin
        private Output output = new Output();

        @Override
        public Integer call() {
            JsonNode answer = admin.get(AdminClient.path(REVOCATIONS), Map.of());
            TextTable table = new TextTable("KIND", "WHAT", "BY", "TIME", "REASON");
            answer.path(REVOCATIONS)
                    .forEach(revocation -> table.add(
                            revocation.path("kind").asText(),
                            (revocation.path("issuer").asText() + " "
                                            + revocation.path("value").asText())
                                    .strip(),
                            revocation.path("by").asText(),
                            revocation.path("time").asText(),
                            revocation.path("reason").asText()));
            output.print(answer, table.toString());
            return ExitCode.DONE;
        }
    }

    @Command(
            name = "add",
            description = "Revokes a grant or a principal until that is lifted; the sessions end.",
            mixinStandardHelpOptions = true)
    static final class AddCommand implements Callable<Integer> {

        @Mixin
        private AdminClient admin = new AdminClient();

        @Mixin
        private Output output = new Output();

        @Mixin
        private What what = new What();

        @Override
        public Integer call() {
            JsonNode answer = admin.post(AdminClient.path(REVOCATIONS), what.body());
            output.print(answer, Output.safe(what.shown()) + ": revoked");
            return ExitCode.DONE;
        }
    }

    @Command(name = "lift", description = "Lets a grant or a principal go on.", mixinStandardHelpOptions = true)
    static final class LiftCommand implements Callable<Integer> {

        @Mixin
        private AdminClient admin = new AdminClient();

        @Mixin
        private Output output = new Output();

        @Mixin
        private What what = new What();

        @Override
        public Integer call() {
            JsonNode answer = admin.post(AdminClient.path(REVOCATIONS, "lift"), what.body());
            output.print(answer, Output.safe(what.shown()) + ": lifted");
            return ExitCode.DONE;
        }
    }
}
