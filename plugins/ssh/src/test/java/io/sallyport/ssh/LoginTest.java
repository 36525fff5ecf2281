package io.sallyport.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.api.config.HostPort;
import io.sallyport.api.guardrail.Verdict;
import io.sallyport.api.principal.Evidence;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoginTest {

    private static Gateway gateway;
    private final Path directory;

    LoginTest(@TempDir Path directory) {
        this.directory = directory;
    }

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
        gateway.sessions.keys.clear();
    }

    private static String fingerprint(Path key) {
        return Run.of(List.of("ssh-keygen", "-l", "-f", key.toString())).text().split(" ", -1)[1];
    }

    /** ssh with keys only. */
    private static Run withKeys(List<Path> keys, String... more) {
        List<String> command = new ArrayList<>(List.of("ssh", "-F", "none", "-p", Integer.toString(gateway.port())));
        command.addAll(
                List.of("-o", "UserKnownHostsFile=" + gateway.directory.resolve("known"), "-o", "IdentitiesOnly=yes"));
        command.addAll(List.of("-o", "PreferredAuthentications=publickey", "-o", "BatchMode=yes"));
        keys.forEach(key -> command.addAll(List.of("-i", key.toString())));
        command.addAll(List.of(more));
        command.addAll(List.of("web1@127.0.0.1", "echo in"));
        return Run.Running.start(command, Map.of(), null).finish(new byte[0]);
    }

    @Test
    @DisplayName("a token answers the password prompt and the interactive one; another one is refused with a reason")
    void tokens() {
        // Given
        List<String> interactive = List.of("-o", "PreferredAuthentications=keyboard-interactive");

        // When
        Run password = gateway.exec("echo in");
        List<String> command = new ArrayList<>(gateway.command("web1@127.0.0.1", "echo in"));
        command.replaceAll(word -> word.equals("PreferredAuthentications=password") ? interactive.get(1) : word);
        Run prompted = Run.Running.start(command, gateway.environment, null).finish(new byte[0]);
        List<String> account = gateway.command("root@web1@127.0.0.1", "echo in");
        Run named = Run.Running.start(account, gateway.environment, null).finish(new byte[0]);

        // Then
        assertEquals("in\n", password.text(), password::toString);
        assertEquals("in\n", prompted.text(), prompted::toString);
        assertEquals("in\n", named.text(), named::toString);
        assertEquals(
                "root",
                gateway.sessions
                        .admissions
                        .get(gateway.sessions.admissions.size() - 1)
                        .account());
        assertEquals(
                "web1",
                gateway.sessions
                        .admissions
                        .get(gateway.sessions.admissions.size() - 1)
                        .target());
    }

    @Test
    @DisplayName("a token that is longer than OpenSSH lets one type is asked for in parts")
    void longToken() throws IOException {
        // Given
        String token = "x".repeat(2500);
        gateway.sessions.longToken = token;
        Path askpass = directory.resolve("askpass");
        Files.writeString(askpass, """
                #!/bin/sh
                from=1
                case "$1" in *"from byte "*) from=${1##*from byte }; from=${from%% *} ;; esac
                printf %s "$TOKEN" | tail -c "+$from" | head -c 1000
                """);
        askpass.toFile().setExecutable(true);
        Map<String, String> environment =
                Map.of("SSH_ASKPASS", askpass.toString(), "SSH_ASKPASS_REQUIRE", "force", "TOKEN", token);
        List<String> command = new ArrayList<>(gateway.command("web1@127.0.0.1", "echo in"));
        command.replaceAll(word -> word.equals("PreferredAuthentications=password")
                ? "PreferredAuthentications=keyboard-interactive"
                : word);

        // When
        Run run = Run.Running.start(command, environment, null).finish(new byte[0]);

        // Then
        assertEquals("in\n", run.text(), run::toString);
    }

    @Test
    @DisplayName("another token is refused with the core's reason, and after some attempts the connection ends")
    void wrongToken() throws IOException {
        // Given
        Path askpass = directory.resolve("askpass");
        Files.writeString(askpass, "#!/bin/sh\necho wrong\n");
        askpass.toFile().setExecutable(true);
        Map<String, String> environment = Map.of("SSH_ASKPASS", askpass.toString(), "SSH_ASKPASS_REQUIRE", "force");

        // When
        Run run = Run.Running.start(gateway.command("web1@127.0.0.1", "echo in"), environment, null)
                .finish(new byte[0]);

        // Then
        assertEquals(255, run.status(), run::toString);
        assertTrue(run.error().contains("sallyport: the token is not valid"), run::toString);
    }

    @Test
    @DisplayName("SSH-22: who only offers a key is not its owner, in whatever order")
    void offeredKeys() throws IOException {
        // Given
        Path alice = directory.resolve("alice");
        Path bob = directory.resolve("bob");
        TestHost.key(alice);
        TestHost.key(bob);
        Path bobsPublicHalf = directory.resolve("stolen");
        Files.copy(directory.resolve("bob.pub"), directory.resolve("stolen.pub"));
        Files.copy(alice, bobsPublicHalf);
        gateway.sessions.keys.add(fingerprint(directory.resolve("alice.pub")));
        gateway.sessions.keys.add(fingerprint(directory.resolve("bob.pub")));

        // When: ssh offers the public half that lies beside a private key, and signs with the private key
        Run first = withKeys(List.of(bobsPublicHalf, alice));
        Evidence evidence = last();
        Run turned = withKeys(List.of(alice, bobsPublicHalf));
        Evidence turnedEvidence = last();

        // Then
        assertEquals("in\n", first.text(), first::toString);
        assertEquals(new Evidence.Key(fingerprint(directory.resolve("alice.pub"))), evidence);
        assertEquals("in\n", turned.text(), turned::toString);
        assertEquals(new Evidence.Key(fingerprint(directory.resolve("alice.pub"))), turnedEvidence);
    }

    private static Evidence last() {
        return gateway.sessions
                .admissions
                .get(gateway.sessions.admissions.size() - 1)
                .evidence();
    }

    @Test
    @DisplayName(
            "a certificate of the gateway's authority lets in as the login that it names; another's, or an old one, does not")
    void certificates() throws IOException {
        // Given
        Path key = directory.resolve("key");
        TestHost.key(key);
        Path other = directory.resolve("other");
        TestHost.key(other);
        gateway.sessions.keys.add("login-17");

        // When
        Run good = signed(gateway.directory.resolve("ca"), key, "-V", "-1m:+5m");
        Evidence evidence = last();
        Run foreign = signed(other, key, "-V", "-1m:+5m");
        Run old = signed(gateway.directory.resolve("ca"), key, "-V", "-10m:-5m");
        Run forced = signed(gateway.directory.resolve("ca"), key, "-V", "-1m:+5m", "-O", "force-command=id");

        // Then
        assertEquals("in\n", good.text(), good::toString);
        assertEquals(new Evidence.Certificate("login-17"), evidence);
        assertEquals(255, foreign.status(), foreign::toString);
        assertEquals(255, old.status(), old::toString);
        assertEquals(255, forced.status(), forced::toString);
    }

    private Run signed(Path authority, Path key, String... more) {
        List<String> command = new ArrayList<>(
                List.of("ssh-keygen", "-q", "-s", authority.toString(), "-I", "login-17", "-n", "web1"));
        command.addAll(List.of(more));
        command.add(key + ".pub");
        assertEquals(0, Run.of(command).status());
        return withKeys(List.of(key), "-o", "CertificateFile=" + key + "-cert.pub");
    }

    @Test
    @DisplayName(
            "SSH-23: a target with another host key, or an unknown one, gets nothing, and the reason has the fingerprints")
    void hostKeys() throws IOException {
        // Given
        TestHost host = TestHost.get();
        Path other = directory.resolve("other");
        TestHost.key(other);
        String name = "[127.0.0.1]:" + host.port + " ";
        Path changed = Files.writeString(
                directory.resolve("changed"), name + Files.readString(directory.resolve("other.pub")));
        Path unknown = Files.writeString(
                directory.resolve("unknown"), "elsewhere " + Files.readString(directory.resolve("other.pub")));
        Path revoked = Files.writeString(
                directory.resolve("revoked"),
                Files.readString(host.known()) + "@revoked * " + Files.readString(host.directory.resolve("host.pub")));
        Path garbage = Files.writeString(
                directory.resolve("garbage"), "this is not a key\n" + Files.readString(host.known()) + "\n\u0001\n");
        Path hashed = Files.copy(host.known(), directory.resolve("hashed"));
        Run.of(List.of("ssh-keygen", "-H", "-f", hashed.toString()));

        // When
        int logins = host.log().split("Accepted publickey", -1).length;
        Run onChanged = to(host, changed);
        Run onUnknown = to(host, unknown);
        Run onRevoked = to(host, revoked);
        int loginsAfter = host.log().split("Accepted publickey", -1).length;
        Run onGarbage = to(host, garbage);
        Run onHashed = to(host, hashed);

        // Then
        assertEquals(255, onChanged.status());
        assertTrue(onChanged.error().contains(fingerprint(directory.resolve("other.pub"))), onChanged::toString);
        assertTrue(onChanged.error().contains(fingerprint(host.directory.resolve("host.pub"))), onChanged::toString);
        assertEquals(255, onUnknown.status());
        assertTrue(onUnknown.error().contains("no host key of target 'web1' is known"), onUnknown::toString);
        assertEquals(255, onRevoked.status());
        assertTrue(onRevoked.error().contains("revoked"), onRevoked::toString);
        assertEquals(logins, loginsAfter);
        assertEquals("in\n", onGarbage.text(), onGarbage::toString);
        assertEquals("in\n", onHashed.text(), onHashed::toString);
    }

    private static Run to(TestHost host, Path known) throws IOException {
        try (Gateway other = Gateway.to(host.address(), host.userKey(), known)) {
            return other.exec("echo in");
        }
    }

    @Test
    @DisplayName("SSH-26: a target that does not answer fails within the limit, named, while others go on")
    void deadTarget() throws IOException {
        // Given
        Path known = directory.resolve("known");
        Files.writeString(
                known, "192.0.2.1 " + Files.readString(TestHost.get().directory.resolve("host.pub")));
        try (Gateway dead =
                Gateway.to(new HostPort("192.0.2.1", 22), TestHost.get().userKey(), known)) {
            // When
            List<Run.Running> waiting = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                waiting.add(dead.start("web1@127.0.0.1", "echo in"));
            }
            long before = System.nanoTime();
            Run good = gateway.exec("echo in");
            long seconds = (System.nanoTime() - before) / 1_000_000_000;
            List<Run> runs = waiting.stream().map(Run.Running::finish).toList();

            // Then
            assertEquals("in\n", good.text());
            assertTrue(seconds < 10, "took " + seconds + " s");
            for (Run run : runs) {
                assertEquals(255, run.status(), run::toString);
                assertTrue(run.error().contains("target 'web1' does not answer (session s"), run::toString);
            }
        }
    }

    @Test
    @DisplayName("a client that does not log in in time is disconnected, and one that sends too much before it is too")
    void limits() throws IOException {
        // Given
        try (Socket silent = new Socket(InetAddress.getLoopbackAddress(), gateway.port());
                Socket flooding = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
            silent.setSoTimeout(15_000);
            flooding.setSoTimeout(15_000);

            // When
            boolean cut = false;
            try {
                for (int i = 0; i < 64 && !cut; i++) {
                    flooding.getOutputStream().write(new byte[65536]);
                    flooding.getOutputStream().flush();
                }
                flooding.getInputStream().readAllBytes();
                cut = true;
            } catch (IOException e) {
                cut = true;
            }
            byte[] said = silent.getInputStream().readAllBytes();

            // Then
            assertTrue(cut);
            assertTrue(said.length > 0);
        }
    }

    @Test
    @DisplayName("a host that speaks something else than SSH is a target that cannot be logged in to")
    void notSsh() throws IOException {
        // Given
        try (ServerSocket other = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Path known = directory.resolve("known");
            Files.writeString(
                    known,
                    "[127.0.0.1]:" + other.getLocalPort() + " "
                            + Files.readString(TestHost.get().directory.resolve("host.pub")));
            Thread answering = new Thread(() -> {
                try (Socket socket = other.accept()) {
                    socket.getOutputStream()
                            .write("HTTP/1.1 400 Bad Request\r\n\r\n"
                                    .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            answering.start();

            // When
            Run run;
            try (Gateway wrong = Gateway.to(
                    new HostPort("127.0.0.1", other.getLocalPort()),
                    TestHost.get().userKey(),
                    known)) {
                run = wrong.exec("echo in");
            }

            // Then
            assertEquals(255, run.status(), run::toString);
            assertFalse(run.text().contains("in"));
            assertTrue(run.error().contains("target 'web1'"), run::toString);
        }
    }
}
