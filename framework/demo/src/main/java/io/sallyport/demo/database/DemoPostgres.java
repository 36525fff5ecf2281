package io.sallyport.demo.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;

/**
 * The embedded server. It speaks TLS with the demo's certificate and wants passwords from everyone, as a real target
 * would; only the process that made it knows the owner's.
 */
public final class DemoPostgres implements AutoCloseable {

    private static final String OWNER = "postgres";

    private final EmbeddedPostgres server;
    private final String ownerPassword;
    private final Map<DemoDatabase, Path> passwords;

    private DemoPostgres(EmbeddedPostgres server, String ownerPassword, Map<DemoDatabase, Path> passwords) {
        this.server = server;
        this.ownerPassword = ownerPassword;
        this.passwords = passwords;
    }

    /**
     * Starts the server and fills it.
     *
     * @param directory where its data and the accounts' password files go
     * @param certificate the server's certificate chain in PEM
     * @param key its private key in PEM
     */
    public static DemoPostgres start(Path directory, Path certificate, Path key) throws IOException, SQLException {
        // The library makes the directory of the server's programs writable for everyone: nobody else may come near it.
        Path own = Files.createTempDirectory(directory, "postgres-");
        Path data = own.resolve("data");
        Path programs = own.resolve("programs");
        Unpacking.ifNeeded(programs);
        EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setOverrideWorkingDirectory(programs.toFile())
                .setCleanDataDirectory(true)
                .setPGStartupWait(Duration.ofSeconds(60))
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("password_encryption", "scram-sha-256")
                .setServerConfig("fsync", "off")
                .setServerConfig("ssl_cert_file", certificate.toAbsolutePath().toString())
                .setServerConfig("ssl_key_file", key.toAbsolutePath().toString())
                .setServerConfig("ssl", "on")
                .start();
        try {
            Map<DemoDatabase, Path> passwords = new EnumMap<>(DemoDatabase.class);
            String ownerPassword = password();
            for (DemoDatabase database : DemoDatabase.values()) {
                passwords.put(database, fill(server, database, directory));
            }
            demandPasswords(server, data, ownerPassword);
            return new DemoPostgres(server, ownerPassword, passwords);
        } catch (IOException | SQLException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    /** The port on loopback. */
    public int port() {
        return server.getPort();
    }

    /** The file that holds the password of the database's account, readable by its owner only. */
    public Path passwordFile(DemoDatabase database) {
        Path file = passwords.get(database);
        if (file == null) {
            throw new IllegalStateException("every database was filled");
        }
        return file;
    }

    /** The way around the gateway, as the server's owner: to look at the truth. */
    public String ownerUrl(DemoDatabase database) {
        return "postgresql://" + OWNER + ":" + ownerPassword + "@127.0.0.1:" + port() + "/" + database.id();
    }

    /** A connection of the server's owner's. */
    public Connection owner(DemoDatabase database) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port() + "/" + database.id(), OWNER, ownerPassword);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private static Path fill(EmbeddedPostgres server, DemoDatabase database, Path directory)
            throws IOException, SQLException {
        String password = password();
        try (Connection connection = server.getDatabase(OWNER, OWNER).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE ROLE " + database.account() + " LOGIN PASSWORD '" + password + "'");
            if (database == DemoDatabase.SCRATCH) {
                statement.execute("CREATE ROLE app");
                statement.execute("GRANT app TO " + database.account());
            }
            statement.execute("CREATE DATABASE " + database.id() + " OWNER " + database.account());
        }
        try (Connection connection = server.getDatabase(OWNER, database.id()).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("REVOKE CONNECT ON DATABASE " + database.id() + " FROM PUBLIC");
            statement.execute("ALTER SCHEMA public OWNER TO " + database.account());
            statement.execute("SET ROLE " + database.account());
            for (String line : database.schema()) {
                statement.execute(line);
            }
        }
        Path file = directory.resolve(database.id() + ".password");
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(file, password);
    }

    private static void demandPasswords(EmbeddedPostgres server, Path data, String ownerPassword)
            throws IOException, SQLException {
        try (Connection connection = server.getDatabase(OWNER, OWNER).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER ROLE " + OWNER + " PASSWORD '" + ownerPassword + "'");
            Files.writeString(data.resolve("pg_hba.conf"), "host all all 127.0.0.1/32 scram-sha-256\n");
            statement.execute("SELECT pg_reload_conf()");
        }
    }

    private static String password() {
        byte[] bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
