package io.sallyport.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sallyport sessions}: see, replay and end sessions. */
@Command(
        name = "sessions",
        description = "Sees, replays and ends sessions.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            SessionsCommand.ListCommand.class,
            SessionsCommand.ShowCommand.class,
            SessionsCommand.ReplayCommand.class,
            SessionsCommand.KillCommand.class
        })
public final class SessionsCommand implements CliCommand {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Made by the service loader. */
    public SessionsCommand() {}

    @Command(name = "list", description = "Lists sessions, newest first.", mixinStandardHelpOptions = true)
    static final class ListCommand implements Callable<Integer> {

        @Mixin
        private AdminClient admin = new AdminClient();

        @Mixin
        private Output output = new Output();

        @Option(names = "--open", description = "Only those that have not ended.")
        private boolean open;

        @Option(names = "--target", paramLabel = "NAME", description = "Only those on this target.")
        private @Nullable String target;

        @Option(names = "--limit", paramLabel = "N", defaultValue = "100", description = "At most so many.")
        private int limit;

        @Override
        public Integer call() {
            Map<String, String> query = new LinkedHashMap<>();
            if (open) {
                query.put("open", "true");
            }
            if (target != null) {
                query.put("target", target);
            }
            query.put("limit", Integer.toString(limit));
            JsonNode answer = admin.get(AdminClient.path("sessions"), query);
            TextTable table =
                    new TextTable("ID", "PRINCIPAL", "TARGET", "ACCOUNT", "STARTED", "ENDED", "ACTIONS", "DENIED");
            answer.path("sessions")
                    .forEach(session -> table.add(
                            session.path("id").asText(),
                            session.path("principal").path("display").asText(),
                            session.path("target").asText(),
                            session.path("account").asText(),
                            session.path("startedAt").asText(),
                            session.path("endedAt").asText("open"),
                            session.path("actions").asText(),
                            session.path("denied").asText()));
            output.print(answer, table.toString());
            return ExitCode.DONE;
        }
    }

    @Command(name = "show", description = "Shows one session.", mixinStandardHelpOptions = true)
    static final class ShowCommand implements Callable<Integer> {

        @Mixin
        private AdminClient admin = new AdminClient();

        @Mixin
        private Output output = new Output();

        @Parameters(paramLabel = "ID", description = "The session.")
        private String id = "";

        @Override
        public Integer call() {
            JsonNode session = admin.get(AdminClient.path("sessions", id), Map.of());
            StringBuilder text = new StringBuilder();
            session.properties()
                    .forEach(entry -> text.append(String.format(
                            "%-12s %s%n",
                            Output.safe(entry.getKey()),
                            Output.safe(
                                    entry.getValue().isValueNode()
                                            ? entry.getValue().asText()
                                            : entry.getValue().toString()))));
            output.print(session, text.toString().stripTrailing());
            return ExitCode.DONE;
        }
    }

    @Command(
            name = "replay",
            description = "Prints what happened in a session, record by record.",
            mixinStandardHelpOptions = true)
    static final class ReplayCommand implements Callable<Integer> {

        @Mixin
        private AdminClient admin = new AdminClient();

        @Mixin
        private Output output = new Output();

        @Parameters(paramLabel = "ID", description = "The session.")
        private String id = "";

        @Override
        public Integer call() {
            ArrayNode all = JSON.createArrayNode();
            String from = "";
            do {
                JsonNode page = admin.get(
                        AdminClient.path("sessions", id, "records"), from.isEmpty() ? Map.of() : Map.of("from", from));
                for (JsonNode record : page.path("records")) {
                    output.note(line(record));
                    if (output.json()) {
                        all.add(record);
                    }
                }
                from = page.path("next").asText("");
            } while (!from.isEmpty());
            if (output.json()) {
                output.print(all, "");
            }
            return ExitCode.DONE;
        }

        /** Time, type, and then the rest of the record in the order in which the journal has it. */
        private static String line(JsonNode record) {
            StringBuilder line = new StringBuilder(String.format(
                    "%-30s %-16s",
                    record.path("time").asText(), record.path("type").asText()));
            JsonNode payload = record.path("payload").isObject() ? record.path("payload") : without(record);
            payload.properties().forEach(entry -> line.append(' ')
                    .append(entry.getKey())
                    .append('=')
                    .append(
                            entry.getValue().isValueNode()
                                    ? entry.getValue().asText()
                                    : entry.getValue().toString()));
            return Output.safe(line.toString()).replace("\n", "\n                               ");
        }

        private static JsonNode without(JsonNode record) {
            if (record instanceof ObjectNode object) {
                return object.deepCopy().without(java.util.List.of("time", "type", "session"));
            }
            return record;
        }
    }

    @Command(name = "kill", description = "Ends a session, on whichever node it is.", mixinStandardHelpOptions = true)
    static final class KillCommand implements Callable<Integer> {

        @Mixin
        private AdminClient admin = new AdminClient();

        @Mixin
        private Output output = new Output();

        @Parameters(paramLabel = "ID", description = "The session.")
        private String id = "";

        @Option(names = "--reason", paramLabel = "TEXT", description = "Why; the client reads it.")
        private @Nullable String reason;

        @Override
        public Integer call() {
            JsonNode answer = admin.delete(
                    AdminClient.path("sessions", id), reason == null ? Map.of() : Map.of("reason", reason));
            output.print(answer, id + ": is being ended");
            return ExitCode.DONE;
        }
    }
}
