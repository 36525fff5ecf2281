package io.sallyport.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.acceptance.Demo.Run;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("SSH through the gateway, with OpenSSH's client")
@SuppressWarnings("NullAway.Init")
final class SshCasesIT {

    private static final int REFUSED = 126;

    private final Demo demo = Demo.shared();
    private final Ssh ssh = Ssh.of(demo, "TOK");
    private final List<String> records = new ArrayList<>();
    private final JournalLines journal = new JournalLines(demo.journal());

    @TempDir(factory = Directories.Lettered.class)
    Path directory;

    @BeforeEach
    void prepare() {
        Ssh.needs("ssh");
    }

    private static void refused(Run run) {
        assertEquals(REFUSED, run.exit(), run.all());
        assertTrue(run.error().contains("sallyport: "), run.error());
    }

    /** A line of the record with all these texts. */
    private String recorded(String... texts) {
        Demo.await(Duration.ofSeconds(20), () -> {
            try {
                journal.read(records::add);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
            return records.stream().anyMatch(line -> List.of(texts).stream().allMatch(line::contains));
        });
        return records.stream()
                .filter(line -> List.of(texts).stream().allMatch(line::contains))
                .findFirst()
                .orElseThrow();
    }

    @Test
    @DisplayName("SSH-01: exec, shell, exec with a terminal, sftp and an unknown subsystem are told apart")
    void kinds() throws IOException {
        // When
        Run exec = ssh.exec("echo kinds-exec");
        Run shell = ssh.run("echo kinds-shell\nexit 4\n".getBytes(StandardCharsets.UTF_8), command("-T", "web1"));
        Run terminal = ssh.run(new byte[0], command("-tt", "web1", "echo kinds-terminal; tty"));
        Run sftp = ssh.run(
                "pwd\n".getBytes(StandardCharsets.UTF_8),
                List.of("sftp", "-F", ssh.config().toString(), "web1"));
        Run netconf = ssh.run(new byte[0], command("-s", "web1", "netconf"));

        // Then
        assertEquals("kinds-exec\n", exec.out());
        assertEquals(4, shell.exit(), shell.all());
        assertTrue(terminal.out().contains("/dev/"), terminal.all());
        assertTrue(sftp.out().contains("Remote working directory"), sftp.all());
        assertNotEquals(0, netconf.exit());
        recorded("echo kinds-exec");
        recorded("shell");
        recorded("kinds-terminal");
        recorded("netconf");
    }

    private List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(List.of("ssh", "-F", ssh.config().toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    @Test
    @DisplayName("SSH-02: a shell without a terminal passes bytes as they are")
    void shellWithoutTerminal() throws IOException {
        // Given
        byte[] input = "tty\nprintf 'a\\nb\\n'\nexit 3\n".getBytes(StandardCharsets.UTF_8);

        // When
        Run run = ssh.run(input, command("-T", "web1"));

        // Then
        assertEquals(3, run.exit());
        assertEquals("not a tty\na\nb\n", run.out());
    }

    @Test
    @DisplayName("SSH-03: the exit status is never lost")
    void exitStatus() throws IOException {
        // Given
        try (Master master = new Master(directory.resolve("cm"))) {
            for (int i = 0; i < 40; i++) {
                // When
                Run five = master.exec("exit 5");
                Run none = master.exec("true");

                // Then
                assertEquals(5, five.exit(), five.all());
                assertEquals(0, none.exit(), none.all());
            }
        }
    }

    /** A connection that further sessions share. */
    private final class Master implements AutoCloseable {
        private final Path socket;

        Master(Path socket) throws IOException {
            this.socket = socket;
            Run run = ssh.ssh("-M", "-S", socket.toString(), "-fN", "web1");
            assertEquals(0, run.exit(), run.all());
        }

        Run exec(String line) throws IOException {
            return ssh.ssh("-S", socket.toString(), "web1", line);
        }

        @Override
        public void close() throws IOException {
            ssh.ssh("-S", socket.toString(), "-O", "exit", "web1");
        }
    }

    @Test
    @DisplayName("SSH-04: errors stay apart from output, in any amount")
    void errorsApart() throws IOException {
        // When
        Run small = ssh.exec("echo out; echo err >&2");
        Run big = ssh.exec("head -c 5000000 /dev/zero >&2; head -c 5000000 /dev/zero");

        // Then
        assertEquals("out\n", small.out());
        assertEquals("err\n", small.error());
        assertEquals(5_000_000, big.out().length());
        assertEquals(5_000_000, big.error().length());
    }

    @Test
    @DisplayName("SSH-05: when the input ends, the output still comes")
    void halfClose() throws IOException {
        // Given
        StringBuilder numbers = new StringBuilder();
        for (int i = 1; i <= 100_000; i++) {
            numbers.append(i).append('\n');
        }

        // When
        Run sorted = ssh.exec("sort -n | tail -1", numbers.toString().getBytes(StandardCharsets.UTF_8));
        Run late = ssh.ssh("-n", "web1", "sleep 1; echo hi");
        Run empty = ssh.exec("cat | wc -c");

        // Then
        assertEquals("100000\n", sorted.out());
        assertEquals("hi\n", late.out());
        assertEquals("0", empty.out().strip());
    }

    @Test
    @DisplayName("SSH-08: harmless variables pass, those that undo rules on commands do not, and the session goes on")
    void environment() throws IOException {
        // When
        Run run = ssh.run(
                new byte[0],
                List.of(
                        "env",
                        "LANG=de_DE.UTF-8",
                        "GIT_PROTOCOL=version=2",
                        "BASH_ENV=/tmp/e",
                        "PS4=x",
                        "ssh",
                        "-F",
                        ssh.config().toString(),
                        "-o",
                        "SendEnv=LANG GIT_PROTOCOL BASH_ENV PS4",
                        "web1",
                        "env"));

        // Then
        assertTrue(run.out().contains("LANG=de_DE.UTF-8\n"), run.all());
        assertTrue(run.out().contains("GIT_PROTOCOL=version=2\n"), run.all());
        assertFalse(run.out().contains("BASH_ENV"), run.all());
        recorded("BASH_ENV");
        recorded("PS4");
    }

    @Test
    @DisplayName("SSH-12: many sessions on one connection each run, or fail at once")
    void multiplexed() throws Exception {
        // Given
        try (Master master = new Master(directory.resolve("cm"))) {
            List<CompletableFuture<Run>> runs = new ArrayList<>();
            for (int i = 0; i < 25; i++) {
                String line = "sleep 1; echo many-" + i;
                runs.add(CompletableFuture.supplyAsync(() -> {
                    try {
                        return master.exec(line);
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                }));
            }

            // When
            for (int i = 0; i < runs.size(); i++) {
                Run run = runs.get(i).get(60, TimeUnit.SECONDS);

                // Then
                boolean ran = run.exit() == 0 && run.out().equals("many-" + i + "\n");
                boolean failed = run.exit() != 0 && run.error().contains("open failed");
                assertTrue(ran || failed, run.all());
                if (ran) {
                    recorded("sleep 1; echo many-" + i);
                }
            }
        }
    }

    @Test
    @DisplayName("SSH-14: local forwarding is refused unless it is allowed, and the refusal names host and port")
    void forwarding() throws IOException {
        // When
        Run run = ssh.ssh("-W", "127.0.0.1:2222", "web1");

        // Then
        assertNotEquals(0, run.exit());
        assertTrue(run.error().contains("administratively prohibited"), run.error());
        recorded("127.0.0.1", "2222");
    }

    @Test
    @DisplayName("SSH-15: the gateway is no way to hosts that it does not inspect")
    void jump() throws IOException {
        // When
        Run run = ssh.ssh("-o", "ProxyJump=web1", "root@10.0.0.9", "id");

        // Then
        assertEquals(255, run.exit(), run.all());
        assertFalse(run.out().contains("uid="), run.all());
        recorded("10.0.0.9");
    }

    @Test
    @DisplayName("SSH-16: an agent is not forwarded")
    void agent() throws IOException {
        // When
        Run run = ssh.ssh("-A", "web1", "echo \"[$SSH_AUTH_SOCK]\"");

        // Then
        assertEquals("[]\n", run.out(), run.all());
    }

    @Test
    @DisplayName("SSH-20: bytes go in and come out unchanged")
    void binary() throws Exception {
        // Given
        byte[] bytes = new byte[20_000_000];
        new Random(20).nextBytes(bytes);
        String sum =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));

        // When
        Run there = ssh.exec("sha256sum", bytes);
        Run back = ssh.exec("cat", bytes);

        // Then
        assertEquals(sum, there.out().substring(0, 64));
        assertTrue(new String(bytes, StandardCharsets.ISO_8859_1).equals(back.out()), "other bytes came back");
    }

    @DisplayName("SSH-24: rm with both flags is refused however it is written")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ls;rm -rf DATA",
                "ls&&rm -rf DATA",
                "ls\nrm -rf DATA",
                "/bin/rm -rf DATA",
                "rm -r -f DATA",
                "rm --recursive --force DATA",
                "r''m -rf DATA",
                "\\rm -rf DATA",
                "env rm -rf DATA",
                "sudo -n rm -rf DATA",
                "{rm,-rf,DATA}",
                "bash -c \"rm -rf DATA\"",
                "xargs rm -rf <<< DATA"
            })
    void destructive(String line) throws IOException {
        // Given
        Path data = Files.createDirectories(directory.resolve("data"));

        // When
        Run run = ssh.exec(line.replace("DATA", data.toString()));

        // Then
        refused(run);
        assertTrue(run.error().contains("[S1"), run.error());
        assertTrue(Files.exists(data));
    }

