package io.sallyport.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Walks the page for plugin authors, command by command, outside of the checkout and with installed artifacts alone. */
@DisplayName("A plugin author who follows docs/plugin-authors/first-connector.md")
class AuthorsRoadIT {

    private static final Path PAGE = Demo.home().resolve("docs/plugin-authors/first-connector.md");
    private static final int MOST_SECONDS = 240;

    @Test
    @DisplayName("gets from an empty directory to a connector that serves traffic")
    void fromEmptyDirectoryToTraffic() throws Exception {
        // Given
        Path work = Directories.make("sallyport-author-");
        Path outside = Directories.make("sallyport-installed-");
        try {
            InstalledArtifacts installed = InstalledArtifacts.in(outside);
            Path zip = Demo.home().resolveSibling("sallyport-" + InstalledArtifacts.VERSION + ".zip");
            Files.createLink(work.resolve(String.valueOf(zip.getFileName())), zip);
            String script = installed.maven() + String.join("\n", blocks(Files.readAllLines(PAGE)));

            // When
            String said = run(work, script);

            // Then
            List<String> answers = Files.readAllLines(work.resolve("answers.txt"));
            assertEquals(7, answers.size(), () -> answers + said);
            assertTrue(answers.get(0).startsWith("OK session "), answers.get(0));
            assertEquals("OK", answers.get(1));
            assertEquals("VALUE two apples", answers.get(2));
            assertTrue(answers.get(3).startsWith("DENIED sallyport: nothing is removed [keep/1]"), answers.get(3));
            assertTrue(answers.get(4).startsWith("DENIED sallyport: "), answers.get(4));
            assertEquals("OK", answers.get(5));
            assertTrue(answers.get(6).startsWith("VALUE "), answers.get(6));
            assertFalse(answers.get(6).contains("hunter2"), answers.get(6));
        } finally {
            if (!Boolean.getBoolean("sallyport.keep")) {
                Directories.remove(work);
                Directories.remove(outside);
            }
        }
    }

    /** The commands of the page, in its order. */
    private static List<String> blocks(List<String> page) {
        java.util.ArrayList<String> commands = new java.util.ArrayList<>();
        boolean inside = false;
        for (String line : page) {
            if (line.equals("```sh")) {
                inside = true;
            } else if (line.startsWith("```")) {
                inside = false;
            } else if (inside) {
                commands.add(line);
            }
        }
        assertTrue(commands.size() > 40, () -> "the page has too few commands: " + commands);
        return commands;
    }

    private static String run(Path directory, String commands) throws IOException, InterruptedException {
        Path script = directory.resolve("page.sh");
        Path log = directory.resolve("page.log");
        Files.writeString(
                script, "set -euo pipefail\ntrap 'kill $(jobs -p) 2>/dev/null || true' EXIT\n" + commands + "\n");
        ProcessBuilder builder = new ProcessBuilder("bash", script.toString());
        builder.environment().put("GATEWAY_PORT", Integer.toString(freePort()));
        builder.environment().put("SERVER_PORT", Integer.toString(freePort()));
        Process process = builder.directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        boolean ended = process.waitFor(MOST_SECONDS, TimeUnit.SECONDS);
        if (!ended) {
            process.destroy();
            process.waitFor(20, TimeUnit.SECONDS);
        }
        String said = Files.readString(log);
        assertTrue(ended, () -> "not within " + MOST_SECONDS + " s:\n" + said + logs(directory));
        assertEquals(0, process.exitValue(), () -> said + logs(directory));
        return said;
    }

    private static String logs(Path directory) {
        StringBuilder all = new StringBuilder();
        for (String name : List.of("demo.log", "gateway.log", "server.log")) {
            Path file = directory.resolve(name);
            if (Files.exists(file)) {
                try {
                    all.append("\n== ").append(name).append('\n').append(Files.readString(file));
                } catch (IOException e) {
                    all.append(e);
                }
            }
        }
        return all.toString();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
