package io.sallyport.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Opens a pool of connections to a database whose schema is up to date. */
final class Connections {

    private static final int SIZE = 4;

    private Connections() {}

    static HikariDataSource open(StoreSettings settings) {
        HikariDataSource connections = null;
        try {
            if (settings.isEmbedded()) {
                createFile(Path.of(settings.file()));
            }
            connections = new HikariDataSource(configuration(settings));
            Flyway.configure(Store.class.getClassLoader())
                    .dataSource(connections)
                    .locations("classpath:io/sallyport/store")
                    .loggers("slf4j")
                    .load()
                    .migrate();
            return connections;
        } catch (PoolInitializationException | FlywayException | IOException e) {
            if (connections != null) {
                connections.close();
            }
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new StoreUnavailableException(
                    "the store " + settings.shown() + " cannot be opened: " + cause.getMessage(), e);
        }
    }

    private static HikariConfig configuration(StoreSettings settings) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("sallyport-store");
        config.setJdbcUrl(settings.url());
        config.setMaximumPoolSize(SIZE);
        config.setConnectionTimeout(3_000);
        config.setValidationTimeout(1_000);
        if (settings.isEmbedded()) {
            config.addDataSourceProperty("journal_mode", "WAL");
            config.addDataSourceProperty("synchronous", "FULL");
            config.addDataSourceProperty("busy_timeout", "3000");
            config.addDataSourceProperty("foreign_keys", "true");
            // A transaction that begins by reading could not always become a writer: it takes the lock at once.
            config.addDataSourceProperty("transaction_mode", "IMMEDIATE");
        } else {
            config.setUsername(settings.user());
            if (settings.password() != null) {
                config.setPassword(settings.password().reveal());
            }
            config.addDataSourceProperty("ApplicationName", "sallyport");
            config.addDataSourceProperty("connectTimeout", "3");
            config.addDataSourceProperty("socketTimeout", "5");
            config.addDataSourceProperty("tcpKeepAlive", "true");
        }
        return config;
    }

    private static void createFile(Path file) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        try {
            if (Files.getFileStore(directory == null ? file : directory).supportsFileAttributeView("posix")) {
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
        } catch (FileAlreadyExistsException ignored) {
            // A store of an earlier run.
        }
    }
}
