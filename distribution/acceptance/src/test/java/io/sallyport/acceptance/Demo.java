package io.sallyport.acceptance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** The demo of the unpacked zip, started once for all tests of the build, as a user starts it. */
final class Demo {

    private static final Duration START = Duration.ofMinutes(3);

    private final Path directory;
    private final Process process;
    private final Map<String, String> variables;

    private Demo(Path directory, Process process, Map<String, String> variables) {
        this.directory = directory;
        this.process = process;
        this.variables = variables;
    }

    private static final class Shared {
        static final Demo INSTANCE = start();
    }

    static Demo shared() {
        return Shared.INSTANCE;
    }

    /** Where the zip is unpacked. */
    static Path home() {
        return Path.of(System.getProperty("sallyport.home")).toAbsolutePath().normalize();
    }

    private static Demo start() {
        try {
            Path directory = Directories.make("sallyport-acceptance-");
            Path log = directory.resolve("demo.log");
            Process process = new ProcessBuilder(
                            home().resolve("bin/sallyport").toString(),
                            "demo",
                            "--dir",
                            directory.toString(),
                            "--ports",
                            "free")
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(process, directory)));
            Path variables = directory.resolve("demo.env");
            await(START, () -> Files.exists(variables) || !process.isAlive());
            if (!Files.exists(variables)) {
                throw new IllegalStateException("the demo did not start:\n" + Files.readString(log));
            }
            return new Demo(directory, process, read(variables));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void stop(Process process, Path directory) {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            if (!Boolean.getBoolean("sallyport.keep")) {
                Directories.remove(directory);
            }
        } catch (InterruptedException | IOException e) {
            process.destroyForcibly();
        }
    }

    private static Map<String, String> read(Path file) throws IOException {
        Map<String, String> variables = new HashMap<>();
        for (String line : Files.readAllLines(file)) {
            String assignment = line.startsWith("export ") ? line.substring(7) : line;
            int equals = assignment.indexOf('=');
            if (equals > 0 && !assignment.startsWith("#")) {
                String value = assignment.substring(equals + 1);
                boolean quoted = value.length() >= 2 && (value.startsWith("'") || value.startsWith("\""));
                variables.put(assignment.substring(0, equals), quoted ? value.substring(1, value.length() - 1) : value);
            }
        }
        return variables;
    }

    static void await(Duration atMost, BooleanSupplier condition) {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within " + atMost);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    String variable(String name) {
        String value = variables.get(name);
        if (value == null) {
            throw new IllegalStateException("demo.env has no " + name + ", only " + variables.keySet());
        }
        return value;
    }

    int port() {
        return Integer.parseInt(variable("PG_PORT"));
    }

    Path journal() {
        return Path.of(variable("JOURNAL_DIR"));
    }

    Path directory() {
        return directory;
    }

    long pid() {
        return process.pid();
    }

    /** Through the gateway, as an ordinary driver connects. */
    Connection connect(String target, String token) throws SQLException {
        return connect(target, token, new Properties());
    }

    Connection connect(String target, String token, Properties more) throws SQLException {
        return connect(port(), target, token, more);
    }

    /** Through another gateway that knows the demo's tokens. */
    Connection connect(int port, String target, String token, Properties more) throws SQLException {
        Properties properties = new Properties();
        properties.putAll(more);
        properties.setProperty("user", "anybody");
        properties.setProperty("password", variable(token));
        properties.setProperty("sslmode", "verify-full");
        properties.setProperty("sslrootcert", variable("CA_FILE"));
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/" + target, properties);
    }

    /** Straight to a database of the target, as its owner: the truth. */
    Connection direct(String database) throws SQLException {
        java.net.URI url = java.net.URI.create(variable("TARGET_PG_URL"));
        String[] user = url.getUserInfo().split(":", 2);
        Properties properties = new Properties();
        properties.setProperty("user", user[0]);
        properties.setProperty("password", user.length > 1 ? user[1] : "");
        return DriverManager.getConnection(
                "jdbc:postgresql://" + url.getHost() + ":" + url.getPort() + "/" + database, properties);
    }

    /** What a query says on the target itself, rows joined by newlines and columns by bars, as psql -At prints. */
    String truth(String database, String sql) throws SQLException {
        try (Connection connection = direct(database)) {
            return all(connection, sql);
        }
    }

    /** Runs as the owner. */
    void change(String database, String sql) throws SQLException {
        try (Connection connection = direct(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static String all(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> lines = new ArrayList<>();
            int columns = rows.getMetaData().getColumnCount();
            while (rows.next()) {
                List<String> values = new ArrayList<>();
                for (int i = 1; i <= columns; i++) {
                    String value = rows.getString(i);
                    values.add(value == null ? "" : value);
                }
                lines.add(String.join("|", values));
            }
            return String.join("\n", lines);
        }
    }

    /** Skips what needs PostgreSQL's own clients where they are not installed. */
    static void needsClients() {
        boolean installed = java.util.Arrays.stream(System.getenv("PATH").split(java.io.File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, "psql")));
        org.junit.jupiter.api.Assumptions.assumeTrue(
                installed,
                "psql, pgbench and pg_dump are not installed: apt-get install postgresql-client-15 postgresql-15");
    }

    /** psql through the gateway. */
    Run psql(String target, String token, String... arguments) throws IOException {
        return psql(port(), target, token, arguments);
    }

    /** psql through another gateway that knows the demo's tokens. */
    Run psql(int port, String target, String token, String... arguments) throws IOException {
        needsClients();
        List<String> command = new ArrayList<>(List.of(
                "psql",
                "host=127.0.0.1 port=" + port + " dbname=" + target + " user=x sslmode=verify-full sslrootcert="
                        + variable("CA_FILE"),
                "-X",
                "-At",
                "-v",
                "ON_ERROR_STOP=0"));
        command.addAll(List.of(arguments));
        return run(Map.of("PGPASSWORD", variable(token)), command);
    }

    /** The CLI of the zip, as the person with this token. */
    Run sallyport(String token, String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(home().resolve("bin/sallyport").toString()));
        command.addAll(List.of(arguments));
        return run(
                Map.of(
                        "SALLYPORT_URL",
                        variable("ADMIN_URL"),
                        "SALLYPORT_CA",
                        variable("CA_FILE"),
                        "SALLYPORT_TOKEN",
                        variable(token)),
                command);
    }

    static Run run(Map<String, String> environment, List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        Path out = Files.createTempFile("run-", ".out");
        Path error = Files.createTempFile("run-", ".err");
        try {
            Process process = builder.redirectOutput(out.toFile())
                    .redirectError(error.toFile())
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(120, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(command + " did not end: " + Files.readString(error));
            }
            return new Run(
                    process.exitValue(),
                    Files.readString(out, StandardCharsets.UTF_8),
                    Files.readString(error, StandardCharsets.UTF_8));
        } catch (InterruptedException e) {
            throw new IOException(e);
        } finally {
            Files.delete(out);
            Files.delete(error);
        }
    }

    /** What a process said. */
    record Run(int exit, String out, String error) {

        String all() {
            return out + error;
        }
    }
}
