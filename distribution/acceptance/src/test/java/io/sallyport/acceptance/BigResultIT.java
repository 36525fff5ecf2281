package io.sallyport.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Results many times as large as the gateway's heap. {@code -Dsallyport.big=1073741824} is the size of the campaign. */
class BigResultIT {

    private static final Demo DEMO = Demo.shared();
    private static final long SIZE = Long.getLong("sallyport.big", 128L << 20);
    private static final String MAIL = "alice@example.com ";
    private static final int REPEATED = 910;
    private static final int ROW = REPEATED * MAIL.length();
    private static final long ROWS = SIZE / ROW + 1;

    /** Heap, code, stacks and network buffers of a process with 64 MiB of heap; a result that were kept would be on top. */
    private static final long RESIDENT_KIB = 400 * 1024;

    private static GatewayProcess gateway;

    @BeforeAll
    static void start() throws Exception {
        gateway = GatewayProcess.start(DEMO, "-Xmx64m", text -> text);
        DEMO.change("app", "INSERT INTO customers VALUES (7000, 'big@example.com', '219-09-9999', 0)");
    }

    @AfterAll
    static void stop() throws Exception {
        DEMO.change("app", "DELETE FROM customers WHERE id = 7000");
        gateway.close();
    }

    @ParameterizedTest(name = "A result larger than the heap: {0}, {1}, a reader that is slow at first")
    @CsvSource({"bench, SELECT", "bench, COPY", "app, SELECT", "app, COPY"})
    void passes(String target, String way) throws Exception {
        // Given
        boolean masked = target.equals("app");
        String from = masked
                ? "SELECT c.ssn, repeat('" + MAIL + "', " + REPEATED + ") FROM customers c, generate_series(1, " + ROWS
                        + ") WHERE c.id = 7000"
                : "SELECT '219-09-9999', repeat('" + MAIL + "', " + REPEATED + ") FROM generate_series(1, " + ROWS
                        + ")";
        String sql = way.equals("COPY") ? "COPY (" + from + ") TO STDOUT" : from;
        try (RawPostgres client = gateway.login(target, "TOK")) {
            client.patience(Duration.ofMinutes(2));

            // When
            long begin = System.nanoTime();
            client.query(sql).send();
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(3));
            long rows = read(client, way.equals("COPY") ? 'd' : 'D', masked);

            // Then
            long peak = gateway.memory("VmHWM");
            System.out.printf(
                    "%s %s: %d MiB in %.1f s, most resident %d MiB%n",
                    target, way, (rows * ROW) >> 20, (System.nanoTime() - begin) / 1e9, peak >> 10);
            assertEquals(ROWS, rows);
            assertTrue(peak < RESIDENT_KIB, peak + " KiB were resident");
            assertTrue(gateway.alive(), gateway.log());
            assertFalse(gateway.log().contains("OutOfMemory"), gateway.log());
        }
    }

    @Test
    @DisplayName("Values of 48 MiB from two clients at once pass through a heap of 64 MiB")
    void values() throws Exception {
        // Given
        String value = "x".repeat(48 << 20);
        try (RawPostgres one = gateway.login("bench", "TOK");
                RawPostgres other = gateway.login("bench", "TOK")) {
            one.patience(Duration.ofMinutes(2));
            other.patience(Duration.ofMinutes(2));

            // When
            one.parse("", "SELECT length($1)").bind("", "", value).send();
            other.parse("", "SELECT length($1)").bind("", "", value).send();
            String first = RawPostgres.types(one.execute("", 0).sync().exchange());
            List<List<String>> second =
                    RawPostgres.rows(other.execute("", 0).sync().exchange());

            // Then
            assertEquals("1 2 D C ZI", first);
            assertEquals(List.of(List.of("50331648")), second);
            System.out.printf("two values of 48 MiB: most resident %d MiB%n", gateway.memory("VmHWM") >> 10);
            assertTrue(gateway.alive(), gateway.log());
            assertFalse(gateway.log().contains("OutOfMemory"), gateway.log());
        }
    }

    /** Counts rows, each as long as it must be, equal to the first one, which is masked if it must be. */
    private static long read(RawPostgres client, char type, boolean masked) throws IOException {
        long rows = 0;
        byte[] first = null;
        while (true) {
            RawPostgres.Frame frame = client.read();
            if (frame.type() == 'E') {
                throw new AssertionError(frame.fields().toString());
            } else if (frame.type() == 'Z') {
                return rows;
            } else if (frame.type() == type) {
                rows++;
                if (first == null) {
                    first = frame.body();
                    check(frame, masked);
                }
                if (!Arrays.equals(first, frame.body())) {
                    throw new AssertionError("row " + rows + " is not as the first");
                }
            }
        }
    }

    private static void check(RawPostgres.Frame row, boolean masked) {
        int ssn = (masked ? "[redacted]" : "219-09-9999").length();
        int framing = row.type() == 'D' ? 2 + 4 + 4 : 2;
        assertEquals(framing + ssn + ROW, row.body().length, row.text().substring(0, 100));
        assertEquals(!masked, row.text().contains("219-09-9999"), row.text().substring(0, 100));
        assertEquals(!masked, row.text().contains(MAIL), row.text().substring(0, 100));
    }
}
