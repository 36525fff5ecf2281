package io.sallyport.acceptance;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Clients that send numbered statements as fast as they can until their connection breaks: simple, extended, prepared by
 * name, pipelined and in transactions. A number is the word {@code n-ROUND-CLIENT-COUNT} in the text or in a value.
 */
final class Load {

    private static final int PIPELINED = 5;

    private final GatewayProcess gateway;
    private final Set<String> confirmed = ConcurrentHashMap.newKeySet();
    private final Queue<String> refused = new ConcurrentLinkedQueue<>();
    private final Queue<String> ended = new ConcurrentLinkedQueue<>();
    private final List<Thread> clients = new ArrayList<>();

    Load(GatewayProcess gateway) {
        this.gateway = gateway;
    }

    void start(int round, int count, long seed) {
        for (int i = 0; i < count; i++) {
            String prefix = "n-" + round + "-" + i + "-";
            Random random = new Random(seed + i);
            Properties properties = new Properties();
            properties.setProperty("preferQueryMode", i % 2 == 0 ? "simple" : "extended");
            properties.setProperty("prepareThreshold", "2");
            properties.setProperty("socketTimeout", "60");
            properties.setProperty("connectTimeout", "60");
            Thread client = new Thread(() -> run(properties, prefix, random), "client-" + i);
            client.setDaemon(true);
            client.start();
            clients.add(client);
        }
    }

    private void run(Properties properties, String prefix, Random random) {
        try (Connection connection = gateway.connect("logged", "TOK", properties)) {
            for (int i = 0; ; i += PIPELINED) {
                send(connection, prefix, i, random.nextInt(4));
            }
        } catch (SQLException e) {
            boolean broken = String.valueOf(e.getSQLState()).startsWith("08");
            (broken ? ended : refused).add(e.getSQLState() + " " + e.getMessage() + " " + e.getCause());
        }
    }

    private void send(Connection connection, String prefix, int number, int way) throws SQLException {
        String mark = prefix + number;
        switch (way) {
            case 0 -> statement(connection, "SELECT 1 /* " + mark + " */");
            case 1 -> statement(connection, "INSERT INTO load VALUES ('" + mark + "')");
            case 2 -> pipelined(connection, prefix, number);
            default -> {
                connection.setAutoCommit(false);
                statement(connection, "INSERT INTO load VALUES ('" + mark + "')");
                connection.commit();
                connection.setAutoCommit(true);
            }
        }
        confirmed.add(mark);
    }

    private static void statement(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void pipelined(Connection connection, String prefix, int number) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("INSERT INTO load VALUES (?)")) {
            for (int i = 0; i < PIPELINED; i++) {
                statement.setString(1, prefix + (number + i));
                statement.addBatch();
            }
            statement.executeBatch();
        }
        for (int i = 1; i < PIPELINED; i++) {
            confirmed.add(prefix + (number + i));
        }
    }

    /** Waits until so many statements have succeeded. */
    void awaitSuccesses(int count) {
        Demo.await(Duration.ofMinutes(2), () -> confirmed.size() >= count || !ended.isEmpty() || !refused.isEmpty());
        if (confirmed.size() < count) {
            throw new AssertionError("the load did not come up: " + ended + refused);
        }
    }

    /** Waits until every client has noticed that its connection is gone. */
    void join() throws InterruptedException {
        for (Thread client : clients) {
            client.join(60_000);
            if (client.isAlive()) {
                throw new AssertionError(client.getName() + " still waits for a gateway that is gone");
            }
        }
    }

    /** The numbers of the statements that a client has seen succeed. */
    Set<String> confirmed() {
        return confirmed;
    }

    /** Errors that are not a broken connection. */
    List<String> refused() {
        return List.copyOf(refused);
    }
}
