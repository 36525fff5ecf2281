package io.sallyport.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sallyport approvals}: see and decide held actions. */
@Command(
        name = "approvals",
        description = "Sees and decides actions that wait for people.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ApprovalsCommand.ListCommand.class,
            ApprovalsCommand.ShowCommand.class,
            ApprovalsCommand.ApproveCommand.class,
            ApprovalsCommand.RejectCommand.class
        })
public final class ApprovalsCommand implements CliCommand {

    /** Made by the service loader. */
    public ApprovalsCommand() {}

    private static String text(JsonNode approval) {
        StringBuilder text = new StringBuilder();
        Output.line(
                text,
                "approval",
                approval.path("id").asText() + "  " + approval.path("state").asText());
        Output.line(text, "title", approval.path("title").asText());
        JsonNode requester = approval.path("requester");
        Output.line(
                text,
                "asked by",
                requester.path("display").asText() + "  ("
                        + requester.path("issuer").asText() + " "
                        + requester.path("subject").asText() + ")");
        Output.line(text, "on behalf of", requester.path("onBehalfOf").asText());
        Output.line(
                text,
                "runs on",
                approval.path("target").asText() + "  account "
                        + approval.path("account").asText()
                        + (approval.has("database")
                                ? "  database " + approval.path("database").asText()
                                : ""));
        Output.line(
                text,
                "rule",
                approval.path("rule").asText() + ": " + approval.path("reason").asText());
        Output.line(text, "decided by", approval.path("approvers").toString());
        Output.line(text, "asked at", approval.path("requestedAt").asText());
        Output.line(text, "until", approval.path("expiresAt").asText());
        Output.line(text, "ended", approval.path("endReason").asText());
        approval.path("votes")
                .forEach(vote -> Output.line(
                        text,
                        vote.path("approve").asBoolean() ? "yes" : "no",
                        vote.path("display").asText() + "  "
                                + vote.path("comment").asText()));
        Output.line(text, "digest", approval.path("digest").asText());
        text.append('\n').append(Output.safe(approval.path("text").asText())).append('\n');
        int number = 1;
        for (JsonNode parameter : approval.path("parameters")) {
            Output.line(text, "$" + number++, parameter.asText());
        }
        approval.path("context")
                .properties()
                .forEach(entry ->
                        Output.line(text, entry.getKey(), entry.getValue().asText()));
        return text.toString().stripTrailing();
    }

    @Command(name = "list", description = "Lists approvals, newest first.", mixinStandardHelpOptions = true)
    static final class ListCommand implements Callable<Integer> {

        @Mixin
        private AdminClient admin = new AdminClient();

        @Mixin
        private Output output = new Output();

        @Option(
                names = "--state",
                paramLabel = "STATES",
                defaultValue = "pending,orphaned",
                description = "States separated by commas, or all. Default: ${DEFAULT-VALUE}.")
        private String state = "";

        @Option(names = "--limit", paramLabel = "N", defaultValue = "100", description = "At most so many.")
        private int limit;

        @Override
        public Integer call() {
            Map<String, String> query = new LinkedHashMap<>();
            if (!state.equals("all")) {
                query.put("state", state);
            }
            query.put("limit", Integer.toString(limit));
            JsonNode answer = admin.get(AdminClient.path("approvals"), query);
            TextTable table = new TextTable("ID", "STATE", "ASKED BY", "TARGET", "RULE", "UNTIL", "TITLE");
            answer.path("approvals")
                    .forEach(approval -> table.add(
                            approval.path("id").asText(),
                            approval.path("state").asText(),
                            approval.path("requester").path("display").asText(),
                            approval.path("target").asText(),
                            approval.path("rule").asText(),
                            approval.path("expiresAt").asText(),
                            approval.path("title").asText()));
            output.print(answer, table.toString());
            return ExitCode.DONE;
        }
    }

    @Command(name = "show", description = "Shows everything that one approval allows.", mixinStandardHelpOptions = true)
    static final class ShowCommand implements Callable<Integer> {

        @Mixin
        private AdminClient admin = new AdminClient();

        @Mixin
        private Output output = new Output();

        @Parameters(paramLabel = "ID", description = "The approval.")
        private String id = "";

        @Override
        public Integer call() {
            JsonNode approval = admin.get(AdminClient.path("approvals", id), Map.of());
            output.print(approval, text(approval));
            return ExitCode.DONE;
        }
    }

    @Command(name = "approve", description = "Says yes.", mixinStandardHelpOptions = true)
    static final class ApproveCommand extends DecisionCommand {

        ApproveCommand() {
            super("approvals", true);
        }
    }

    @Command(name = "reject", description = "Says no, which ends the request.", mixinStandardHelpOptions = true)
    static final class RejectCommand extends DecisionCommand {

        RejectCommand() {
            super("approvals", false);
        }
    }
}
