package io.sallyport.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@DisplayName("sallyport kube-credential")
final class KubeCredentialCommandTest {

    private static final String TOKEN = "h."
            + Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString("{\"exp\":1800000000}".getBytes(StandardCharsets.UTF_8))
            + ".s";

    private static String run(Map<String, String> environment, String... arguments) {
        StringWriter out = new StringWriter();
        int exit = new CommandLine(new KubeCredentialCommand(environment))
                .setOut(new PrintWriter(out))
                .execute(arguments);
        assertEquals(ExitCode.DONE, exit);
        return out.toString().strip();
    }

    @Test
    @DisplayName("prints the token of a variable with the moment at which it runs out")
    void variable() {
        // When
        String printed = run(Map.of("SALLYPORT_TOKEN", TOKEN));

        // Then
        assertEquals(
                "{\"kind\":\"ExecCredential\",\"apiVersion\":\"client.authentication.k8s.io/v1\",\"status\":{\"token\":\""
                        + TOKEN + "\",\"expirationTimestamp\":\"2027-01-15T08:00:00Z\"}}",
                printed);
    }

    @Test
    @DisplayName("prints the token of a file, without the end of its line")
    void file(@TempDir Path directory) throws Exception {
        // Given
        Path file = Files.writeString(directory.resolve("token"), "opaque\n");

        // When
        String printed = run(Map.of(), "--token-file", file.toString());

        // Then
        assertTrue(printed.endsWith("\"status\":{\"token\":\"opaque\"}}"), printed);
    }

    @Test
    @DisplayName("answers in the version in which kubectl asks")
    void version() {
        // When
        String printed = run(Map.of(
                "SALLYPORT_TOKEN",
                "t",
                "KUBERNETES_EXEC_INFO",
                "{\"kind\":\"ExecCredential\",\"apiVersion\":\"client.authentication.k8s.io/v1beta1\"}"));

        // Then
        assertTrue(printed.contains("\"client.authentication.k8s.io/v1beta1\""), printed);
    }

    @Test
    @DisplayName("says what to do where there is no token")
    void none() {
        // When
        Shell.Result result = Shell.run("kube-credential", "--token-env", "SALLYPORT_NO_SUCH_VARIABLE");

        // Then
        assertEquals(ExitCode.FAILED, result.exitCode());
        assertTrue(result.err().contains("set SALLYPORT_NO_SUCH_VARIABLE, or name a file"), result.err());
    }
}
