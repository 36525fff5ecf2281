package io.sallyport.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.acceptance.MaskingTable.Form;
import io.sallyport.acceptance.RawPostgres.Frame;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every cell of the table in docs/masking.md is a test of the same name: the form, in the way of its column. */
@DisplayName("docs/masking.md")
class MaskingTableIT {

    private static final Demo DEMO = Demo.shared();
    private static final int MOST_PORTIONS = 10;

    /** Values of the fixture that must not be seen, and what a card number is without its mask. */
    private static final List<String> SECRETS =
            List.of("123-45-6789", "987-65-4321", "6789", "4321", "alice@example.com", "4111111111111111");

    private static final Map<String, Way> WAYS = Map.of(
            "simple", (client, sql) -> client.query(sql).exchange(),
            "extended",
                    (client, sql) -> prepared(client, sql)
                            .bind("", "")
                            .describePortal("")
                            .execute("", 0)
                            .sync()
                            .exchange(),
            "undescribed",
                    (client, sql) -> prepared(client, sql)
                            .bind("", "")
                            .execute("", 0)
                            .sync()
                            .exchange(),
            "binary",
                    (client, sql) -> prepared(client, sql)
                            .bindForBinary("", "")
                            .execute("", 0)
                            .sync()
                            .exchange(),
            "portions", MaskingTableIT::portions);

    /** Sends a statement and reads everything that comes back. */
    private interface Way {
        List<Frame> run(RawPostgres client, String sql) throws IOException;
    }

    @BeforeAll
    static void notes() throws Exception {
        DEMO.change("app", "INSERT INTO audit_log(id, note) VALUES (990, 'n'), (991, 'n') ON CONFLICT DO NOTHING");
    }

    private static RawPostgres prepared(RawPostgres client, String sql) {
        return client.parse("", sql);
    }

    private static List<Frame> portions(RawPostgres client, String sql) throws IOException {
        List<Frame> frames = new ArrayList<>(
                prepared(client, sql).bind("p", "").execute("p", 1).sync().exchange());
        for (int i = 0; i < MOST_PORTIONS && frames.stream().anyMatch(frame -> frame.type() == 's'); i++) {
            frames.removeIf(frame -> frame.type() == 's');
            frames.addAll(client.execute("p", 1).sync().exchange());
        }
        return frames;
    }

    @Test
    @DisplayName("has no empty and no duplicate cell, and says nothing that is not known")
    void complete() throws Exception {
        // When
        MaskingTable table = MaskingTable.read();
        // Then
        assertEquals(List.of(), table.flaws());
        assertEquals(WAYS.keySet(), java.util.Set.copyOf(table.ways()));
        assertEquals(WAYS.size(), table.ways().size());
        assertTrue(table.forms().size() > 40, "the table has " + table.forms().size() + " forms");
    }

    @TestFactory
    Stream<DynamicTest> cells() throws Exception {
        MaskingTable table = MaskingTable.read();
        return table.forms().stream()
                .flatMap(form -> IntStream.range(0, table.ways().size())
                        .mapToObj(i -> DynamicTest.dynamicTest(
                                form.name() + ", " + table.ways().get(i),
                                () -> assertEquals(
                                        form.outcomes().get(i),
                                        outcome(form, table.ways().get(i)),
                                        form.sql()))));
    }

    private static String outcome(Form form, String way) throws IOException {
        try (RawPostgres client = RawPostgres.login(DEMO, "app", "TOK")) {
            client.query("BEGIN").exchange();
            List<Frame> frames = Objects.requireNonNull(WAYS.get(way), way).run(client, form.sql());
            client.query("ROLLBACK").exchange();
            String all = frames.stream().map(Frame::text).reduce("", String::concat);
            for (String secret : SECRETS) {
                assertFalse(all.contains(secret), () -> secret + " in " + all);
            }
            return outcome(frames, all);
        }
    }

    private static String outcome(List<Frame> frames, String all) {
        List<String> codes = RawPostgres.codes(frames);
        long rows = frames.stream()
                .filter(frame -> frame.type() == 'D' || frame.type() == 'd')
                .count();
        if (codes.contains("42501")) {
            return rows == 0 && frames.stream().noneMatch(frame -> frame.type() == 'T') ? "refused" : "refused late";
        }
        if (!codes.isEmpty()) {
            return codes.get(0);
        }
        if (rows == 0) {
            return "no rows";
        }
        boolean marked = all.contains("[redacted]") || all.contains("**");
        boolean allNull =
                RawPostgres.rows(frames).stream().allMatch(row -> row.stream().allMatch("NULL"::equals));
        return marked ? "masked" : allNull ? "null" : "clear";
    }
}
