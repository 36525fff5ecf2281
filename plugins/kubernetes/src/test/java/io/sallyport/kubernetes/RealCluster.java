package io.sallyport.kubernetes;

import io.sallyport.api.config.HostPort;
import io.sallyport.api.config.Secret;
import io.sallyport.api.credential.Credential.Part;
import io.sallyport.kubernetes.credential.KubeconfigCredentials;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * A real kube-apiserver with etcd, controllers and a kubelet, on loopback, started once. Where its programs are missing, the
 * tests that need it are skipped.
 */
final class RealCluster {

    private static final Path BINARIES = Path.of(
            System.getProperty("sallyport.kube", System.getProperty("user.home") + "/.cache/sallyport/kube-real"));

    private static @Nullable RealCluster started;

    final Path run;
    final int port;

    private RealCluster(Path run, int port) {
        this.run = run;
        this.port = port;
    }

    /** The cluster, started if it is not. */
    static synchronized RealCluster get() {
        Assumptions.assumeTrue(
                Files.isExecutable(BINARIES.resolve("kube-apiserver"))
                        && Files.isRegularFile(scripts().resolve("start.sh")),
                "no kube-apiserver in " + BINARIES + ": '../shared/kube-real/build.sh " + BINARIES + "' builds it");
        if (started == null) {
            try {
                started = start();
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        return started;
    }

    private static Path scripts() {
        Path directory = Path.of("").toAbsolutePath();
        while (directory != null) {
            Path candidate = directory.resolveSibling("shared").resolve("kube-real");
            if (Files.isDirectory(candidate)) {
                return candidate;
            }
            directory = directory.getParent();
        }
        return Path.of(System.getProperty("sallyport.kube.scripts", "/nonexistent"));
    }

    private static RealCluster start() throws IOException, InterruptedException {
        Path run = Files.createTempDirectory("sallyport-kube");
        List<Integer> ports = new ArrayList<>();
        List<ServerSocket> held = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            held.add(socket);
            ports.add(socket.getLocalPort());
        }
        for (ServerSocket socket : held) {
            socket.close();
        }
        Map<String, String> environment = Map.of(
                "KUBE_BIN", BINARIES.toString(),
                "API_PORT", ports.get(0).toString(),
                "ETCD_PORT", ports.get(1).toString(),
                "ETCD_PEER_PORT", ports.get(2).toString(),
                "KCM_PORT", ports.get(3).toString(),
                "KUBELET_PORT", ports.get(4).toString());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(run)));
        int exit = script("start.sh", run, environment);
        if (exit != 0) {
            throw new IOException("start.sh ended with " + exit + ", see " + run);
        }
        return new RealCluster(run, ports.get(0));
    }

    private static int script(String name, Path run, Map<String, String> environment)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                        "bash", scripts().resolve(name).toString(), run.toString())
                .redirectErrorStream(true)
                .redirectOutput(run.resolve(name + ".out").toFile());
        builder.environment().putAll(environment);
        return builder.start().waitFor();
    }

    private static void stop(Path run) {
        try {
            script("stop.sh", run, Map.of());
            try (var files = Files.walk(run)) {
                files.sorted(java.util.Comparator.reverseOrder())
                        .map(Path::toFile)
                        .forEach(File::delete);
            }
        } catch (IOException | InterruptedException e) {
            System.err.println("the cluster in " + run + " was not stopped: " + e);
        }
    }

    HostPort address() {
        return new HostPort("127.0.0.1", port);
    }

    Path kubeconfig(String user) {
        return run.resolve(user + ".kubeconfig");
    }

    Map<Part, Secret> credential(String user, String use) {
        return KubeconfigCredentials.read(kubeconfig(user), use);
    }

    /** Runs kubectl against the cluster itself. */
    Kubectl direct() {
        return new Kubectl(BINARIES.resolve("kubectl"), kubeconfig("admin"));
    }

    /** Runs kubectl against a gateway. */
    Kubectl through(Gateway gateway, String token) throws IOException {
        Path file = Files.createTempFile(run, "gateway", ".kubeconfig");
        Files.writeString(file, """
                apiVersion: v1
                kind: Config
                clusters: [{name: gw, cluster: {server: "%s", certificate-authority: "%s"}}]
                users: [{name: me, user: {token: "%s"}}]
                contexts: [{name: gw, context: {cluster: gw, user: me, namespace: default}}]
                current-context: gw
                """.formatted(gateway.url(), gateway.certificate, token));
        return new Kubectl(BINARIES.resolve("kubectl"), file);
    }

    /** Runs kubectl with one kubeconfig. */
    record Kubectl(Path program, Path kubeconfig) {

        ProcessBuilder command(String... arguments) {
            List<String> command = new ArrayList<>();
            command.add(program.toString());
            command.addAll(List.of(arguments));
            ProcessBuilder builder = new ProcessBuilder(command);
            builder.environment().put("KUBECONFIG", kubeconfig.toString());
            builder.environment().put("HOME", kubeconfig.resolveSibling(".").toString());
            return builder;
        }

        Result run(String... arguments) {
            return run(new byte[0], Map.of(), arguments);
        }

        Result run(byte[] input, Map<String, String> environment, String... arguments) {
            try {
                Path out = Files.createTempFile(kubeconfig.resolveSibling("."), "out", "");
                Path err = Files.createTempFile(kubeconfig.resolveSibling("."), "err", "");
                Path in = Files.createTempFile(kubeconfig.resolveSibling("."), "in", "");
                Files.write(in, input);
                ProcessBuilder builder = command(arguments)
                        .redirectInput(in.toFile())
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile());
                builder.environment().putAll(environment);
                Process process = builder.start();
                if (!process.waitFor(120, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    throw new IllegalStateException(
                            "kubectl " + List.of(arguments) + " does not end: " + Files.readString(err));
                }
                Result result = new Result(process.exitValue(), Files.readAllBytes(out), Files.readString(err));
                Files.delete(out);
                Files.delete(err);
                Files.delete(in);
                return result;
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** What kubectl said. */
    record Result(int exit, byte[] bytes, String err) {

        String out() {
            return new String(bytes, StandardCharsets.UTF_8);
        }

        @Override
        public String toString() {
            return "exit " + exit + "\n" + out() + "\n" + err;
        }
    }
}
