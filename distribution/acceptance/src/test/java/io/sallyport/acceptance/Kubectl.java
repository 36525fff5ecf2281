package io.sallyport.acceptance;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sallyport.acceptance.Demo.Run;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** The kubectl of this machine: one that speaks WebSocket by itself, as those from 1.30 on can. */
final class Kubectl {

    private static final int OLDEST_MINOR = 30;
    private static final Map<String, String> WEB_SOCKETS = Map.of("KUBECTL_REMOTE_COMMAND_WEBSOCKETS", "true");

    private Kubectl() {}

    private static final class Found {
        static final @Nullable Path BINARY = find();
    }

    /** Skips what needs it where there is none. */
    static void needed() {
        Assumptions.assumeTrue(
                Found.BINARY != null,
                "there is no kubectl 1.30 or newer on the path, nor in the directory that -Dsallyport.kube names");
    }

    /** Runs it with a kubeconfig, and with a directory for its caches. */
    static Run run(String kubeconfig, Path home, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(binary().toString()));
        command.addAll(arguments);
        return Demo.run(
                Map.of("KUBECONFIG", kubeconfig, "HOME", home.toString(), "KUBECTL_REMOTE_COMMAND_WEBSOCKETS", "true"),
                command);
    }

    /** The program itself, for those that go on. */
    static Path binary() {
        Path binary = Found.BINARY;
        if (binary == null) {
            throw new IllegalStateException("there is no kubectl");
        }
        return binary;
    }

    private static @Nullable Path find() {
        List<Path> places = new ArrayList<>();
        places.add(Path.of(
                System.getProperty("sallyport.kube", System.getProperty("user.home") + "/.cache/sallyport/kube-real")));
        for (String place : System.getenv("PATH").split(File.pathSeparator, -1)) {
            places.add(Path.of(place));
        }
        return places.stream()
                .map(place -> place.resolve("kubectl"))
                .filter(Files::isExecutable)
                .filter(Kubectl::recent)
                .findFirst()
                .orElse(null);
    }

    private static boolean recent(Path binary) {
        try {
            Run run = Demo.run(WEB_SOCKETS, List.of(binary.toString(), "version", "--client", "-o", "json"));
            String minor = new ObjectMapper()
                    .readTree(run.out())
                    .path("clientVersion")
                    .path("minor")
                    .asText("0");
            return Integer.parseInt(minor.replace("+", "")) >= OLDEST_MINOR;
        } catch (IOException | NumberFormatException e) {
            return false;
        }
    }
}
