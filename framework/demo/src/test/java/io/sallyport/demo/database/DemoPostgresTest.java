package io.sallyport.demo.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.demo.tls.DemoCertificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("The demo's PostgreSQL")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DemoPostgresTest {

    private final DemoCertificates certificates;
    private final DemoPostgres server;

    DemoPostgresTest(@TempDir Path directory) throws IOException, SQLException {
        certificates = DemoCertificates.create(directory);
        server = DemoPostgres.start(directory, certificates.certificate(), certificates.key());
    }

    @AfterAll
    void stop() throws IOException {
        server.close();
    }

    @ParameterizedTest
    @EnumSource(DemoDatabase.class)
    @DisplayName("opens each database to its account over verified TLS")
    void account(DemoDatabase database) throws Exception {
        // When
        try (Connection connection = connect(database, Files.readString(server.passwordFile(database)));
                ResultSet row = connection
                        .createStatement()
                        .executeQuery("SELECT current_user, ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")) {
            row.next();

            // Then
            assertEquals(database.account(), row.getString(1));
            assertTrue(row.getBoolean(2));
        }
    }

    @Test
    @DisplayName("lets nobody in without the right password")
    void password() {
        // When
        SQLException refusal = assertThrows(SQLException.class, () -> connect(DemoDatabase.APP, "other"));

        // Then
        assertEquals("28P01", refusal.getSQLState());
    }

    @Test
    @DisplayName("keeps each account out of the other databases")
    void otherDatabase() throws Exception {
        // Given
        String password = Files.readString(server.passwordFile(DemoDatabase.BENCH));

        // When
        SQLException refusal = assertThrows(
                SQLException.class, () -> connect(DemoDatabase.APP.id(), DemoDatabase.BENCH.account(), password));

        // Then
        assertEquals("42501", refusal.getSQLState());
    }

    @Test
    @DisplayName("has an account that could drop what it must not drop")
    void powers() throws Exception {
        // Given
        try (Connection connection =
                connect(DemoDatabase.SCRATCH, Files.readString(server.passwordFile(DemoDatabase.SCRATCH)))) {
            connection.setAutoCommit(false);

            // When
            boolean rows = connection.createStatement().execute("DROP OWNED BY app CASCADE; DROP TABLE t, \"where\"");

            // Then
            assertEquals(false, rows);
            connection.rollback();
        }
    }

    private Connection connect(DemoDatabase database, String password) throws SQLException {
        return connect(database.id(), database.account(), password);
    }

    private Connection connect(String database, String account, String password) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", account);
        properties.setProperty("password", password);
        properties.setProperty("sslmode", "verify-full");
        properties.setProperty("sslrootcert", certificates.authority().toString());
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + server.port() + "/" + database, properties);
    }
}
