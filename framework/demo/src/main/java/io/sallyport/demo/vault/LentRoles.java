package io.sallyport.demo.vault;

import io.sallyport.demo.database.DemoDatabase;
import io.sallyport.demo.database.DemoPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Roles in the database {@code app}: each may read and write its tables, and is dropped when it is given back. */
final class LentRoles implements Database {

    private final DemoPostgres postgres;

    LentRoles(DemoPostgres postgres) {
        this.postgres = postgres;
    }

    @Override
    public void create(String role, String password) throws SQLException {
        run(
                "CREATE ROLE \"" + role + "\" LOGIN PASSWORD '" + password + "'",
                "GRANT CONNECT ON DATABASE app TO \"" + role + "\"",
                "GRANT USAGE ON SCHEMA public TO \"" + role + "\"",
                "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO \"" + role + "\"");
    }

    @Override
    public void drop(String role) throws SQLException {
        run("DROP OWNED BY \"" + role + "\"", "DROP ROLE \"" + role + "\"");
    }

    private void run(String... statements) throws SQLException {
        try (Connection connection = postgres.owner(DemoDatabase.APP);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (String text : statements) {
                statement.execute(text);
            }
            connection.commit();
        }
    }
}
