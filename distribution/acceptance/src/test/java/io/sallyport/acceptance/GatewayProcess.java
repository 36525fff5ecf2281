package io.sallyport.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A gateway of the unpacked zip in a process of its own, {@code bin/sallyport serve}: it takes its tokens and targets
 * from the demo, has a journal and a store of its own, and can be killed and started again.
 */
final class GatewayProcess implements AutoCloseable {

    private static final Duration START = Duration.ofMinutes(3);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern LISTENER = Pattern.compile("listen: 127\\.0\\.0\\.1:(\\d+)");
    private static final Set<String> OF_A_RUN = Set.of("journal", "store.db", "demo.", "sallyport.yaml", "issuer.key");

    private final Demo demo;
    private final Path directory;
    private final Map<String, Integer> ports;
    private final int port;
    private final int adminPort;
    private final String javaOptions;
    private @Nullable Process process;

    private GatewayProcess(Demo demo, Path directory, Map<String, Integer> ports, String javaOptions) {
        this.demo = demo;
        this.directory = directory;
        this.ports = Map.copyOf(ports);
        this.port = portOf("PG_PORT");
        String admin = demo.variable("ADMIN_URL");
        this.adminPort = other(admin.substring(admin.lastIndexOf(':') + 1));
        this.javaOptions = javaOptions;
    }

    /** Where it listens for what the demo has on the port that a variable names. */
    int portOf(String variable) {
        return other(demo.variable(variable));
    }

    private int other(String port) {
        Integer other = ports.get(port);
        if (other == null) {
            throw new IllegalStateException("the demo does not listen on " + port);
        }
        return other;
    }

    /** A gateway with the demo's configuration, changed; it is not started yet. */
    static GatewayProcess configure(Demo demo, String javaOptions, UnaryOperator<String> change) throws IOException {
        Path directory = Directories.make("sallyport-gateway-");
        copy(demo.directory(), directory);
        Map<String, Integer> ports = new HashMap<>();
        String text = otherPorts(Files.readString(demo.directory().resolve("sallyport.yaml")), ports)
                .replace("directory: ./journal,", "directory: ./journal, segment-size: 4MiB,");
        Files.writeString(directory.resolve("sallyport.yaml"), change.apply(text));
        return new GatewayProcess(demo, directory, ports, javaOptions);
    }

    /** Every listener on a port that nobody has; the ports by those of the demo. */
    private static String otherPorts(String text, Map<String, Integer> ports) throws IOException {
        List<ServerSocket> held = new ArrayList<>();
        try {
            return LISTENER.matcher(text).replaceAll(listener -> {
                try {
                    ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                    held.add(any);
                    ports.put(listener.group(1), any.getLocalPort());
                    return "listen: 127.0.0.1:" + any.getLocalPort();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } finally {
            for (ServerSocket any : held) {
                any.close();
            }
        }
    }

    /** A started gateway with the demo's configuration, changed. */
    static GatewayProcess start(Demo demo, String javaOptions, UnaryOperator<String> change) throws IOException {
        GatewayProcess gateway = configure(demo, javaOptions, change);
        gateway.start();
        return gateway;
    }

    /** Certificates, keys and credentials; what the demo has written while it ran stays with it. */
    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = String.valueOf(file.getFileName());
                if (OF_A_RUN.stream().noneMatch(name::startsWith)) {
                    Files.copy(file, to.resolve(name));
                }
            }
        }
    }

    /** Starts the process and waits until it accepts. */
    void start() throws IOException {
        Process started = launch();
        Demo.await(START, () -> ports.values().stream().allMatch(GatewayProcess::accepts) || !started.isAlive());
        if (!started.isAlive()) {
            throw new IllegalStateException("the gateway did not start:\n" + log());
        }
    }

