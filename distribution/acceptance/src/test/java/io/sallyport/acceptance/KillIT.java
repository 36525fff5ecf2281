package io.sallyport.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * {@code kill -9} under load. {@code -Dsallyport.kills=50} is the campaign; {@code -Dsallyport.seed=N} repeats one.
 */
class KillIT {

    private static final int KILLS = Integer.getInteger("sallyport.kills", 5);
    private static final long SEED = Long.getLong("sallyport.seed", 20_261_125L);
    private static final int CLIENTS = 6;
    private static final Pattern NUMBER = Pattern.compile("n-\\d+-\\d+-\\d+");
    private static final String ACCOUNT = "load";
    private static final String TARGET = """
              - name: logged
                connector: pg
                address: postgres://127.0.0.1:%d/postgres
                tls: { mode: disable }
                credential: { user: load, password: "${file:./app.password}" }

            guardrails:
            """;
    private static final String GRANT = """
              - name: logged
                who: { issuer: demo, groups: [dev] }
                targets: [logged]
                scope: [ { verbs: ["*"], resources: ["**"] } ]
                opaque: allow
                uncovered: allow
            """;

    /** What the journal says, over all kills. */
    private static final class Told {
        final Set<String> allowed = new HashSet<>();
        final Set<String> succeeded = new HashSet<>();
        final Map<String, Set<String>> numbers = new HashMap<>();
        final Set<String> opened = new HashSet<>();
        final Map<String, String> closed = new HashMap<>();
        final Set<String> neither = new HashSet<>();

        void add(JsonNode record) {
            String session = record.path("session").asText();
            String action =
                    session + "/" + record.path("payload").path("action").asText();
            switch (record.path("type").asText()) {
                case "session-opened" -> opened.add(session);
                case "session-closed" ->
                    closed.put(session, record.path("payload").path("status").asText());
                case "action-decided" -> {
                    Set<String> found = numbers(record.toString());
                    numbers.put(action, found);
                    boolean allow =
                            record.path("payload").path("verdict").asText().equals("allow");
                    (allow ? allowed : neither).addAll(found);
                }
                case "outcome" -> {
                    if (record.path("payload").path("status").asText().equals("succeeded")) {
                        succeeded.addAll(numbers.getOrDefault(action, Set.of()));
                    }
                }
                default -> {}
            }
        }
    }

    @Test
    @DisplayName("REC-01 (Postgres): killed under load, the journal verifies, knows every statement that the target saw"
            + " and every success that a client saw, and closes the sessions as interrupted")
    void killed() throws Exception {
        // Given
        try (LoggedPostgres target = LoggedPostgres.start();
                GatewayProcess gateway = GatewayProcess.configure(
                        Demo.shared(),
                        "-Xmx256m",
                        // A busy machine that starts everything at once is not what is tested.
                        text -> "limits: { login-timeout: 60s }\n"
                                + text.replace("\nguardrails:\n", TARGET.formatted(target.port()))
                                + GRANT)) {
            target.change("CREATE ROLE load LOGIN");
            target.change("CREATE TABLE load(mark text)");
            target.change("ALTER TABLE load OWNER TO load");
            Random random = new Random(SEED);
            JournalLines lines = new JournalLines(gateway.journal());
            Told told = new Told();
            int seen = 0;
            gateway.start();

            for (int kill = 1; kill <= KILLS; kill++) {
                // When
                Load load = new Load(gateway);
                load.start(kill, CLIENTS, random.nextLong());
                load.awaitSuccesses(3 * CLIENTS);
                LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(random.nextInt(1_500_000)));
                gateway.kill();
                load.join();
                Set<String> reached = numbers(target.settled(ACCOUNT));
                gateway.start();

                // Then
                lines.read(line -> told.add(GatewayProcess.parse(line)));
                seen += reached.size();
                System.out.printf("kill %d: %d statements reached the target%n", kill, reached.size());
                check(kill, gateway, load, reached, told);
            }
            System.out.printf(
                    "%d kills with seed %d: %d statements in the target's log, %d allowed in the journal, %d sessions%n",
                    KILLS, SEED, seen, told.allowed.size(), told.opened.size());
        }
    }

    private static void check(int kill, GatewayProcess gateway, Load load, Set<String> reached, Told told)
            throws IOException, SQLException {
        String when = "kill " + kill + " of seed " + SEED;
        Demo.Run verified = gateway.verify();
        assertEquals(0, verified.exit(), when + ": " + verified.all());
        assertEquals(List.of(), load.refused(), when);
        assertEquals(Set.of(), told.neither, when);
        assertEquals(
                Set.of(), without(reached, told.allowed), when + ": the target saw what the journal does not have");
        assertEquals(
                Set.of(), without(load.confirmed(), told.succeeded), when + ": a client saw a success without outcome");
        assertEquals(Set.of(), without(load.confirmed(), reached), when + ": the target's log is incomplete");
        assertTrue(reached.size() > CLIENTS, when + ": there was no load");
        assertEquals(Set.of(), without(told.opened, told.closed.keySet()), when + ": sessions without an end");
        assertTrue(told.closed.containsValue("interrupted"), when + ": " + told.closed);
    }

    private static Set<String> numbers(String text) {
        Set<String> numbers = new HashSet<>();
        Matcher matcher = NUMBER.matcher(text);
        while (matcher.find()) {
            numbers.add(matcher.group());
        }
        return numbers;
    }

    private static Set<String> without(Set<String> all, Set<String> known) {
        Set<String> rest = new TreeSet<>(all);
        rest.removeAll(known);
        return rest;
    }
}
