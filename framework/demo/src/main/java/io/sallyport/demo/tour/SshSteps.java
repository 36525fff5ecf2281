package io.sallyport.demo.tour;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.keyverifier.KnownHostsServerKeyVerifier;
import org.apache.sshd.client.keyverifier.RejectAllServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;

/** What the pipeline does on the SSH host. */
final class SshSteps {

    private static final String PIPELINE = "TOKEN_CI";
    private static final String CAROL = "TOKEN_APPROVER";
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int REFUSED = 126;
    private static final Pattern SESSION = Pattern.compile("\\(session ([^,]+), action \\d+\\)");

    private final UnaryOperator<String> environment;
    private final Path home;
    private final AdminClient admin;
    private String session = "";

    SshSteps(UnaryOperator<String> environment, Path directory, AdminClient admin) {
        this.environment = environment;
        this.home = directory.resolve("web1");
        this.admin = admin;
    }

    List<String> allowed() throws IOException {
        String line = "hostname > /dev/null && echo \"$USER runs in $(basename \"$PWD\")\"";
        Ran ran = run(line);
        Expect.that(ran.status() == 0 && ran.out().equals("deploy runs in web1\n"), "the command did not run: " + ran);
        return List.of(line, "  " + ran.out().strip());
    }

    List<String> masked() throws IOException {
        String line = "cat customers.csv";
        Ran ran = run(line);
        Expect.that(ran.status() == 0 && ran.out().contains("Alice"), "the file was not read: " + ran);
        Expect.that(!ran.out().contains("alice@example.com"), "an e-mail address came through: " + ran.out());
        return List.of(line, "  " + ran.out().strip().replace("\n", "\n       "));
    }

    List<String> denied() throws IOException {
        Path kept = Files.createDirectories(home.resolve("site"));
        String line = "env rm -r --force site";
        Ran ran = run(line);
        Expect.that(ran.status() == REFUSED, "the command was not refused: " + ran);
        Expect.that(ran.error().contains("[S1"), "the refusal does not name rule S1: " + ran.error());
        Expect.that(Files.exists(kept), "the directory is gone");
        Matcher named = SESSION.matcher(ran.error());
        Expect.that(named.find(), "the refusal does not name its session: " + ran.error());
        session = named.group(1);
        return List.of(line, "  " + ran.error().strip(), "  exit status " + ran.status());
    }

    List<String> approved() throws Exception {
        String line = "sudo -n touch restarted";
        Path done = home.resolve("restarted");
        Files.deleteIfExists(done);
        try (Running running = start(line)) {
            String approval = admin.awaitApproval(CAROL, line, PATIENCE);
            Expect.that(!Files.exists(done), "the command ran before it was approved");
            int decided = admin.decide(CAROL, approval, true);
            Expect.that(decided == 200, "carol cannot approve: HTTP " + decided);
            Ran ran = running.ended();
            Expect.that(ran.status() == 0 && Files.exists(done), "the approved command did not run: " + ran);
            Expect.that(ran.error().contains(approval), "the client was not told what it waits for: " + ran.error());
            return List.of(line, "  " + ran.error().strip(), "carol approves " + approval, "  exit status 0");
        }
    }

    List<String> recorded() throws Exception {
        List<String> lines = admin.awaitRecord("TOKEN_AUDITOR", session, "rm -r --force site", PATIENCE);
        Expect.that(
                lines.stream().anyMatch(line -> line.contains("rm -r --force site") && line.contains("S1")),
                "the record does not show the command with its rule: " + lines);
        return lines;
    }

    private Ran run(String line) throws IOException {
        try (Running running = start(line)) {
            return running.ended();
        }
    }

    private Running start(String line) throws IOException {
        SshClient client = SshClient.setUpDefaultClient();
        client.setServerKeyVerifier(new KnownHostsServerKeyVerifier(
                RejectAllServerKeyVerifier.INSTANCE, Path.of(environment.apply("SSH_KNOWN_HOSTS"))));
        client.start();
        int port = Integer.parseInt(environment.apply("SSH_PORT"));
        ClientSession login = client.connect("deploy@web1", "127.0.0.1", port)
                .verify(PATIENCE)
                .getSession();
        login.addPasswordIdentity(environment.apply(PIPELINE));
        login.auth().verify(PATIENCE);
        ChannelExec channel = login.createExecChannel(line);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream error = new ByteArrayOutputStream();
        channel.setOut(out);
        channel.setErr(error);
        channel.open().verify(PATIENCE);
        return new Running(client, channel, out, error);
    }

    /** A command that was sent. */
    private record Running(
            SshClient client, ChannelExec channel, ByteArrayOutputStream out, ByteArrayOutputStream error)
            implements AutoCloseable {

        Ran ended() {
            Set<ClientChannelEvent> events = channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), PATIENCE);
            Integer status = channel.getExitStatus();
            Expect.that(!events.contains(ClientChannelEvent.TIMEOUT), "the command did not end");
            return new Ran(
                    status == null ? -1 : status,
                    out.toString(StandardCharsets.UTF_8),
                    error.toString(StandardCharsets.UTF_8));
        }

        @Override
        public void close() throws IOException {
            client.close();
        }
    }

    /** What a command said. */
    private record Ran(int status, String out, String error) {}
}
