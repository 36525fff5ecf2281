package io.sallyport.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says yes or no to something that waits for people, on behalf of whoever holds the token. */
abstract class DecisionCommand implements Callable<Integer> {

    private final String collection;
    private final boolean approve;

    @Mixin
    private AdminClient admin = new AdminClient();

    @Mixin
    private Output output = new Output();

    @Parameters(paramLabel = "ID", description = "What to decide.")
    private String id = "";

    @Option(
            names = "--comment",
            paramLabel = "TEXT",
            description = "Your words: for the record, and for the requester.")
    private @Nullable String comment;

    /**
     * A decision.
     *
     * @param collection where the API keeps what is decided
     */
    DecisionCommand(String collection, boolean approve) {
        this.collection = collection;
        this.approve = approve;
    }

    @Override
    public Integer call() {
        Map<String, Object> body = Map.of("approve", approve, "comment", comment == null ? "" : comment);
        JsonNode answer = admin.post(AdminClient.path(collection, id, "decision"), body);
        output.print(answer, Output.safe(id + ": " + told(answer)));
        return ExitCode.DONE;
    }

    private static String told(JsonNode answer) {
        String result = answer.path("result").asText();
        if (result.equals("recorded")) {
            return "your yes counts, " + answer.path("count").asInt() + " of "
                    + answer.path("required").asInt();
        }
        return answer.has("endsAt")
                ? result + ", in force until " + answer.path("endsAt").asText()
                : result;
    }
}
