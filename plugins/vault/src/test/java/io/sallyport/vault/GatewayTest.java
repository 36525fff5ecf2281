package io.sallyport.vault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.demo.vault.Database;
import io.sallyport.demo.vault.StandInVault;
import io.sallyport.launch.Gateway;
import io.sallyport.plugin.PluginCatalog;
import io.sallyport.postgres.PostgresPlugin;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A session through the gateway on a real PostgreSQL")
@SuppressWarnings("NullAway.Init")
final class GatewayTest {

    private static final String TEXT = """
            node: test
            store: { url: "jdbc:sqlite:./store.db" }
            journal: { directory: ./journal, signing-key: ./journal.key, segment-size: 1MiB }
            issuers: [ { name: demo, issuer: "%s", audiences: [sallyport] } ]
            connectors: [ { name: pg, type: postgres, config: { listen: "127.0.0.1:0", plaintext: loopback } } ]
            credential-sources:
              - name: vault
                type: vault
                config:
                  address: %s
                  auth: { approle: { role-id: "${file:%s}", secret-id: "${file:%s}" } }
            targets:
              - name: app
                connector: pg
                address: postgres://127.0.0.1:%d/postgres
                tls: { mode: disable }
                credential: { source: vault, path: database/creds/app%s }
            grants:
              - name: readers
                who: { issuer: demo, subjects: [alice, bob] }
                targets: [app]
                databases: [postgres]
                scope: [ { verbs: [select], resources: [public.customers] } ]
                uncovered: deny
            """;

    private static EmbeddedPostgres postgres;

    @TempDir
    Path directory;

    private StandInVault vault;
    private Issuer issuer;
    private Gateway gateway;

    @BeforeAll
    static void postgres() throws Exception {
        postgres = EmbeddedPostgres.builder()
                .setServerConfig("password_encryption", "scram-sha-256")
                .setServerConfig("fsync", "off")
                .start();
        execute("CREATE TABLE customers(id int); INSERT INTO customers VALUES (1), (2);"
                + " CREATE ROLE readers; GRANT SELECT ON customers TO readers");
        Files.writeString(
                Path.of(texts("SHOW hba_file").get(0)),
                "host all postgres 127.0.0.1/32 trust\nlocal all all trust\nhost all all all scram-sha-256\n");
        execute("SELECT pg_reload_conf()");
    }

    @AfterAll
    static void stopPostgres() throws IOException {
        postgres.close();
    }

    @BeforeEach
    void start() throws Exception {
        vault = StandInVault.start(new Roles());
        issuer = new Issuer();
    }

    @AfterEach
    void stop() throws Exception {
        if (gateway != null) {
            gateway.close();
        }
        issuer.close();
        vault.close();
    }

    private static Connection admin() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres?user=postgres&ApplicationName=admin");
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = admin();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<String> texts(String sql) throws SQLException {
        try (Connection connection = admin();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> texts = new ArrayList<>();
            while (rows.next()) {
                texts.add(String.valueOf(rows.getString(1)));
            }
            return texts;
        }
    }

    /** The roles that the engine made and that are there still. */
    private static List<String> roles() {
        try {
            return texts("SELECT rolname FROM pg_roles WHERE rolname LIKE 'v-approle-%'");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Statements as a role of the database engine has them; a role with open sessions is dropped all the same. */
    private static final class Roles implements Database {

        @Override
        public void create(String role, String password) throws SQLException {
            execute("CREATE ROLE \"" + role + "\" LOGIN PASSWORD '" + password + "' IN ROLE readers");
        }

        @Override
        public void drop(String role) throws SQLException {
            execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '" + role
                    + "'; DROP ROLE IF EXISTS \"" + role + "\"");
        }
    }

    private void gateway(String reuse) throws Exception {
        Path role = Files.writeString(directory.resolve("role-id"), "gateway\n");
        Path secret = Files.writeString(directory.resolve("secret-id"), vault.state.loginSecret + "\n");
        Path file = Files.writeString(
                directory.resolve("sallyport.yaml"),
                TEXT.formatted(issuer.url(), vault.address(), role, secret, postgres.getPort(), reuse));
        gateway =
                Gateway.start(Gateway.read(file, PluginCatalog.of(new VaultPlugin(), new PostgresPlugin())), List.of());
    }

    private Connection session(String subject) throws Exception {
        InetSocketAddress address = gateway.addresses().get("pg");
        assertNotNull(address);
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + address.getPort()
                + "/app?sslmode=disable&user=x&password=" + issuer.token(subject));
    }

    private static int customers(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT id FROM public.customers")) {
            int count = 0;
            while (rows.next()) {
                count++;
            }
            return count;
        }
    }

    private static void gone() {
        World.await("the roles are dropped", () -> roles().isEmpty());
    }

    @Test
    @DisplayName("has a role of its own, which is gone after its end")
    void ownRole() throws Exception {
        // Given
        gateway("");
        Set<String> used;
        try (Connection alice = session("alice");
                Connection bob = session("bob")) {
            // When
            assertEquals(2, customers(alice));
            assertEquals(2, customers(bob));
            used = Set.copyOf(texts("SELECT usename FROM pg_stat_activity WHERE usename LIKE 'v-approle-%'"));

            // Then
            assertEquals(2, used.size());
            assertEquals(used, Set.copyOf(roles()));
        }
        gone();
        assertEquals(List.of(), vault.state.leases());
    }

    @Test
    @DisplayName("shares its role with the principal's other sessions where the target says reuse, until the last ends")
    void reuse() throws Exception {
        // Given
        gateway(", reuse: 5m");
        Connection first = session("alice");
        Connection second = session("alice");

        // When
        assertEquals(1, roles().size());
        first.close();

        // Then
        assertEquals(2, customers(second));
        second.close();
        gone();
    }

    @Test
    @DisplayName("that is open when the gateway stops leaves no role behind")
    void stopped() throws Exception {
        // Given
        gateway("");
        Connection open = session("alice");
        assertEquals(1, roles().size());

        // When
        gateway.close();

        // Then
        assertEquals(List.of(), roles());
        assertThrows(SQLException.class, () -> customers(open));
        open.close();
    }

    @Test
    @DisplayName("is refused while the vault is sealed, without a word about the vault to the client")
    void sealed() throws Exception {
        // Given
        gateway("");
        vault.state.sealed = true;

        // When
        SQLException refusal = assertThrows(SQLException.class, () -> session("alice"));

        // Then
        String message = String.valueOf(refusal.getMessage());
        assertTrue(message.contains("no credential for app now"), message);
        assertTrue(!message.contains("vault") && !message.contains("sealed"), message);
        vault.state.sealed = false;
        try (Connection alice = session("alice")) {
            assertEquals(2, customers(alice));
        }
        gone();
    }
}
