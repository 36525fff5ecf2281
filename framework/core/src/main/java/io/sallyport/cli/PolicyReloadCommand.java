package io.sallyport.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sallyport policy reload}: a running gateway reads its file again. */
@Command(
        name = "reload",
        description = "Has a running gateway read its configuration's file again, all of it or nothing.",
        mixinStandardHelpOptions = true)
final class PolicyReloadCommand implements Callable<Integer> {

    @Mixin
    private AdminClient admin = new AdminClient();

    @Mixin
    private Output output = new Output();

    @Option(names = "--show", description = "Only tell what is in force.")
    private boolean show;

    @Override
    public Integer call() {
        JsonNode answer = show
                ? admin.get(AdminClient.path("configuration"), Map.of())
                : admin.post(AdminClient.path("configuration", "reload"), Map.of());
        StringBuilder changed = new StringBuilder();
        answer.path("changed").forEach(section -> changed.append(' ').append(section.asText()));
        output.print(
                answer,
                Output.safe("generation " + answer.path("generation").asText() + " is in force since "
                        + answer.path("since").asText()
                        + (changed.isEmpty() ? "" : "; changed:" + changed) + "\nsha256 "
                        + answer.path("digest").asText()));
        return ExitCode.DONE;
    }
}
