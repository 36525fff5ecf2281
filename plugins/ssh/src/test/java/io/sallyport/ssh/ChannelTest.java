package io.sallyport.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.api.action.Command;
import io.sallyport.api.action.Tunnel;
import io.sallyport.api.guardrail.Verdict;
import io.sallyport.api.session.Exchange.Stream;
import io.sallyport.api.session.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ChannelTest {

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
        gateway.sessions.masking = null;
        gateway.sessions.passUnmaskable = false;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static FakeSessions.FakeExchange first() {
        return gateway.sessions.last().exchanges.get(0);
    }

    private static Outcome outcome(FakeSessions.FakeExchange exchange) {
        Await.until("the outcome is recorded", () -> exchange.outcome != null);
        return java.util.Objects.requireNonNull(exchange.outcome);
    }

    @Test
    @DisplayName("SSH-01: exec, shell and subsystem are three things, and a command in a terminal is a fourth")
    void kinds() {
        // Given
        gateway.sessions.judge =
                action -> action.opaque() ? new Verdict.Deny("scope", "not understood") : Verdict.Allow.PLAIN;

        // When
        gateway.exec("id");
        Command exec = (Command) first().action;
        gateway.ssh(bytes("exit 0\n"), "-T", "web1@127.0.0.1");
        Command shell = (Command) first().action;
        gateway.ssh(new byte[0], "-tt", "web1@127.0.0.1", "id");
        FakeSessions.FakeExchange terminal = first();
        Run subsystem = gateway.ssh(new byte[0], "-s", "web1@127.0.0.1", "netconf");

        // Then
        assertEquals("exec", exec.accesses().get(0).verb().name());
        assertFalse(exec.terminal());
        assertEquals("shell", shell.accesses().get(0).verb().name());
        assertTrue(((Command) terminal.action).terminal());
        assertTrue(terminal.text(Stream.OUTPUT).contains("uid="), terminal.text(Stream.OUTPUT));
        assertEquals("subsystem netconf", first().action.text());
        assertEquals(126, subsystem.status(), subsystem::toString);
    }

    @Test
    @DisplayName("SSH-02: a shell without a terminal has none: no echo, no changed line ends, and its exit status")
    void shellWithoutTerminal() {
        // Given
        byte[] input = bytes("tty\nprintf \"a\\nb\\n\"\nexit 3\n");

        // When
        Run run = gateway.ssh(input, "-T", "web1@127.0.0.1");

        // Then
        assertEquals("not a tty\na\nb\n", run.text(), run::toString);
        assertEquals(3, run.status());
    }

    @Test
    @DisplayName("SSH-04: the second stream stays the second stream, also when there is much of it")
    void errorStream() {
        // Given
        String line = "head -c 20000000 /dev/zero >&2; head -c 20000000 /dev/zero";

        // When
        Run run = gateway.exec(line);

        // Then
        assertEquals(20_000_000, run.output().length);
        assertEquals(20_000_000, run.error().length());
        assertEquals(20_000_000, first().text(Stream.ERROR).length());
    }

    @Test
    @DisplayName(
            "SSH-06: the size of the terminal, a change of it and TERM reach the target, and the record in its place")
    void terminal() {
        // Given
        String script = """
                import asyncio, asyncssh, os
                async def main():
                    async with asyncssh.connect('127.0.0.1', int(os.environ['PORT']), username='web1',
                            password=os.environ['TOKEN'], known_hosts=None, client_keys=None, config=None) as conn:
                        p = await conn.create_process('stty size; echo $TERM; read line; stty size',
                            term_type='vt220', term_size=(91, 37))
                        print((await p.stdout.readline()).strip())
                        print((await p.stdout.readline()).strip())
                        p.change_terminal_size(101, 41)
                        p.stdin.write('go\\n')
                        await p.stdout.readline()
                        print((await p.stdout.readline()).strip())
                asyncio.run(main())
                """;

        // When
        Run run = gateway.python(script);

        // Then
        assertEquals("37 91\nvt220\n41 101\n", run.text(), run::toString);
        assertEquals("go\n", first().text(Stream.INPUT), "keystrokes are recorded");
        List<String> sizes = gateway.sessions.last().notes.stream()
                .filter(note -> note.contains("terminal"))
                .map(note -> note.substring(note.lastIndexOf(' ') + 1))
                .toList();
        assertEquals(List.of("91x37", "101x41"), sizes);
    }

    @Test
    @DisplayName("SSH-07: a signal reaches the command")
    void signal() throws IOException {
        // Given: OpenSSH passes no signal on to what root runs
        String script = """
                import asyncio, asyncssh, os
                async def main():
                    async with asyncssh.connect('127.0.0.1', int(os.environ['PORT']), username='postgres@web1',
                            password=os.environ['TOKEN'], known_hosts=None, client_keys=None, config=None) as conn:
                        p = await conn.create_process('trap "echo got; exit 7" TERM; echo up; while :; do sleep .1; done')
                        await p.stdout.readline()
                        p.send_signal('TERM')
                        print((await p.stdout.read()).strip())
                        await p.wait_closed()
                        print(p.exit_status)
                asyncio.run(main())
                """;

        // When
        Run run;
        try (Gateway other = Gateway.to(TestHost.start(List.of("UsePAM yes")))) {
            run = other.python(script);
        }

        // Then
        assertEquals("got\n7\n", run.text(), run::toString);
    }

    @Test
    @DisplayName(
            "SSH-08: only variables that change no command reach the target, each other one is recorded as refused")
    void environment() {
        // Given
        gateway.environment.put("GIT_PROTOCOL", "version=2");
        gateway.environment.put("LC_SALLYPORT", "C");
        gateway.environment.put("BASH_ENV", "/tmp/e");
        gateway.environment.put("LD_PRELOAD", "");
        gateway.environment.put("PS4", "x");

        // When
        Run run = gateway.ssh(
                new byte[0], "-o", "SendEnv=GIT_PROTOCOL LC_* BASH_ENV LD_PRELOAD PS4", "web1@127.0.0.1", "env");

        // Then
        assertTrue(run.text().contains("GIT_PROTOCOL=version=2\n"), run::toString);
        assertTrue(run.text().contains("LC_SALLYPORT=C\n"), run::toString);
        assertFalse(run.text().contains("BASH_ENV"), run::toString);
        assertFalse(run.text().contains("PS4=x"), run::toString);
        List<String> notes = gateway.sessions.last().notes;
        for (String name : List.of("BASH_ENV", "LD_PRELOAD", "PS4")) {
            assertTrue(notes.contains("environment variable " + name + " is refused"), notes::toString);
        }
    }

    @Test
    @DisplayName("SSH-09: keys are exchanged anew during a transfer, from either side")
    void rekey() throws IOException {
        // Given
        TestHost host = TestHost.start(List.of("RekeyLimit 4M"));
        byte[] input = new byte[24 << 20];

        // When
        Run up;
        Run down;
        try (Gateway other = Gateway.to(host)) {
            up = other.ssh(input, "-o", "RekeyLimit=1M", "web1@127.0.0.1", "wc -c");
            down = other.ssh(new byte[0], "-o", "RekeyLimit=1M", "web1@127.0.0.1", "head -c 25165824 /dev/zero");
        }

        // Then
        assertEquals("25165824", up.text().strip(), up::error);
        assertEquals(25_165_824, down.output().length, down::error);
        assertEquals(0, down.status());
    }

    @Test
    @DisplayName("SSH-10: strict key exchange is offered to clients and to targets")
    void strictKeyExchange() throws IOException {
        // Given
        TestHost host = TestHost.start(List.of("LogLevel DEBUG3"));

        // When
        Run run;
        String log;
        try (Gateway other = Gateway.to(host)) {
            run = other.ssh(new byte[0], "-vvv", "web1@127.0.0.1", "true");
            log = host.log();
        }

        // Then
        assertTrue(run.error().contains("kex-strict-s-v00@openssh.com"), run::error);
        assertTrue(log.contains("kex-strict-c-v00@openssh.com"), log);
        assertTrue(run.error().contains("will use strict KEX ordering"), run::error);
    }

    @Test
    @DisplayName("SSH-11: keepalives are answered while a command is silent and while people are asked")
    void keepalives() {
        // Given
        gateway.sessions.judge = action -> FakeSessions.HOLD;
        Run.Running running = gateway.start(
                "-o", "ServerAliveInterval=1", "-o", "ServerAliveCountMax=2", "web1@127.0.0.1", "sleep 4; echo ok");
        Await.until("it waits", () -> running.errorSoFar().contains("waiting for approval"));
        long until = System.nanoTime() + 4_000_000_000L;
        Await.until("four seconds are over", () -> System.nanoTime() > until);

        // When
        first().decide(Verdict.Allow.PLAIN);
        Run run = running.finish(new byte[0]);

        // Then
        assertEquals("ok\n", run.text(), run::toString);
        assertEquals(0, run.status());
    }

    @Test
    @DisplayName("SSH-12: of many commands on one connection each runs or fails at once, when the target takes no more")
    void multiplexing() {
        // Given
        String control = gateway.directory.resolve("cm").toString();
        Run.Running master = gateway.start("-M", "-S", control, "-N", "web1@127.0.0.1");
        Await.until(
                "the master is up",
                () -> gateway.directory.resolve("cm").toFile().exists());

        // When
        List<Run.Running> all = new ArrayList<>();
        for (int i = 0; i < 14; i++) {
            all.add(Run.Running.start(
                    List.of("ssh", "-F", "none", "-S", control, "-o", "ControlMaster=no", "x", "sleep 2; echo ok"),
                    java.util.Map.of(),
                    null));
        }
        List<Run> runs =
                all.stream().map(running -> running.finish(new byte[0])).toList();
        leave(master, control);

        // Then
        long well = runs.stream()
                .filter(run -> run.status() == 0 && run.text().equals("ok\n"))
                .count();
        assertTrue(well >= 9, runs::toString);
        long refused = runs.stream()
                .filter(run -> run.status() == 255 && run.error().contains("refused"))
                .count();
        assertEquals(14, well + refused, runs::toString);
    }

    @Test
    @DisplayName("SSH-03: nor is it lost to a client that closes its side before it has come")
    void exitStatusOfMultiplexed() {
        // Given
        String control = gateway.directory.resolve("cx").toString();
        Run.Running master = gateway.start("-M", "-S", control, "-N", "web1@127.0.0.1");
        Await.until(
                "the master is up",
                () -> gateway.directory.resolve("cx").toFile().exists());

        // When
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            statuses.add(Run.of(List.of("ssh", "-F", "none", "-S", control, "x", "exit 5"))
                    .status());
        }
        leave(master, control);

        // Then
        assertEquals(java.util.Collections.nCopies(40, 5), statuses);
    }

    private static void leave(Run.Running master, String control) {
        Run.of(List.of("ssh", "-F", "none", "-S", control, "-O", "exit", "x"));
        master.finish();
    }

    @Test
    @DisplayName("SSH-13: many connections and commands at once all succeed")
    void atOnce() {
        // Given
        List<Run.Running> all = new ArrayList<>();

        // When
        for (int i = 0; i < 12; i++) {
            all.add(gateway.start("web1@127.0.0.1", "cat; echo " + i));
        }
        List<Run> runs =
                all.stream().map(running -> running.finish(new byte[65536])).toList();

        // Then
        for (int i = 0; i < runs.size(); i++) {
            assertEquals(0, runs.get(i).status(), runs.get(i)::error);
            assertEquals(65536 + (i + "\n").length(), runs.get(i).output().length);
        }
    }

    @Test
    @DisplayName("SSH-14: a connection through the target is refused and recorded, or goes where it may")
    void tunnels() throws IOException {
        // Given
        gateway.sessions.judge = action -> action instanceof Tunnel tunnel && tunnel.port() == 1
                ? new Verdict.Deny("scope", "not there")
                : Verdict.Allow.PLAIN;
        try (ServerSocket service = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread answering = new Thread(() -> answer(service));
            answering.start();

            // When
            Run refused = gateway.ssh(new byte[0], "-W", "127.0.0.1:1", "web1@127.0.0.1");
            FakeSessions.FakeExchange denied = first();
            Run allowed = gateway.ssh(bytes("hello"), "-W", "127.0.0.1:" + service.getLocalPort(), "web1@127.0.0.1");

            // Then
            assertNotEquals(0, refused.status());
            assertTrue(refused.error().contains("administratively prohibited"), refused::toString);
            assertEquals("connect to 127.0.0.1:1", denied.action.text());
            assertEquals("HELLO", allowed.text(), allowed::toString);
            assertEquals(10, outcome(first()).bytes());
        }
    }

    @Test
    @DisplayName("SSH-14: the target listens for the client where it may, and nowhere else")
    void ports() throws IOException {
        // Given
        gateway.sessions.judge = action -> action instanceof Tunnel tunnel && tunnel.port() == 1
                ? new Verdict.Deny("scope", "not there")
                : Verdict.Allow.PLAIN;
        try (ServerSocket service = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread answering = new Thread(() -> answer(service));
            answering.start();

            // When
            Run refused = gateway.ssh(
                    new byte[0],
                    "-o",
                    "ExitOnForwardFailure=yes",
                    "-R",
                    "127.0.0.1:1:127.0.0.1:1",
                    "web1@127.0.0.1",
                    "true");
            String denied = first().action.text();
            Run.Running running = gateway.start(
                    "-o", "ExitOnForwardFailure=yes",
                    "-R", "127.0.0.1:0:127.0.0.1:" + service.getLocalPort(),
                    "web1@127.0.0.1", "cat");
            Await.until("the target listens", () -> running.errorSoFar().contains("Allocated port"));
            String port = running.errorSoFar().split(" ", -1)[2];
            byte[] answer;
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(port))) {
                socket.getOutputStream().write(bytes("hello"));
                answer = socket.getInputStream().readAllBytes();
            }
            Run run = running.finish(new byte[0]);

            // Then
            assertEquals(255, refused.status(), refused::toString);
            assertEquals("listen on 127.0.0.1:1", denied);
            assertEquals("HELLO", new String(answer, StandardCharsets.UTF_8));
            assertEquals(0, run.status(), run::toString);
            assertTrue(
                    gateway.sessions.last().notes.contains("the connection is closed after 10 bytes"),
                    gateway.sessions.last().notes::toString);
        }
    }

    private static void answer(ServerSocket service) {
        try (Socket socket = service.accept()) {
            byte[] in = socket.getInputStream().readNBytes(5);
            socket.getOutputStream()
                    .write(bytes(new String(in, StandardCharsets.UTF_8).toUpperCase(java.util.Locale.ROOT)));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    @DisplayName("SSH-16: the client's agent and display are not carried, and that is recorded")
    void agent() {
        // Given
        String script = """
                import asyncio, asyncssh, os
                async def main():
                    async with asyncssh.connect('127.0.0.1', int(os.environ['PORT']), username='web1',
                            password=os.environ['TOKEN'], known_hosts=None, client_keys=None, config=None) as conn:
                        chan, session = await conn.create_session(asyncssh.SSHClientSession, 'true')
                        ok = await chan._make_request(b'auth-agent-req@openssh.com')
                        print(ok)
                asyncio.run(main())
                """;

        // When
        Run run = gateway.python(script);

        // Then
        assertEquals("False\n", run.text(), run::toString);
        assertTrue(
                gateway.sessions.last().notes.stream().anyMatch(note -> note.startsWith("auth-agent-req@openssh.com")),
                gateway.sessions.last().notes::toString);
    }

    @Test
    @DisplayName("SSH-21: a client that does not read stops the target from writing, and others go on")
    void slowReader() {
        // Given
        Run.Running slow = gateway.start("web1@127.0.0.1", "cat /dev/zero | head -c 300000000");
        pause(slow.process.pid(), "STOP");
        FakeSessions.FakeExchange exchange = waitForFirst();

        // When
        long[] before = {-1};
        Await.until("nothing more comes", () -> {
            long now = exchange.size(Stream.OUTPUT);
            LockSupport.parkNanos(300_000_000);
            boolean still = now > 0 && now == before[0];
            before[0] = now;
            return still;
        });
        Run other = gateway.exec("echo other");
        pause(slow.process.pid(), "CONT");
        Run run = slow.finish(new byte[0]);

        // Then
        assertTrue(before[0] < 32 << 20, "recorded ahead: " + before[0]);
        assertEquals("other\n", other.text());
        assertEquals(300_000_000, run.output().length);
    }

    private static FakeSessions.FakeExchange waitForFirst() {
        int sessions = gateway.sessions.opened.size();
        Await.until(
                "the command runs",
                () -> gateway.sessions.opened.size() >= sessions
                        && !gateway.sessions.last().exchanges.isEmpty());
        return first();
    }

    private static void pause(long pid, String signal) {
        assertEquals(
                0, Run.of(List.of("kill", "-" + signal, Long.toString(pid))).status());
    }

    @Test
    @DisplayName("SSH-27: the target's host keys do not reach the client")
    void hostKeys() {
        // Given
        String option = "UpdateHostKeys=yes";

        // When
        Run run = gateway.ssh(new byte[0], "-vv", "-o", option, "web1@127.0.0.1", "true");

        // Then
        assertEquals(0, run.status(), run::error);
        assertFalse(run.error().contains("hostkeys-00"), run::error);
        assertFalse(run.error().contains("ping@openssh.com"), run::error);
    }

    @Test
    @DisplayName("hides in both streams what a mask hides, line by line, and records what the client saw")
    void masking() {
        // Given
        gateway.sessions.masking = TestMasking.hiding("hunter2");

        // When
        Run run = gateway.exec("printf 'a hun'; sleep .3; echo 'ter2 b'; echo hunter2 >&2; printf end-hunter2");
        Run terminal = gateway.ssh(new byte[0], "-tt", "web1@127.0.0.1", "echo hunter2");

        // Then
        assertEquals("a * b\nend-*", run.text(), run::toString);
        assertEquals("*\n", run.error());
        assertEquals(126, terminal.status(), terminal::toString);
        FakeSessions.FakeExchange exchange = gateway.sessions
                .opened
                .get(gateway.sessions.opened.size() - 2)
                .exchanges
                .get(0);
        assertEquals("a * b\nend-*", exchange.text(Stream.OUTPUT));
    }
}
