package io.sallyport.demo.tour;

import io.sallyport.demo.vault.VaultPart;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** What becomes of a credential that is lent for one session. */
final class VaultSteps {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String WHO = "SELECT current_user, count(*) FROM orders";

    private final Clients clients;

    VaultSteps(Clients clients) {
        this.clients = clients;
    }

    List<String> lent() throws SQLException {
        List<String> lines = new ArrayList<>();
        String first;
        String second;
        try (Connection one = clients.gateway(VaultPart.TARGET, "TOKEN_CI");
                Connection other = clients.gateway(VaultPart.TARGET, "TOKEN_CI")) {
            first = role(one, lines);
            second = role(other, lines);
            Expect.that(!first.equals(second), "two sessions have the role " + first);
            Expect.that(exist(first, second) == 2, "the roles are not the target's own");
        }
        Instant deadline = Instant.now().plus(PATIENCE);
        while (exist(first, second) > 0) {
            Expect.that(Instant.now().isBefore(deadline), "a role outlived its session: " + first + ", " + second);
            LockSupport.parkNanos(20_000_000);
        }
        lines.add("both sessions ended; of these roles, the target has 0 left");
        return lines;
    }

    private static String role(Connection connection, List<String> lines) throws SQLException {
        List<String> rows = Clients.rows(connection, WHO);
        Expect.that(rows.size() == 1 && rows.get(0).startsWith("v-"), "expected a role from the vault, got " + rows);
        lines.add(WHO);
        lines.add("  " + rows.get(0));
        return rows.get(0).substring(0, rows.get(0).indexOf(' '));
    }

    private int exist(String first, String second) throws SQLException {
        return Integer.parseInt(
                clients.truth("SELECT count(*) FROM pg_roles WHERE rolname IN ('" + first + "', '" + second + "')"));
    }
}