    @Test
    @DisplayName("SSH-24: text about rm is not rm")
    void harmless() throws IOException {
        // When
        Run run = ssh.exec("echo \"rm -rf is bad\"");

        // Then
        assertEquals("rm -rf is bad\n", run.out(), run.all());
    }

    @Test
    @DisplayName("an e-mail address is masked in output and in errors, and in the record")
    void masked() throws IOException {
        // When
        Run run = ssh.exec("cat customers.csv; echo to somebody@example.org >&2");

        // Then
        assertEquals(0, run.exit(), run.all());
        assertTrue(run.out().contains("Alice"), run.all());
        assertFalse(run.all().contains("alice@example.com") || run.all().contains("somebody@"), run.all());
        assertFalse(recorded("cat customers.csv").contains("somebody@example.org")
                && records.stream().anyMatch(line -> line.contains("alice@example.com")));
    }

    @Test
    @DisplayName("SSH-11: a command that waits for a person keeps its connection, and runs when it is approved")
    void held() throws Exception {
        // Given
        // No digits: what looks like a card number by chance would be masked where the approver reads it.
        String line = "sudo -n echo held-until-somebody-says-yes";
        CompletableFuture<Run> waiting = CompletableFuture.supplyAsync(() -> {
            try {
                return ssh.ssh("-o", "ServerAliveInterval=1", "-o", "ServerAliveCountMax=3", "web1", line);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        String approval = awaitApproval(line);
        boolean early = waiting.isDone();

        // When
        Run approved = demo.sallyport("TOKEN_APPROVER", "approvals", "approve", approval);
        Run run = waiting.get(60, TimeUnit.SECONDS);

        // Then
        assertFalse(early);
        assertEquals(0, approved.exit(), approved.all());
        assertEquals(0, run.exit(), run.all());
        assertTrue(run.out().startsWith("held-"), run.all());
        assertTrue(run.error().contains(approval), run.error());
    }

    /** Waits longer than the keepalives would allow without answers. */
    private String awaitApproval(String text) throws Exception {
        long patient = System.nanoTime() + Duration.ofSeconds(6).toNanos();
        List<String> found = new ArrayList<>();
        Demo.await(Duration.ofSeconds(40), () -> {
            try {
                Run list = demo.sallyport("TOKEN_APPROVER", "approvals", "list", "--output", "json");
                com.fasterxml.jackson.databind.JsonNode approvals = GatewayProcess.parse(list.out());
                approvals.findParents("id").forEach(one -> {
                    if (one.toString().contains(text)) {
                        found.add(one.path("id").asText());
                    }
                });
                return !found.isEmpty() && System.nanoTime() > patient;
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        return found.get(0);
    }

    @Test
    @DisplayName("SSH-25: under an allow-list of commands those run, others and the shell do not")
    void allowList() throws Exception {
        // Given
        String all = """
                      - verbs: [exec, shell, read, write, list, remove, rename, link, setattr, mkdir]
                        resources: ["**"]
                    opaque: allow
                """;
        try (GatewayProcess gateway = GatewayProcess.start(demo, "-Xmx256m", text -> {
            String changed = text.replace(all, """
                      - { verbs: [exec], resources: [pwd, "date -u *"] }
                      - { verbs: [write, list], resources: ["%s/**"] }
                """.formatted(directory));
            assertNotEquals(text, changed);
            return changed;
        })) {
            Ssh listed = Ssh.of(demo, gateway.portOf("SSH_PORT"), "TOK", directory);
            Path file = Files.writeString(directory.resolve("file"), "x");

            // When
            Run pwd = listed.exec("pwd");
            Run date = listed.exec("date -u '+%Y'");
            Run both = listed.exec("pwd; id");
            Run shell = listed.ssh("-T", "web1");
            Run up = listed.tool("scp", "-O", file.toString(), "web1:" + directory + "/up");
            Run down = listed.tool("scp", "-O", "web1:/etc/passwd", directory + "/down");
            Run upBySftp = listed.tool("scp", file.toString(), "web1:" + directory + "/up2");
            Run downBySftp = listed.tool("scp", "web1:/etc/passwd", directory + "/down2");

            // Then
            assertEquals(0, pwd.exit(), pwd.all());
            assertEquals(0, date.exit(), date.all());
            refused(both);
            refused(shell);
            assertEquals(0, up.exit(), up.all());
            assertNotEquals(0, down.exit(), down.all());
            assertNotEquals(0, downBySftp.exit(), downBySftp.all());
            assertFalse(Files.exists(directory.resolve("down")) && Files.size(directory.resolve("down")) > 0);
            assertEquals(0, upBySftp.exit(), upBySftp.all());
        }
    }

    @Test
    @DisplayName(
            "what cannot be masked does not pass where the grant does not say so: files, and what a terminal shows")
    void unmaskable() throws Exception {
        // Given
        try (GatewayProcess gateway =
                GatewayProcess.start(demo, "-Xmx256m", text -> text.replace("    unmaskable: allow\n", ""))) {
            Ssh strict = Ssh.of(demo, gateway.portOf("SSH_PORT"), "TOK", directory);
            Path file = Files.writeString(directory.resolve("file"), "x");
            String there = "web1:" + directory;

            // When
            Run masked = strict.exec("cat customers.csv");
            Run terminal = strict.ssh("-tt", "web1", "cat customers.csv");
            Run down = strict.tool("scp", "web1:customers.csv", directory + "/down");
            Run downByExec = strict.tool("scp", "-O", "web1:customers.csv", directory + "/down-O");
            Run up = strict.tool("scp", file.toString(), there + "/up");
            Run upByExec = strict.tool("scp", "-O", file.toString(), there + "/up-O");

            // Then
            assertTrue(masked.exit() == 0 && masked.out().contains("Alice"), masked.all());
            assertEquals(REFUSED, terminal.exit(), terminal.all());
            assertNotEquals(0, down.exit(), down.all());
            assertNotEquals(0, downByExec.exit(), downByExec.all());
            assertFalse((terminal.all() + down.all() + downByExec.all()).contains("alice@example.com"));
            assertEquals(0, up.exit(), up.all());
            assertEquals(0, upByExec.exit(), upByExec.all());
        }
    }
}
