package io.sallyport.ssh;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.api.action.Command;
import io.sallyport.api.guardrail.Verdict;
import io.sallyport.api.session.Exchange.Stream;
import io.sallyport.api.session.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ExecTest {

    private static Gateway gateway;

    @BeforeAll
    static void start() throws IOException {
        gateway = Gateway.start();
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @BeforeEach
    void allowAll() {
        gateway.sessions.judge = action -> Verdict.Allow.PLAIN;
        gateway.sessions.slowOutcomes = false;
    }

    @Test
    @DisplayName("runs a command, records it with its output, and passes its exit status on")
    void runs() {
        // Given
        String line = "echo out; echo err >&2; exit 5";

        // When
        Run run = gateway.exec(line);

        // Then
        assertEquals("out\n", run.text(), run::toString);
        assertEquals("err\n", run.error(), run::toString);
        assertEquals(5, run.status());
        FakeSessions.FakeExchange exchange = gateway.sessions.last().exchanges.get(0);
        assertEquals(line, exchange.action.text());
        assertTrue(exchange.action instanceof Command);
        assertEquals("out\n", exchange.text(Stream.OUTPUT));
        assertEquals("err\n", exchange.text(Stream.ERROR));
        Outcome outcome = exchange.outcome;
        assertNotNull(outcome);
        assertEquals("exit 5", outcome.code());
    }

    @Test
    @DisplayName("SSH-03: the exit status is never lost, also when it is written down late")
    void exitStatus() {
        // Given
        gateway.sessions.slowOutcomes = true;

        // When
        StringBuilder bad = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            int five = gateway.exec("exit 5").status();
            int zero = gateway.exec("true").status();
            if (five != 5 || zero != 0) {
                bad.append(i).append(": ").append(five).append(' ').append(zero).append('\n');
            }
        }

        // Then
        assertEquals("", bad.toString());
    }

    @Test
    @DisplayName("SSH-20: binary input and output go through unchanged")
    void binary() {
        // Given
        byte[] bytes = new byte[8 << 20];
        new Random(1).nextBytes(bytes);

        // When
        Run run = gateway.ssh(bytes, "web1@127.0.0.1", "cat");

        // Then
        assertArrayEquals(bytes, run.output());
        assertEquals(0, run.status());
    }

    @Test
    @DisplayName("SSH-05: input ends and output still comes")
    void halfClose() {
        // Given
        StringBuilder numbers = new StringBuilder();
        for (int i = 1; i <= 100_000; i++) {
            numbers.append(i).append('\n');
        }

        // When
        Run sorted =
                gateway.ssh(numbers.toString().getBytes(StandardCharsets.UTF_8), "web1@127.0.0.1", "sort -n | tail -1");
        Run late = gateway.ssh(new byte[0], "-n", "web1@127.0.0.1", "sleep 1; echo hi");
        Run empty = gateway.ssh(new byte[0], "web1@127.0.0.1", "cat | wc -c");

        // Then
        assertEquals("100000\n", sorted.text(), sorted::toString);
        assertEquals("hi\n", late.text(), late::toString);
        assertEquals("0\n", empty.text(), empty::toString);
    }

    @Test
    @DisplayName("refuses with exit status 126 and one line that names rule, session and action, and nothing has run")
    void refused() {
        // Given
        gateway.sessions.judge = action -> new Verdict.Deny("S1", "not here");

        // When
        Run run = gateway.exec("touch " + gateway.directory.resolve("pwned"));

        // Then
        assertEquals(126, run.status(), run::toString);
        assertEquals(
                "sallyport: not here [S1] (session " + gateway.sessions.last().id() + ", action 1)\n", run.error());
        assertEquals(false, gateway.directory.resolve("pwned").toFile().exists());
    }

    @Test
    @DisplayName("tells a client that waits for people where they decide, and goes on when they have")
    void held() {
        // Given
        gateway.sessions.judge = action -> FakeSessions.HOLD;
        Run.Running running = gateway.start("web1@127.0.0.1", "cat; echo done");

        // When
        Await.until("the client is told", () -> running.errorSoFar().contains("https://gw/approvals/ap-1"));
        FakeSessions.FakeExchange exchange = gateway.sessions.last().exchanges.get(0);
        exchange.decide(Verdict.Allow.PLAIN);
        Run run = running.finish("typed\n".getBytes(StandardCharsets.UTF_8));

        // Then
        assertEquals("typed\ndone\n", run.text(), run::toString);
        assertEquals(0, run.status());
    }
}
