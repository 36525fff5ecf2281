package io.sallyport.demo.tour;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the pipeline sees of the data. */
final class DataSteps {

    private static final String PIPELINE = "TOKEN_CI";
    private static final Pattern SESSION = Pattern.compile("\\(session ([^,]+), action \\d+\\)");

    private final Clients clients;
    private String session = "";

    DataSteps(Clients clients) {
        this.clients = clients;
    }

    /** The session in which a statement was denied, as the refusal named it. */
    String session() {
        return session;
    }

    List<String> allowed() throws SQLException {
        String query = "SELECT id, balance FROM customers ORDER BY id";
        try (Connection connection = clients.gateway(PIPELINE)) {
            List<String> rows = Clients.rows(connection, query);
            Expect.that(rows.equals(List.of("1 | 10", "2 | 20")), "expected both customers' balances, got " + rows);
            return told(query, rows);
        }
    }

    List<String> masked() throws SQLException {
        String query = "SELECT id, email, ssn FROM customers ORDER BY id";
        try (Connection connection = clients.gateway(PIPELINE)) {
            List<String> rows = Clients.rows(connection, query);
            String all = String.join("\n", rows);
            Expect.that(rows.size() == 2, "expected two rows, got " + rows);
            Expect.that(!all.contains("123-45-6789") && !all.contains("987-65-4321"), "an SSN came through: " + rows);
            Expect.that(!all.contains("alice@") && !all.contains("bob@"), "an e-mail address came through: " + rows);
            return told(query, rows);
        }
    }

    List<String> outOfScope() throws SQLException {
        String query = "SELECT rolname, rolpassword FROM pg_authid";
        try (Connection connection = clients.gateway(PIPELINE)) {
            String refusal = Expect.refusal(connection, query);
            Expect.that(refusal.contains("pg_authid"), "the refusal does not name what is out of scope: " + refusal);
            return told(query, List.of(refusal));
        }
    }

    List<String> denied() throws SQLException {
        String drop = "DROP TABLE orders";
        String count = "SELECT count(*) FROM orders";
        try (Connection connection = clients.gateway(PIPELINE)) {
            String refusal = Expect.refusal(connection, drop);
            Expect.that(refusal.contains("[D2"), "the refusal does not name rule D2: " + refusal);
            Matcher named = SESSION.matcher(refusal);
            Expect.that(named.find(), "the refusal does not name its session: " + refusal);
            session = named.group(1);
            List<String> orders = Clients.rows(connection, count);
            Expect.that(orders.equals(List.of("6")), "expected the six orders in the same session, got " + orders);
            List<String> lines = new ArrayList<>(told(drop, List.of(refusal)));
            lines.addAll(told(count, orders));
            return lines;
        }
    }

    private static List<String> told(String statement, List<String> answer) {
        List<String> lines = new ArrayList<>();
        lines.add(statement);
        answer.forEach(line -> lines.add("  " + line));
        return lines;
    }
}
