package io.sallyport.postgres;

import io.sallyport.api.config.HostPort;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** One real PostgreSQL for all tests of this module, with the database {@code app}. */
final class TestServer {

    static final String ACCOUNT = "app_user";
    static final String PASSWORD = "s3cret-of-the-target";

    private static final String SCHEMA = """
            CREATE TABLE customers(id int PRIMARY KEY, email text UNIQUE, ssn text, balance numeric);
            INSERT INTO customers VALUES (1,'alice@example.com','123-45-6789',10),(2,'bob@example.com','987-65-4321',20);
            CREATE TABLE orders(id int PRIMARY KEY, note text);
            INSERT INTO orders SELECT g,'n' FROM generate_series(1,5) g UNION ALL SELECT 42,'n';
            CREATE TABLE audit_log(id serial PRIMARY KEY, note text); CREATE TABLE t(id int);
            CREATE VIEW v_cust AS SELECT id, ssn AS x FROM customers;
            CREATE FUNCTION purge() RETURNS int LANGUAGE sql AS $$ DELETE FROM customers RETURNING id $$;
            """;

    private static @Nullable TestServer instance;

    private final EmbeddedPostgres postgres;

    private TestServer() throws IOException, SQLException {
        postgres = EmbeddedPostgres.builder()
                .setServerConfig("password_encryption", "scram-sha-256")
                .setServerConfig("fsync", "off")
                .start();
        execute("postgres", "CREATE ROLE " + ACCOUNT + " LOGIN SUPERUSER PASSWORD '" + PASSWORD + "'");
        execute("postgres", "CREATE DATABASE app OWNER " + ACCOUNT);
        execute("app", SCHEMA + "ALTER TABLE customers OWNER TO " + ACCOUNT);
        String file = text("postgres", "SHOW hba_file");
        java.nio.file.Files.writeString(
                java.nio.file.Path.of(file),
                "host all postgres 127.0.0.1/32 trust\nlocal all all trust\nhost all all all scram-sha-256\n");
        execute("postgres", "SELECT pg_reload_conf()");
    }

    static synchronized TestServer get() {
        TestServer running = instance;
        if (running == null) {
            try {
                running = new TestServer();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            instance = running;
            TestServer started = running;
            Runtime.getRuntime().addShutdownHook(new Thread(started::stop));
        }
        return running;
    }

    private void stop() {
        try {
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    HostPort address() {
        return new HostPort("127.0.0.1", postgres.getPort());
    }

    Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/" + database + "?user=postgres");
    }

    void execute(String database, String sql) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    String text(String database, String sql) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return String.valueOf(rows.getString(1));
        }
    }
}
