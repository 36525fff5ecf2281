package io.sallyport.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sallyport access}: ask for grants that come into force on request, and decide about them. */
@Command(
        name = "access",
        description = "Asks for access for a time, and decides about it.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            AccessCommand.RequestCommand.class,
            AccessCommand.ListCommand.class,
            AccessCommand.ShowCommand.class,
            AccessCommand.ApproveCommand.class,
            AccessCommand.RejectCommand.class,
            AccessCommand.RevokeCommand.class
        })
public final class AccessCommand implements CliCommand {

    private static final String REQUESTS = "access-requests";

    /** Made by the service loader. */
    public AccessCommand() {}

    private static String text(JsonNode access) {
        StringBuilder text = new StringBuilder();
        Output.line(text, "access", string(access, "id") + "  " + string(access, "state"));
        Output.line(
                text,
                "grant",
                string(access, "grant") + (access.path("breakGlass").asBoolean() ? "  BREAK GLASS" : ""));
        JsonNode requester = access.path("requester");
        Output.line(
                text,
                "asked by",
                string(requester, "display") + "  (" + string(requester, "issuer") + " " + string(requester, "subject")
                        + ")");
        Output.line(text, "on behalf of", string(requester, "onBehalfOf"));
        Output.line(text, "for", words(Duration.ofSeconds(access.path("seconds").asLong())));
        Output.line(text, "reason", string(access, "reason"));
        Output.line(text, "ticket", string(access, "ticket"));
        Output.line(text, "decided by", access.has("approvers") ? deciding(access) : "");
        Output.line(text, "asked at", string(access, "requestedAt"));
        Output.line(text, "decide until", access.has("decidedAt") ? "" : string(access, "expiresAt"));
        Output.line(text, "in force until", string(access, "endsAt"));
        Output.line(
                text, "ended", join(string(access, "endedAt"), string(access, "endedBy"), string(access, "endReason")));
        access.path("votes")
                .forEach(vote -> Output.line(
                        text,
                        vote.path("approve").asBoolean() ? "yes" : "no",
                        join(string(vote, "display"), string(vote, "comment"))));
        access.path("opens").forEach(opens -> Output.line(text, "opens", opens.asText()));
        return text.toString().stripTrailing();
    }

    /** How many people of which groups, such as {@code 2 of leads}. */
    private static String deciding(JsonNode access) {
        JsonNode approvers = access.path("approvers");
        List<String> groups = new ArrayList<>();
        approvers.path("groups").forEach(group -> groups.add(group.asText()));
        return approvers.path("required").asInt() + " of " + String.join(", ", groups);
    }

    private static String join(String... parts) {
        return String.join("  ", parts).strip();
    }

    private static String string(JsonNode json, String field) {
        return json.path(field).asText();
    }

    /** A time as the option spells it. */
    private static String words(Duration time) {
        return time.toString().substring(2).toLowerCase(Locale.ROOT);
    }

    @Command(name = "request", description = "Asks for a grant.", mixinStandardHelpOptions = true)
    static final class RequestCommand implements Callable<Integer> {

        @Mixin
        private AdminClient admin = new AdminClient();

        @Mixin
        private Output output = new Output();

        @Option(names = "--grant", paramLabel = "GRANT", required = true, description = "The grant.")
        private String grant = "";

        @Option(
                names = "--for",
                paramLabel = "TIME",
                required = true,
                description = "For how long from the decision on, such as 2h, 30m or 1h30m.")
        private String time = "";

        @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why, for those who decide.")
        private String reason = "";

        @Option(names = "--ticket", paramLabel = "TICKET", description = "The ticket that this belongs to.")
        private @Nullable String ticket;

        @Override
        public Integer call() {
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("grant", grant);
            body.put("seconds", Times.read(time).toSeconds());
            body.put("reason", reason);
            if (ticket != null) {
                body.put("ticket", ticket);
            }
            JsonNode access = admin.post(AdminClient.path(REQUESTS), body);
            String id = string(access, "id");
            String text = access.path("breakGlass").asBoolean()
                    ? id + ": in force until " + string(access, "endsAt") + "; nobody approved this, and it is recorded"
                    : id + ": waits for " + deciding(access) + " until " + string(access, "expiresAt");
            output.print(access, Output.safe(text));
            return ExitCode.DONE;
        }
    }

    @Command(name = "list", description = "Lists requests, newest first.", mixinStandardHelpOptions = true)
    static final class ListCommand implements Callable<Integer> {

        @Mixin
        private AdminClient admin = new AdminClient();

        @Mixin
        private Output output = new Output();

        @Option(
                names = "--state",
                paramLabel = "STATES",
                defaultValue = "pending,approved",
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
            JsonNode answer = admin.get(AdminClient.path(REQUESTS), query);
            TextTable table = new TextTable("ID", "STATE", "GRANT", "ASKED BY", "FOR", "UNTIL", "REASON");
            answer.path("accessRequests")
                    .forEach(access -> table.add(
                            string(access, "id"),
                            string(access, "state") + (access.path("breakGlass").asBoolean() ? " (break glass)" : ""),
                            string(access, "grant"),
                            string(access.path("requester"), "display"),
                            words(Duration.ofSeconds(access.path("seconds").asLong())),
                            string(access, access.has("endsAt") ? "endsAt" : "expiresAt"),
                            string(access, "reason")));
            output.print(answer, table.toString());
            return ExitCode.DONE;
        }
    }

    @Command(name = "show", description = "Shows one request, and what it opens.", mixinStandardHelpOptions = true)
    static final class ShowCommand implements Callable<Integer> {

        @Mixin
        private AdminClient admin = new AdminClient();

        @Mixin
        private Output output = new Output();

        @Parameters(paramLabel = "ID", description = "The request.")
        private String id = "";

        @Override
        public Integer call() {
            JsonNode access = admin.get(AdminClient.path(REQUESTS, id), Map.of());
            output.print(access, text(access));
            return ExitCode.DONE;
        }
    }

    @Command(name = "approve", description = "Says yes.", mixinStandardHelpOptions = true)
    static final class ApproveCommand extends DecisionCommand {

        ApproveCommand() {
            super(REQUESTS, true);
        }
    }

    @Command(name = "reject", description = "Says no, which ends the request.", mixinStandardHelpOptions = true)
    static final class RejectCommand extends DecisionCommand {

        RejectCommand() {
            super(REQUESTS, false);
        }
    }

    @Command(
            name = "revoke",
            description = "Ends access before its time, with the sessions that stand on it.",
            mixinStandardHelpOptions = true)
    static final class RevokeCommand implements Callable<Integer> {

        @Mixin
        private AdminClient admin = new AdminClient();

        @Mixin
        private Output output = new Output();

        @Parameters(paramLabel = "ID", description = "The request.")
        private String id = "";

        @Option(names = "--reason", paramLabel = "TEXT", description = "Why; those whose sessions end read it.")
        private @Nullable String reason;

        @Override
        public Integer call() {
            Map<String, Object> body = Map.of("reason", reason == null ? "" : reason);
            JsonNode answer = admin.post(AdminClient.path(REQUESTS, id, "revocation"), body);
            output.print(answer, id + ": " + string(answer, "state"));
            return ExitCode.DONE;
        }
    }
}
