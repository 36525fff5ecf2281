package io.sallyport.acceptance;

import io.sallyport.acceptance.Demo.Run;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** OpenSSH's own tools through a gateway to the demo's host {@code web1}; the token answers the question for the password. */
final class Ssh {

    private static final Duration LONGEST = Duration.ofMinutes(2);

    private final Demo demo;
    private final Path config;
    private final String token;

    private Ssh(Demo demo, Path config, String token) {
        this.demo = demo;
        this.config = config;
        this.token = token;
    }

    /** As the person with this token, through the demo's gateway. */
    static Ssh of(Demo demo, String token) {
        return new Ssh(demo, Path.of(demo.variable("SSH_CONFIG")), token);
    }

    /** As the person with this token, through another gateway that has the demo's host key. */
    static Ssh of(Demo demo, int port, String token, Path directory) throws IOException {
        Path hosts = directory.resolve("known_hosts");
        Files.writeString(
                hosts,
                Files.readString(Path.of(demo.variable("SSH_KNOWN_HOSTS")))
                        .replace(":" + demo.variable("SSH_PORT"), ":" + port));
        Path config = directory.resolve("ssh_config");
        Files.writeString(
                config,
                Files.readString(Path.of(demo.variable("SSH_CONFIG")))
                        .replace("Port " + demo.variable("SSH_PORT"), "Port " + port)
                        .replace(demo.variable("SSH_KNOWN_HOSTS"), hosts.toString()));
        return new Ssh(demo, config, token);
    }

    /** Skips what needs programs that are not installed. */
    static void needs(String... programs) {
        for (String program : programs) {
            boolean installed = java.util.Arrays.stream(System.getenv("PATH").split(java.io.File.pathSeparator))
                    .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
            Assumptions.assumeTrue(
                    installed,
                    program + " is not installed: apt-get install openssh-client rsync git ansible-core sshpass");
        }
    }

    /** The file that {@code ssh -F} reads. */
    Path config() {
        return config;
    }

    /** What the tools find in their environment. */
    Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        environment.put("TOK", demo.variable(token));
        environment.put("SSH_ASKPASS", demo.variable("SSH_ASKPASS"));
        environment.put("SSH_ASKPASS_REQUIRE", "force");
        environment.put("GIT_SSH_COMMAND", "ssh -F " + config);
        environment.put("RSYNC_RSH", "ssh -F " + config);
        return environment;
    }

    /** One command on the host. */
    Run exec(String line) throws IOException {
        return ssh("web1", line);
    }

    /** One command on the host with this input. */
    Run exec(String line, byte[] input) throws IOException {
        return run(input, List.of("ssh", "-F", config.toString(), "web1", line));
    }

    /** ssh with these arguments, without input. */
    Run ssh(String... arguments) throws IOException {
        return tool("ssh", arguments);
    }

    /** A program that takes {@code -F}, without input. */
    Run tool(String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(program, "-F", config.toString()));
        command.addAll(List.of(arguments));
        return run(new byte[0], command);
    }

    /** Any program. */
    Run run(byte[] input, List<String> command) throws IOException {
        Path in = Files.createTempFile("ssh-", ".in");
        Path out = Files.createTempFile("ssh-", ".out");
        Path error = Files.createTempFile("ssh-", ".err");
        try {
            Files.write(in, input);
            Process process = start(command, in, out, error);
            if (!process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                throw new AssertionError(command + " did not end: " + Files.readString(error));
            }
            return new Run(
                    process.exitValue(),
                    Files.readString(out, StandardCharsets.ISO_8859_1),
                    Files.readString(error, StandardCharsets.ISO_8859_1));
        } catch (InterruptedException e) {
            throw new IOException(e);
        } finally {
            Files.delete(in);
            Files.delete(out);
            Files.delete(error);
        }
    }

    /** Starts a program that goes on. */
    Process start(List<String> command, Path in, Path out, Path error) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .redirectError(error.toFile());
        builder.environment().putAll(environment());
        return builder.start();
    }
}
