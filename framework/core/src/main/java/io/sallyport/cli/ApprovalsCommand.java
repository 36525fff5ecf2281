package io.sallyport.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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
        line(
                text,
                "approval",
                approval.path("id").asText() + "  " + approval.path("state").asText());
        line(text, "title", approval.path("title").asText());
        JsonNode requester = approval.path("requester");
        line(
                text,
                "asked by",
                requester.path("display").asText() + "  ("
                        + requester.path("issuer").asText() + " "
                        + requester.path("subject").asText() + ")");
        line(text, "on behalf of", requester.path("onBehalfOf").asText());
        line(
                text,
                "runs on",
                approval.path("target").asText() + "  account "
                        + approval.path("account").asText()
                        + (approval.has("database")
                                ? "  database " + approval.path("database").asText()
                                : ""));
        line(
                text,
                "rule",
                approval.path("rule").asText() + ": " + approval.path("reason").asText());
        line(text, "decided by", approval.path("approvers").toString());
        line(text, "asked at", approval.path("requestedAt").asText());
        line(text, "until", approval.path("expiresAt").asText());
        line(text, "ended", approval.path("endReason").asText());
        approval.path("votes")
                .forEach(vote -> line(
                        text,
                        vote.path("approve").asBoolean() ? "yes" : "no",
                        vote.path("display").asText() + "  "
                                + vote.path("comment").asText()));
        line(text, "digest", approval.path("digest").asText());
        text.append('\n').append(Output.safe(approval.path("text").asText())).append('\n');
        int number = 1;
        for (JsonNode parameter : approval.path("parameters")) {
            line(text, "$" + number++, parameter.asText());
        }
        approval.path("context")
                .properties()
                .forEach(entry -> line(text, entry.getKey(), entry.getValue().asText()));
        return text.toString().stripTrailing();
    }

    private static void line(StringBuilder text, String label, String value) {
        if (!value.isBlank()) {
            text.append(String.format("%-14s %s%n", Output.safe(label), Output.safe(value)));
        }
    }

    private static int decide(AdminClient admin, Output output, String id, boolean approve, @Nullable String comment) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("approve", approve);
        body.put("comment", comment == null ? "" : comment);
        JsonNode answer = admin.post(AdminClient.path("approvals", id, "decision"), body);
        String result = answer.path("result").asText();
        output.print(
                answer,
                result.equals("recorded")
                        ? id + ": your yes counts, " + answer.path("count").asInt() + " of "
                                + answer.path("required").asInt()
                        : id + ": " + result);
        return ExitCode.DONE;
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
    static final class ApproveCommand implements Callable<Integer> {

        @Mixin
        private AdminClient admin = new AdminClient();

        @Mixin
        private Output output = new Output();

        @Parameters(paramLabel = "ID", description = "The approval.")
        private String id = "";

        @Option(names = "--comment", paramLabel = "TEXT", description = "Your words for the record.")
        private @Nullable String comment;

        @Override
        public Integer call() {
            return decide(admin, output, id, true, comment);
        }
    }

    @Command(name = "reject", description = "Says no, which ends the request.", mixinStandardHelpOptions = true)
    static final class RejectCommand implements Callable<Integer> {

        @Mixin
        private AdminClient admin = new AdminClient();

        @Mixin
        private Output output = new Output();

        @Parameters(paramLabel = "ID", description = "The approval.")
        private String id = "";

        @Option(names = "--comment", paramLabel = "TEXT", description = "Your words; the requester reads them.")
        private @Nullable String comment;

        @Override
        public Integer call() {
            return decide(admin, output, id, false, comment);
        }
    }
}
