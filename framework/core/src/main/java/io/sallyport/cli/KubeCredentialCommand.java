package io.sallyport.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code sallyport kube-credential}: prints a token as an {@code ExecCredential}, for a kubeconfig whose user has {@code
 * exec:} in place of a token. kubectl asks again when the token has run out, so that a file which a CI system refreshes is
 * read afresh.
 */
@Command(
        name = "kube-credential",
        description = "Prints a token as kubectl's exec credential plugins do (client.authentication.k8s.io).")
public final class KubeCredentialCommand implements CliCommand, Callable<Integer> {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String GROUP = "client.authentication.k8s.io/";

    private final Map<String, String> environment;

    @Option(names = "--token-file", paramLabel = "FILE", description = "The file that holds the token.")
    private @Nullable Path file;

    @Option(
            names = "--token-env",
            paramLabel = "NAME",
            description = "The variable that holds the token where there is no file: ${DEFAULT-VALUE}.",
            defaultValue = "SALLYPORT_TOKEN")
    private String variable = "SALLYPORT_TOKEN";

    @Spec
    private @Nullable CommandSpec command;

    /** Made by picocli. */
    public KubeCredentialCommand() {
        this(System.getenv());
    }

    KubeCredentialCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        String token = token();
        ObjectNode credential = JSON.createObjectNode();
        credential.put("kind", "ExecCredential").put("apiVersion", version());
        ObjectNode status = credential.putObject("status").put("token", token);
        Instant expires = expiry(token);
        if (expires != null) {
            status.put("expirationTimestamp", expires.toString());
        }
        if (command == null) {
            throw new IllegalStateException("not made by picocli");
        }
        PrintWriter out = command.commandLine().getOut();
        out.println(credential);
        out.flush();
        return ExitCode.DONE;
    }

    private String token() {
        Path present = file;
        String token;
        try {
            token = present == null ? environment.getOrDefault(variable, "") : Files.readString(present);
        } catch (IOException e) {
            throw CliException.failed(present + " cannot be read");
        }
        if (token.isBlank()) {
            throw CliException.failed(
                    present == null
                            ? "no token: set " + variable + ", or name a file with --token-file"
                            : present + " holds no token");
        }
        return token.strip();
    }

    /** The version in which kubectl asks; the present one where it does not say. */
    private String version() {
        String asked = environment.get("KUBERNETES_EXEC_INFO");
        if (asked != null) {
            try {
                String version = JSON.readTree(asked).path("apiVersion").asText();
                if (version.startsWith(GROUP)) {
                    return version;
                }
            } catch (JsonProcessingException e) {
                throw CliException.usage("KUBERNETES_EXEC_INFO is not JSON");
            }
        }
        return GROUP + "v1";
    }

    /** When a JWT says that it runs out; null for a token that does not say. */
    private static @Nullable Instant expiry(String token) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3) {
            return null;
        }
        try {
            JsonNode expires =
                    JSON.readTree(Base64.getUrlDecoder().decode(parts[1])).path("exp");
            return expires.isNumber() ? Instant.ofEpochSecond(expires.asLong()) : null;
        } catch (IOException | IllegalArgumentException e) {
            return null;
        }
    }
}
