package io.sallyport.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.api.config.HostPort;
import io.sallyport.postgres.PostgresConfig.ServerTls;
import io.sallyport.postgres.PostgresTarget.Mode;
import io.sallyport.postgres.PostgresTarget.TargetTls;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("A target that is reached in TLS")
@SuppressWarnings("NullAway.Init")
class TlsTargetTest {

    @TempDir
    private static Path directory;

    private static EmbeddedPostgres postgres;
    private static ServerTls other;
    private static Path authorities;

    @BeforeAll
    static void startServer() throws Exception {
        ServerTls own = Certificates.make(Files.createDirectory(directory.resolve("own")), "localhost");
        other = Certificates.make(Files.createDirectory(directory.resolve("other")), "localhost");
        authorities = directory.resolve("authorities.crt");
        Files.writeString(authorities, Files.readString(own.certificate()) + Files.readString(other.certificate()));
        Files.setPosixFilePermissions(own.key(), PosixFilePermissions.fromString("rw-------"));
        postgres = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "off")
                .setServerConfig("ssl", "on")
                .setServerConfig("ssl_cert_file", own.certificate().toString())
                .setServerConfig("ssl_key_file", own.key().toString())
                .start();
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE ROLE " + TestServer.ACCOUNT + " LOGIN SUPERUSER PASSWORD '" + TestServer.PASSWORD + "'");
            statement.execute("CREATE DATABASE app OWNER " + TestServer.ACCOUNT);
            try (ResultSet file = statement.executeQuery("SHOW hba_file")) {
                file.next();
                Files.writeString(
                        Path.of(file.getString(1)),
                        "host all postgres 127.0.0.1/32 trust\nlocal all all trust\nhostssl all all all scram-sha-256\n");
            }
            statement.execute("SELECT pg_reload_conf()");
        }
    }

    @AfterAll
    static void stopServer() throws IOException {
        postgres.close();
    }

    private static HostPort server() {
        return new HostPort("127.0.0.1", postgres.getPort());
    }

    @ParameterizedTest
    @EnumSource(names = {"VERIFY_FULL", "VERIFY_CA"})
    @DisplayName("is logged in to with SCRAM that is bound to the connection")
    void bound(Mode mode) throws IOException {
        try (Gateway gateway = Gateway.to(server(), Gateway.LIMITS, null, new TargetTls(mode, authorities));
                RawClient client = gateway.client()) {
            // When
            String answer = client.query("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")
                    .talk(1);

            // Then
            assertEquals("T D[t] C(SELECT 1) Z(I)", answer);
        }
    }

    @Test
    @DisplayName("is not logged in to through somebody in the middle, though the certificate there is trusted")
    void middleMan() throws Exception {
        try (MiddleMan between = new MiddleMan(server(), other);
                Gateway gateway = Gateway.to(
                        between.address(), Gateway.LIMITS, null, new TargetTls(Mode.VERIFY_FULL, authorities));
                RawClient client = new RawClient(gateway.address())) {
            // When
            List<RawClient.Message> answer =
                    client.startup(196608, "app").password(FakeSessions.TOKEN).exchange(1);

            // Then
            RawClient.Message error = answer.get(2);
            assertEquals("FATAL", error.field('S'));
            assertTrue(
                    gateway.sessions.last().notes.toString().contains("channel binding"),
                    gateway.sessions.last().notes + " " + error.field('M'));
        }
    }

    @Test
    @DisplayName("is not reached if its certificate is not trusted")
    void untrusted() throws Exception {
        try (Gateway gateway =
                        Gateway.to(server(), Gateway.LIMITS, null, new TargetTls(Mode.VERIFY_CA, other.certificate()));
                RawClient client = new RawClient(gateway.address())) {
            // When
            List<RawClient.Message> answer =
                    client.startup(196608, "app").password(FakeSessions.TOKEN).exchange(1);

            // Then
            assertEquals("E(08001)", answer.get(2).toString());
            assertTrue(answer.get(2).field('M').contains("certificate does not verify"), "PG-11");
        }
    }
}
