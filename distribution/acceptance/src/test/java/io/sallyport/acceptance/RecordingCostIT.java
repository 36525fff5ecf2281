package io.sallyport.acceptance;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * What a full record of results costs beside none. Takes minutes and a quiet machine: {@code -Dsallyport.campaign=true}; the
 * rounds of both alternate, and the medians are compared.
 */
@EnabledIfSystemProperty(named = "sallyport.campaign", matches = "true")
class RecordingCostIT {

    private static final Demo DEMO = Demo.shared();
    private static final int ROUNDS = 9;
    private static final int SMALL = 50_000;
    private static final int BATCH = 500;
    private static final int ROWS = 200_000;

    /** The throughput that a full record must leave, as a share of that without one. */
    private static final double LEAST = 0.8;

    /** Of a large result what lies beyond the limit is hashed, at some 600 MB/s of one processor. */
    private static final double LEAST_OF_LARGE = 0.55;

    private static GatewayProcess none;
    private static GatewayProcess full;

    @BeforeAll
    static void start() throws Exception {
        none = recording("results: none");
        full = recording("results: full, limit: 1MiB");
    }

    private static GatewayProcess recording(String record) throws IOException {
        return GatewayProcess.start(
                DEMO, "-Xmx256m", text -> text.replace("opaque: allow", "opaque: allow\n    record: { " + record + " }")
                        .replace("segment-size: 4MiB", "segment-size: 64MiB"));
    }

    @AfterAll
    static void stop() throws Exception {
        none.close();
        full.close();
    }

    /** Work in one session. */
    private interface Work {
        void run(RawPostgres client) throws IOException;
    }

    private static void small(RawPostgres client) throws IOException {
        for (int i = 0; i < SMALL; i += BATCH) {
            for (int k = 0; k < BATCH; k++) {
                client.query("SELECT " + (i + k));
            }
            client.exchange();
        }
    }

    private static void large(RawPostgres client) throws IOException {
        client.query("SELECT repeat('z', 1000) FROM generate_series(1, " + ROWS + ")")
                .send();
        while (client.read().type() != 'Z') {
            // Rows.
        }
    }

    private static double seconds(GatewayProcess gateway, Work work) throws IOException {
        try (RawPostgres client = gateway.login("bench", "TOK")) {
            client.patience(Duration.ofMinutes(2));
            long begin = System.nanoTime();
            work.run(client);
            return (System.nanoTime() - begin) / 1e9;
        }
    }

    private static double share(String what, Work work) throws IOException {
        double[] without = new double[ROUNDS];
        double[] with = new double[ROUNDS];
        seconds(none, work);
        seconds(full, work);
        for (int i = 0; i < ROUNDS; i++) {
            without[i] = seconds(none, work);
            with[i] = seconds(full, work);
        }
        Arrays.sort(without);
        Arrays.sort(with);
        double share = without[ROUNDS / 2] / with[ROUNDS / 2];
        System.out.printf(
                "%s: results none %.2f s, results full %.2f s: throughput %.2f%n",
                what, without[ROUNDS / 2], with[ROUNDS / 2], share);
        return share;
    }

    @Test
    @DisplayName(
            "REC-05 (Postgres): small statements are at least 0.8 as fast with a full record, a large result pays for a hash")
    void cost() throws Exception {
        // When
        double small = share("small statements", RecordingCostIT::small);
        double large = share("large result", RecordingCostIT::large);
        // Then
        assertTrue(small >= LEAST, "small statements: " + small);
        assertTrue(large >= LEAST_OF_LARGE, "a large result: " + large);
    }
}
