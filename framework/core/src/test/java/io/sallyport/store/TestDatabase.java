package io.sallyport.store;

import io.sallyport.api.config.Secret;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** The databases on which the store's contract must hold, with an empty one for each test. */
public enum TestDatabase {
    /** The embedded one. */
    SQLITE {
        @Override
        public StoreSettings empty(Path directory) {
            return StoreSettings.embedded(directory.resolve("store.db"));
        }
    },
    /** A real server. */
    POSTGRESQL {
        @Override
        public StoreSettings empty(Path directory) {
            EmbeddedPostgres server = Server.INSTANCE;
            String name = "store" + COUNT.incrementAndGet();
            try (Connection connection = server.getPostgresDatabase().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE DATABASE " + name);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            return settings(server, name);
        }
    };

    private static final AtomicInteger COUNT = new AtomicInteger();

    /** An empty database. */
    public abstract StoreSettings empty(Path directory);

    /** A server of one's own, to be closed by the caller. */
    public static EmbeddedPostgres server() {
        try {
            return EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How to reach a database of a server. */
    public static StoreSettings settings(EmbeddedPostgres server, String database) {
        return new StoreSettings(
                "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/" + database, "postgres", Secret.of("postgres"));
    }

    private static final class Server {
        static final EmbeddedPostgres INSTANCE = shared();

        private static EmbeddedPostgres shared() {
            EmbeddedPostgres server = server();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                try {
                    server.close();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }));
            return server;
        }
    }
}
