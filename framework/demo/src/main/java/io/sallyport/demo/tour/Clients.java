package io.sallyport.demo.tour;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.StringJoiner;
import java.util.function.UnaryOperator;

/** Database clients: through the gateway with somebody's token, and around it as the target's owner. */
final class Clients {

    private final UnaryOperator<String> environment;

    Clients(UnaryOperator<String> environment) {
        this.environment = environment;
    }

    /** A connection through the gateway to the target {@code app}; the token is the password. */
    Connection gateway(String tokenVariable) throws SQLException {
        return gateway("app", tokenVariable);
    }

    /** The same to another target. */
    Connection gateway(String target, String tokenVariable) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", "tour");
        properties.setProperty("password", environment.apply(tokenVariable));
        properties.setProperty("sslmode", "verify-full");
        properties.setProperty("sslrootcert", environment.apply("CA_FILE"));
        properties.setProperty("ApplicationName", "sallyport tour");
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + environment.apply("PG_PORT") + "/" + target, properties);
    }

    /** One value straight from the target: the truth. */
    String truth(String query) throws SQLException {
        String url = environment.apply("TARGET_PG_URL");
        String login = url.substring(url.indexOf("//") + 2, url.lastIndexOf('@'));
        Properties properties = new Properties();
        properties.setProperty("user", login.substring(0, login.indexOf(':')));
        properties.setProperty("password", login.substring(login.indexOf(':') + 1));
        String address = "jdbc:postgresql://" + url.substring(url.lastIndexOf('@') + 1);
        try (Connection connection = DriverManager.getConnection(address, properties)) {
            return rows(connection, query).get(0);
        }
    }

    /** The rows of a query, each with its columns joined. */
    static List<String> rows(Connection connection, String query) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            while (row.next()) {
                StringJoiner columns = new StringJoiner(" | ");
                for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                    columns.add(String.valueOf(row.getString(i)));
                }
                rows.add(columns.toString());
            }
        }
        return rows;
    }
}
