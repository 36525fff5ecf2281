package io.sallyport.ssh;

import io.sallyport.api.config.HostPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A real OpenSSH server on loopback, one for all tests: with a host key, a user key and a configuration of its own. */
final class TestHost {

    private static @Nullable TestHost one;

    final Path directory;
    final int port;
    private final Process process;

    private TestHost(Path directory, int port, Process process) {
        this.directory = directory;
        this.port = port;
        this.process = process;
    }

    static synchronized TestHost get() {
        TestHost host = one;
        if (host == null) {
            try {
                host = start(List.of());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            one = host;
        }
        return host;
    }

    static TestHost start(List<String> more) throws IOException {
        Path directory = Files.createTempDirectory("sallyport-sshd-");
        key(directory.resolve("host"));
        key(directory.resolve("user"));
        Files.copy(directory.resolve("user.pub"), directory.resolve("authorized"));
        // Read by the account that logs in.
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        int port = freePort();
        // sshd wants it when it runs as root.
        Files.createDirectories(Path.of("/run/sshd"));
        // The first of several lines with one key counts.
        List<String> lines = new java.util.ArrayList<>(more);
        lines.addAll(List.of(
                "ListenAddress 127.0.0.1",
                "Port " + port,
                "HostKey " + directory.resolve("host"),
                "AuthorizedKeysFile " + directory.resolve("authorized"),
                "PidFile none",
                "StrictModes no",
                "UsePAM no",
                "PermitRootLogin yes",
                "PasswordAuthentication no",
                "MaxStartups 100",
                "MaxSessions 10",
                "PermitUserEnvironment no",
                "AcceptEnv *",
                "Subsystem sftp internal-sftp",
                "LogLevel VERBOSE"));
        Files.write(directory.resolve("config"), lines);
        Process process = new ProcessBuilder(
                        "/usr/sbin/sshd",
                        "-D",
                        "-e",
                        "-f",
                        directory.resolve("config").toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            process.destroy();
            remove(directory);
        }));
        TestHost host = new TestHost(directory, port, process);
        Await.until("the server accepts", host::accepts);
        Files.writeString(
                directory.resolve("known"),
                "[127.0.0.1]:" + port + " " + Files.readString(directory.resolve("host.pub")));
        return host;
    }

    static void remove(Path directory) {
        try (var files = Files.walk(directory)) {
            files.sorted(java.util.Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean accepts() {
        if (!process.isAlive()) {
            throw new IllegalStateException("sshd ended: " + log());
        }
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    String log() {
        try {
            return Files.readString(directory.resolve("log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    static void key(Path file) throws IOException {
        Run run = Run.of(List.of("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", file.toString()));
        if (run.status() != 0) {
            throw new IOException("ssh-keygen: " + run.error());
        }
    }

    HostPort address() {
        return new HostPort("127.0.0.1", port);
    }

    String userKey() {
        try {
            return Files.readString(directory.resolve("user"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path known() {
        return directory.resolve("known");
    }
}
