package io.sallyport.ssh;

import io.sallyport.api.ConnectorContext;
import io.sallyport.api.Limits;
import io.sallyport.api.config.HostPort;
import io.sallyport.api.session.SessionExecutor;
import io.sallyport.api.session.Sessions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

/** A running connector in front of a real host, with a core operated by hand, and the clients of OpenSSH. */
final class Gateway implements AutoCloseable {

    static final Limits LIMITS = new Limits(16L << 20, 64L << 20, 1L << 20, Duration.ofSeconds(5), 200);

    final FakeSessions sessions;
    final Path directory;
    final Map<String, String> environment = new HashMap<>();
    private final SshConnector connector;

    private Gateway(FakeSessions sessions) throws IOException {
        this.sessions = sessions;
        directory = Files.createTempDirectory("sallyport-ssh-");
        Path askpass = directory.resolve("askpass");
        Files.writeString(askpass, "#!/bin/sh\necho " + FakeSessions.TOKEN + "\n");
        Files.setPosixFilePermissions(askpass, PosixFilePermissions.fromString("rwx------"));
        environment.put("SSH_ASKPASS", askpass.toString());
        environment.put("SSH_ASKPASS_REQUIRE", "force");
        environment.put("LANG", "C.UTF-8");
        SshConfig config = new SshConfig(
                new HostPort("127.0.0.1", 0),
                directory.resolve("host"),
                directory.resolve("ca"),
                Duration.ofMinutes(5),
                2);
        connector = new SshConnector(config, new Context(sessions, LIMITS));
        connector.start();
        Run shown = Run.of(
                List.of("ssh-keygen", "-y", "-f", directory.resolve("host").toString()));
        Files.writeString(directory.resolve("known"), "[127.0.0.1]:" + port() + " " + shown.text());
    }

    static Gateway start() throws IOException {
        return to(TestHost.get());
    }

    static Gateway to(TestHost host) throws IOException {
        return to(host.address(), host.userKey(), host.known());
    }

    static Gateway to(HostPort target, String key, Path known) throws IOException {
        return new Gateway(new FakeSessions(target, "root", key, new SshTarget(known)));
    }

    int port() {
        return connector.address().getPort();
    }

    List<String> options() {
        return List.of(
                "-F", "none",
                "-o", "UserKnownHostsFile=" + directory.resolve("known"),
                "-o", "StrictHostKeyChecking=yes",
                "-o", "BatchMode=no",
                "-o", "IdentitiesOnly=yes",
                "-o", "IdentityFile=none",
                "-o", "PreferredAuthentications=password");
    }

    /** The command line of ssh to the target. */
    List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(List.of("ssh", "-p", Integer.toString(port())));
        command.addAll(options());
        command.addAll(Arrays.asList(arguments));
        return command;
    }

    Run.Running start(String... arguments) {
        return Run.Running.start(command(arguments), environment, null);
    }

    /** ssh with options, or the user and host among them. */
    Run ssh(byte[] input, String... arguments) {
        return start(arguments).finish(input);
    }

    /** A command on the target. */
    Run exec(String line) {
        return ssh(new byte[0], "web1@127.0.0.1", line);
    }

    /** sftp with a batch of commands, or scp. */
    Run files(String program, String batch, String... arguments) {
        List<String> command = new ArrayList<>(List.of(program, "-P", Integer.toString(port())));
        command.addAll(options());
        command.addAll(Arrays.asList(arguments));
        return Run.Running.start(command, environment, directory).finish(batch.getBytes(StandardCharsets.UTF_8));
    }

    /** A script for python3 with asyncssh; `PORT`, `USER` and `TOKEN` are there. */
    Run python(String script) {
        Map<String, String> all = new HashMap<>(environment);
        all.put("PORT", Integer.toString(port()));
        all.put("TOKEN", FakeSessions.TOKEN);
        return Run.Running.start(List.of("/usr/bin/python3", "-c", script), all, directory)
                .finish(new byte[0]);
    }

    void drain(Duration deadline) {
        connector.drain(deadline);
    }

    @Override
    public void close() {
        connector.drain(Duration.ZERO);
        TestHost.remove(directory);
    }

    private record Context(Sessions sessions, Limits limits) implements ConnectorContext {

        @Override
        public String name() {
            return "ssh";
        }

        @Override
        public InstantSource clock() {
            return InstantSource.system();
        }

        @Override
        public SessionExecutor register(Executor executor, BooleanSupplier inThread) {
            return new SessionExecutor() {
                @Override
                public boolean inThread() {
                    return inThread.getAsBoolean();
                }

                @Override
                public void execute(Runnable command) {
                    executor.execute(command);
                }
            };
        }
    }
}
