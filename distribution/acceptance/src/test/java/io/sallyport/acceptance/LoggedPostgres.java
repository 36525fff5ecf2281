package io.sallyport.acceptance;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** A PostgreSQL of the machine that writes every statement into a log: what a target itself says was sent to it. */
final class LoggedPostgres implements AutoCloseable {

    private final Path directory;
    private final int port;
    private long read;

    private LoggedPostgres(Path directory, int port) {
        this.directory = directory;
        this.port = port;
    }

    static LoggedPostgres start() throws IOException {
        Path directory = Directories.make("sallyport-logged-");
        // Its owner is another account than the tests', if those run as root.
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        LoggedPostgres server = new LoggedPostgres(directory, port);
        server.tool("initdb", "-D", server.data(), "-A", "trust", "-U", "postgres", "-E", "UTF8", "--no-sync");
        server.resume();
        return server;
    }

    /** Starts it, also after {@link #halt()}. */
    void resume() throws IOException {
        tool(
                "pg_ctl",
                "-D",
                data(),
                "-w",
                "-l",
                directory.resolve("start.log").toString(),
                "-o",
                "-p " + port + " -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off"
                        + " -c log_statement=all -c max_connections=1100 -c shared_buffers=32MB -c log_line_prefix='%p '"
                        + " -c logging_collector=on -c log_directory=" + directory + " -c log_filename=statements.log"
                        + " -c log_file_mode=0644 -c log_rotation_size=0",
                "start");
    }

    /** Stops it, as a crash does. */
    void halt() throws IOException {
        tool("pg_ctl", "-D", data(), "-m", "immediate", "-w", "stop");
    }

    private void tool(String name, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            command.addAll(List.of("runuser", "-u", "postgres", "--"));
        }
        command.add(programs().resolve(name).toString());
        command.addAll(List.of(arguments));
        Demo.Run run = Demo.run(Map.of(), command);
        if (run.exit() != 0) {
            throw new IOException(command + ": " + run.all());
        }
    }

    /** Where the newest server of the machine is; skips the test if there is none. */
    private static Path programs() throws IOException {
        Path versions = Path.of("/usr/lib/postgresql");
        assumeTrue(Files.isDirectory(versions), "no PostgreSQL server is installed: apt-get install postgresql-15");
        try (Stream<Path> installed = Files.list(versions)) {
            Optional<Path> newest = installed
                    .map(version -> version.resolve("bin"))
                    .filter(programs -> Files.isExecutable(programs.resolve("initdb")))
                    .max(Path::compareTo);
            assumeTrue(newest.isPresent(), "no PostgreSQL server is installed: apt-get install postgresql-15");
            return newest.orElseThrow();
        }
    }

    private String data() {
        return directory.resolve("data").toString();
    }

    int port() {
        return port;
    }

    Connection direct() throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres");
    }

    void change(String sql) throws SQLException {
        try (Connection connection = direct();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** What a query says on the server itself. */
    String truth(String sql) throws SQLException {
        try (Connection connection = direct()) {
            return Demo.all(connection, sql);
        }
    }

    /** What was logged since the last call, whole: every other session has ended, and the log has caught up. */
    String settled(String account) throws SQLException, IOException {
        try (Connection connection = direct()) {
            Demo.await(Duration.ofSeconds(30), () -> sessions(connection, account) == 0);
        }
        String mark = UUID.randomUUID().toString();
        change("SELECT '" + mark + "'");
        StringBuilder text = new StringBuilder();
        Demo.await(
                Duration.ofSeconds(30), () -> text.append(more()).indexOf(mark, Math.max(0, text.length() - 4096)) > 0);
        return text.toString();
    }

    private static int sessions(Connection connection, String account) {
        try {
            return Integer.parseInt(
                    Demo.all(connection, "SELECT count(*) FROM pg_stat_activity WHERE usename = '" + account + "'"));
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private String more() {
        try (RandomAccessFile file =
                new RandomAccessFile(directory.resolve("statements.log").toFile(), "r")) {
            byte[] bytes = new byte[Math.toIntExact(file.length() - read)];
            file.seek(read);
            file.readFully(bytes);
            read += bytes.length;
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        halt();
        Demo.run(Map.of(), List.of("rm", "-rf", directory.toString()));
    }
}
