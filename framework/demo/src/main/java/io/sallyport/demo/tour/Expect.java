package io.sallyport.demo.tour;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Comparisons of what came out with what must come out. */
final class Expect {

    /** The SQLSTATE of a refusal: insufficient privilege. */
    private static final String REFUSED = "42501";

    private Expect() {}

    static void that(boolean right, String what) {
        if (!right) {
            throw new AssertionError(what);
        }
    }

    /** Runs a statement that the gateway must refuse, and returns what the client reads. */
    static String refusal(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            return refusal(e);
        }
        throw new AssertionError("was not refused: " + sql);
    }

    /** What the client reads, if the failure is a refusal of the gateway. */
    static String refusal(SQLException failure) {
        String message = String.valueOf(failure.getMessage());
        that(
                REFUSED.equals(failure.getSQLState()),
                "expected SQLSTATE " + REFUSED + ", got " + failure.getSQLState() + ": " + message);
        that(message.contains("sallyport: "), "the refusal does not come from the gateway: " + message);
        return message;
    }
}
