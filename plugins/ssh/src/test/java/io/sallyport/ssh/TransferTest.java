package io.sallyport.ssh;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.api.action.FileAccess;
import io.sallyport.api.session.Sessions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransferTest {

    private final Path directory;

    TransferTest(@TempDir Path directory) {
        this.directory = directory;
    }

    private static String shell(Gateway gateway) {
        return String.join(" ", gateway.command());
    }

    private Run git(Gateway gateway, String... arguments) {
        Map<String, String> environment = new HashMap<>(gateway.environment);
        environment.put("GIT_SSH_COMMAND", shell(gateway) + " -o SendEnv=GIT_PROTOCOL");
        environment.put("GIT_CONFIG_GLOBAL", "/dev/null");
        environment.put("GIT_AUTHOR_NAME", "a");
        environment.put("GIT_AUTHOR_EMAIL", "a@example.com");
        environment.put("GIT_COMMITTER_NAME", "a");
        environment.put("GIT_COMMITTER_EMAIL", "a@example.com");
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        return Run.Running.start(command, environment, directory).finish(new byte[0]);
    }

    @Test
    @DisplayName("SSH-19: git clones, pushes and fails as it does without the gateway")
    void git() throws IOException {
        try (Gateway gateway = Gateway.start()) {
            // Given
            Path bare = directory.resolve("bare.git");
            git(gateway, "init", "-q", "--bare", bare.toString());

            // When
            Run cloned = git(gateway, "clone", "-q", "ssh://web1@127.0.0.1" + bare, "copy");
            Files.write(directory.resolve("copy/file"), new byte[3_000_000]);
            Run committed = git(gateway, "-C", "copy", "add", "file");
            git(gateway, "-C", "copy", "commit", "-qm", "one");
            Run pushed = git(gateway, "-C", "copy", "push", "-q", "origin", "HEAD:main");
            Run missing = git(gateway, "ls-remote", "ssh://web1@127.0.0.1" + directory + "/none.git");

            // Then
            assertEquals(0, cloned.status(), cloned::toString);
            assertEquals(0, committed.status(), committed::toString);
            assertEquals(0, pushed.status(), pushed::toString);
            assertEquals(128, missing.status(), missing::toString);
            assertTrue(gateway.sessions.opened.stream()
                    .flatMap(session -> session.exchanges.stream())
                    .anyMatch(exchange -> exchange.action instanceof FileAccess));
        }
    }

    @Test
    @DisplayName("SSH-13, SSH-19: rsync brings a tree over unchanged")
    void rsync() throws IOException {
        try (Gateway gateway = Gateway.start()) {
            // Given
            Path from = Files.createDirectories(directory.resolve("from/deep"));
            for (int i = 0; i < 200; i++) {
                Files.writeString(from.resolve("f" + i), "content " + i);
            }
            Files.write(from.resolve("big"), new byte[2_000_000]);

            // When
            Run run = Run.Running.start(
                            List.of(
                                    "rsync",
                                    "-a",
                                    "--delete",
                                    "-e",
                                    shell(gateway),
                                    directory.resolve("from") + "/",
                                    "web1@127.0.0.1:" + directory.resolve("to")),
                            gateway.environment,
                            null)
                    .finish(new byte[0]);

            // Then
            assertEquals(0, run.status(), run::toString);
            assertEquals("content 199", Files.readString(directory.resolve("to/deep/f199")));
            assertArrayEquals(
                    Files.readAllBytes(from.resolve("big")), Files.readAllBytes(directory.resolve("to/deep/big")));
        }
    }

    @Test
    @DisplayName("a session that the core ends is told why, and nothing of it goes on")
    void ended() throws IOException {
        try (Gateway gateway = Gateway.start()) {
            // Given
            Run.Running running = gateway.start("web1@127.0.0.1", "echo up; sleep 60");
            Await.until("it runs", () -> running.outputSoFar().equals("up\n"));

            // When
            gateway.sessions.last().end(new Sessions.Ending(Sessions.EndCause.REVOKED, "access was revoked"));
            Run run = running.finish(new byte[0]);

            // Then
            assertEquals(255, run.status(), run::toString);
            assertTrue(run.error().contains("sallyport: access was revoked"), run::toString);
            assertEquals(
                    "revoked",
                    java.util.Objects.requireNonNull(gateway.sessions.last().closing)
                            .cause());
            assertTrue(gateway.sessions.last().exchanges.get(0).outcome != null);
        }
    }

    @Test
    @DisplayName("a drain lets what runs end, and then tells those who are left")
    void drained() throws IOException {
        try (TestGateway held = new TestGateway(Gateway.start())) {
            Gateway gateway = held.gateway;

            // Given
            Run.Running short1 = gateway.start("web1@127.0.0.1", "echo up; sleep 1; echo done");
            Run.Running long1 = gateway.start("web1@127.0.0.1", "echo up; sleep 60");
            Await.until(
                    "both run",
                    () -> short1.outputSoFar().equals("up\n")
                            && long1.outputSoFar().equals("up\n"));

            // When
            gateway.drain(Duration.ofSeconds(3));

            // Then
            assertEquals("up\ndone\n", short1.finish(new byte[0]).text());
            Run cut = long1.finish(new byte[0]);
            assertEquals(255, cut.status(), cut::toString);
            assertTrue(cut.error().contains("the gateway shuts down"), cut::toString);
        }
    }

    /** A gateway that the test itself drains. */
    private record TestGateway(Gateway gateway) implements AutoCloseable {

        @Override
        public void close() {
            TestHost.remove(gateway.directory);
        }
    }

    @Test
    @DisplayName("a client that leaves while people are asked leaves nothing behind")
    void leaves() throws IOException {
        try (Gateway gateway = Gateway.start()) {
            // Given
            gateway.sessions.judge = action -> FakeSessions.HOLD;
            Run.Running running = gateway.start("web1@127.0.0.1", "touch " + directory.resolve("pwned"));
            Await.until("it waits", () -> running.errorSoFar().contains("waiting for approval"));

            // When
            running.process.destroyForcibly();
            Await.until("the session is closed", () -> gateway.sessions.last().closing != null);

            // Then
            assertTrue(gateway.sessions.last().exchanges.get(0).cancelled != null);
            assertTrue(Files.notExists(directory.resolve("pwned")));
        }
    }
}