    /** Starts the process without waiting for anything. */
    Process launch() throws IOException {
        // A build that runs without a terminal may have told its children to ignore SIGHUP; a gateway must not inherit
        // that.
        ProcessBuilder builder = new ProcessBuilder(
                "env",
                "--default-signal=HUP",
                Demo.home().resolve("bin/sallyport").toString(),
                "serve",
                "--drain",
                "1",
                configuration().toString());
        builder.environment().put("JAVA_OPTS", javaOptions);
        Process started = builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile().toFile()))
                .start();
        process = started;
        Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
        return started;
    }

    private static boolean accepts(int port) {
        try (var socket = new java.net.Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** {@code kill -9}, and waits until it is gone. */
    void kill() throws InterruptedException {
        running().destroyForcibly().waitFor();
    }

    /** SIGTERM, and waits until it is gone. */
    void stop() throws InterruptedException {
        running().destroy();
        if (!running().waitFor(40, TimeUnit.SECONDS)) {
            kill();
            throw new AssertionError("the gateway did not stop");
        }
    }

    private Process running() {
        Process current = process;
        if (current == null) {
            throw new IllegalStateException("it was never started");
        }
        return current;
    }

    boolean alive() {
        return running().isAlive();
    }

    long pid() {
        return running().pid();
    }

    int port() {
        return port;
    }

    Path directory() {
        return directory;
    }

    Path configuration() {
        return directory.resolve("sallyport.yaml");
    }

    Path journal() {
        return directory.resolve("journal");
    }

    private Path logFile() {
        return directory.resolve("gateway.log");
    }

    /** What the process has said so far, over all its starts. */
    String log() {
        try {
            return Files.exists(logFile()) ? Files.readString(logFile()) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many threads the process has now. */
    int threads() {
        try (Stream<Path> tasks = Files.list(Path.of("/proc", Long.toString(pid()), "task"))) {
            return Math.toIntExact(tasks.count());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A figure of the process's memory in KiB, such as {@code VmHWM}, the most that was ever resident. */
    long memory(String name) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid()), "status"))) {
            if (line.startsWith(name + ":")) {
                return Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        throw new IOException("no " + name);
    }

    Connection connect(String target, String token, Properties more) throws SQLException {
        return demo.connect(port, target, token, more);
    }

    RawPostgres login(String target, String token, String... parameters) throws IOException {
        return RawPostgres.login(demo, port, target, token, parameters);
    }

    /** The CLI of the zip against this gateway, as the person with this token. */
    Demo.Run cli(String token, String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(Demo.home().resolve("bin/sallyport").toString()));
        command.addAll(List.of(arguments));
        return Demo.run(
                Map.of(
                        "SALLYPORT_URL",
                        adminUrl(),
                        "SALLYPORT_CA",
                        demo.variable("CA_FILE"),
                        "SALLYPORT_TOKEN",
                        demo.variable(token)),
                command);
    }

    /** psql through this gateway. */
    Demo.Run psql(String target, String token, String... arguments) throws IOException {
        return demo.psql(port, target, token, arguments);
    }

    /** {@code journal verify} with the gateway's own public key. */
    Demo.Run verify() throws IOException {
        return cli(
                "TOKEN_AUDITOR",
                "journal",
                "verify",
                journal().toString(),
                "--key",
                journal().resolve("journal.pub").toString());
    }

    String adminUrl() {
        return "https://127.0.0.1:" + adminPort;
    }

    AdminApi admin(String token) throws IOException {
        return new AdminApi(demo, adminUrl(), demo.variable(token));
    }

    /** All records of the journal as their lines of JSON, in order. */
    List<JsonNode> records() throws IOException {
        List<JsonNode> records = new ArrayList<>();
        new JournalLines(journal()).read(line -> records.add(parse(line)));
        return records;
    }

    static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        Process current = process;
        if (current != null && current.isAlive()) {
            current.destroyForcibly();
            current.onExit().join();
        }
        if (!Boolean.getBoolean("sallyport.keep")) {
            Directories.remove(directory);
        }
    }
}
