package io.sallyport.kubernetes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.api.Recording;
import io.sallyport.api.action.ActionKind;
import io.sallyport.api.action.Command;
import io.sallyport.api.guardrail.Verdict;
import io.sallyport.api.session.Exchange.Stream;
import io.sallyport.api.session.Outcome;
import io.sallyport.kubernetes.FakeSessions.FakeExchange;
import io.sallyport.kubernetes.RealCluster.Kubectl;
import io.sallyport.kubernetes.RealCluster.Result;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** kubectl through the gateway, at a real API server: exec, attach, logs, cp and port-forward. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RealStreamsIT {

    private static final String WEBSOCKETS = "KUBECTL_REMOTE_COMMAND_WEBSOCKETS";

    private static RealCluster cluster;
    private static Gateway gateway;
    private static Kubectl kubectl;

    @BeforeAll
    static void start() throws Exception {
        cluster = RealCluster.get();
        gateway = Gateway.to(cluster.address(), null, () -> cluster.credential("admin", ""), Duration.ofSeconds(2));
        kubectl = cluster.through(gateway, FakeSessions.TOKEN);
        String pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: c, image: x}]}\n";
        Await.within(
                Duration.ofSeconds(30),
                "the pod is made",
                () -> cluster.direct()
                                .run(pod.getBytes(StandardCharsets.UTF_8), Map.of(), "apply", "-f", "-")
                                .exit()
                        == 0);
        ok(cluster.direct().run("wait", "pod", "p", "--for=condition=Ready", "--timeout=30s"));
    }

    @AfterAll
    static void stop() {
        if (gateway != null) {
            cluster.direct().run("delete", "pod", "p", "--wait=false");
            gateway.close();
        }
    }

    @BeforeEach
    void allow() {
        gateway.sessions.judge = action -> Verdict.Allow.PLAIN;
        gateway.sessions.masking = null;
        gateway.sessions.results = Recording.Level.FULL;
        gateway.sessions.opened.clear();
    }

    private static Result ok(Result result) {
        assertEquals(0, result.exit(), result::toString);
        return result;
    }

    private static List<FakeExchange> of(ActionKind kind) {
        List<FakeExchange> all = new ArrayList<>();
        gateway.sessions.opened.forEach(session -> session.exchanges.stream()
                .filter(each -> each.action.kind() == kind)
                .forEach(all::add));
        return all;
    }

    private static String recorded(FakeExchange exchange, Stream stream) {
        ByteArrayOutputStream bytes = exchange.recorded.get(stream);
        return bytes == null ? "" : bytes.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @DisplayName("K8S-02 exec by WebSocket and by SPDY: streams apart, exit code, and the record of both")
    @ValueSource(strings = {"true", "false"})
    void exec(String webSockets) {
        // When
        Result result = kubectl.run(
                "in".getBytes(StandardCharsets.UTF_8),
                Map.of(WEBSOCKETS, webSockets),
                "exec",
                "-i",
                "p",
                "--",
                "sh",
                "-c",
                "cat; echo o; echo e >&2; exit 3");

        // Then
        assertEquals(3, result.exit(), result::toString);
        assertEquals("ino\n", result.out());
        assertTrue(result.err().startsWith("e\n"), result::toString);
        FakeExchange command = of(ActionKind.COMMAND).get(0);
        assertEquals(List.of("sh", "-c", "cat; echo o; echo e >&2; exit 3"), ((Command) command.action).argv());
        assertEquals("in", recorded(command, Stream.INPUT));
        assertEquals("ino\n", recorded(command, Stream.OUTPUT));
        assertEquals("e\n", recorded(command, Stream.ERROR));
        Outcome outcome = command.outcome;
        assertEquals("3", outcome == null ? null : outcome.code());
    }

    @Test
    @DisplayName("K8S-03 an exec that is refused twice is one refusal, with its rule's words")
    void aRefusedExecIsOneIntent() {
        // Given
        gateway.sessions.judge = action ->
                action.kind() == ActionKind.API_REQUEST && action.text().contains("pods:exec")
                        ? new Verdict.Deny("K2", "nobody enters a pod in prod")
                        : Verdict.Allow.PLAIN;

        // When
        Result result = kubectl.run("exec", "p", "--", "id");

        // Then
        assertEquals(1, result.exit(), result::toString);
        assertTrue(result.err().contains("sallyport: nobody enters a pod in prod [K2] (session s"), result::toString);
        assertEquals(
                1,
                of(ActionKind.API_REQUEST).stream()
                        .filter(each -> each.action.text().contains("pods:exec"))
                        .count());
        assertTrue(gateway.sessions.opened.stream()
                .anyMatch(session -> session.notes.toString().contains("tried again")));
    }

    @Test
    @DisplayName("K8S-04 an exec by GET is refused by a rule that allows reading")
    void execByGetIsNoReading() throws Exception {
        // Given
        gateway.sessions.judge = action -> action.accesses().stream()
                        .allMatch(access -> access.verb().name().equals("get"))
                ? Verdict.Allow.PLAIN
                : new Verdict.Deny("scope", "only reading is allowed");
        for (String stream : List.of("exec?command=id&stdout=true", "attach?stdout=true", "portforward?ports=80")) {
            try (RawClient client = new RawClient(gateway)) {
                // When
                client.send(RawClient.request(
                        "GET /clusters/prod/api/v1/namespaces/default/pods/p/" + stream,
                        "Connection: Upgrade",
                        "Upgrade: websocket",
                        "Sec-WebSocket-Version: 13",
                        "Sec-WebSocket-Key: eA==",
                        "Sec-WebSocket-Protocol: v4.channel.k8s.io"));

                // Then
                assertEquals(403, client.answer().status());
            }
        }
        ok(kubectl.run("get", "pod", "p", "-o", "name"));
    }

    @ParameterizedTest
    @DisplayName("K8S-28 thirty commands in a row: output and exit code are right")
    @ValueSource(strings = {"true", "false"})
    void manyCommands(String webSockets) {
        for (int i = 0; i < 30; i++) {
            Result result = kubectl.run(
                    new byte[0], Map.of(WEBSOCKETS, webSockets), "exec", "p", "--", "sh", "-c", "echo x; exit 7");
            assertEquals(7, result.exit(), result::toString);
            assertEquals("x\n", result.out());
        }
    }

    @Test
    @DisplayName("K8S-28 the bytes of a program are the same")
    void binaryOutput() throws Exception {
        assertArrayEquals(
                Files.readAllBytes(Path.of("/bin/ls")),
                ok(kubectl.run("exec", "p", "--", "cat", "/bin/ls")).bytes());
    }

    @ParameterizedTest
    @DisplayName("K8S-20 kubectl cp, both ways, to the last byte")
    @ValueSource(strings = {"true", "false"})
    void copy(String webSockets, @TempDir Path directory) throws Exception {
        // Given
        byte[] bytes = new byte[40 << 20];
        new Random(1).nextBytes(bytes);
        Path source = directory.resolve("source");
        Files.write(source, bytes);
        Path inside = Path.of("/tmp", directory.getFileName() + "-" + webSockets);
        Path back = directory.resolve("back");
        gateway.sessions.results = Recording.Level.SUMMARY;

        // When
        ok(kubectl.run(new byte[0], Map.of(WEBSOCKETS, webSockets), "cp", source.toString(), "p:" + inside));
        ok(kubectl.run(new byte[0], Map.of(WEBSOCKETS, webSockets), "cp", "p:" + inside, back.toString()));

        // Then
        assertArrayEquals(bytes, Files.readAllBytes(back));
    }

    @ParameterizedTest
    @DisplayName("K8S-10 what a command writes is masked, in what the client sees and in the record")
    @ValueSource(strings = {"true", "false"})
    void outputIsMasked(String webSockets) {
        // Given
        gateway.sessions.masking = new TestMasking();

        // When
        Result result = kubectl.run(
                new byte[0],
                Map.of(WEBSOCKETS, webSockets),
                "exec",
                "p",
                "--",
                "sh",
                "-c",
                "echo card " + TestMasking.CARD + "; printf 'no end " + TestMasking.CARD + "'; exit 5");

        // Then
        assertEquals(5, result.exit(), result::toString);
        assertEquals("card XXXX\nno end XXXX", result.out());
        assertEquals("card XXXX\nno end XXXX", recorded(of(ActionKind.COMMAND).get(0), Stream.OUTPUT));
    }

    @Test
    void aPromptWithoutAnEndOfLineIsSeen() throws Exception {
        // Given
        gateway.sessions.masking = new TestMasking();
        Process process = kubectl.command("exec", "-i", "p", "--", "sh", "-c", "printf 'name? '; read n; echo hello $n")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            // When
            byte[] prompt = process.getInputStream().readNBytes(6);
            process.getOutputStream().write("you\n".getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().close();

            // Then
            assertEquals("name? ", new String(prompt, StandardCharsets.UTF_8));
            assertEquals("hello you\n", new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        } finally {
            process.destroy();
            process.waitFor();
        }
    }

    @Test
    @DisplayName("K8S-10 a log is followed, and an interrupted client ends the request to the target")
    void logs() throws Exception {
        assertTrue(ok(kubectl.run("logs", "p", "--tail=2")).out().contains("line"));
        Process process = kubectl.command("logs", "-f", "p").start();
        process.getInputStream().readNBytes(100);

        // When
        process.destroy();
        process.waitFor();

        // Then
        Await.until("the outcome is there", () -> of(ActionKind.API_REQUEST).stream()
                .filter(each -> each.action.text().contains("pods:log"))
                .allMatch(each -> each.outcome != null));
    }

    @Test
    @DisplayName("K8S-19 port-forward passes a hundred connections, and its ports and bytes are in the record")
    void portForward() throws Exception {
        try (ServerSocket echo = new ServerSocket(0, 200, InetAddress.getLoopbackAddress())) {
            serve(echo);
            Process process = kubectl.command("port-forward", "p", ":" + echo.getLocalPort())
                    .redirectErrorStream(true)
                    .start();
            try {
                int port = localPort(process);
                List<Thread> threads = new ArrayList<>();
                List<String> answers = java.util.Collections.synchronizedList(new ArrayList<>());
                for (int i = 0; i < 100; i++) {
                    String text = "hello " + i;
                    Thread thread = new Thread(() -> answers.add(ask(port, text).equals(text) ? "ok" : "bad"));
                    threads.add(thread);
                    thread.start();
                }
                for (Thread thread : threads) {
                    thread.join();
                }
                assertEquals(100, answers.stream().filter("ok"::equals).count());
            } finally {
                process.destroy();
                process.waitFor();
            }
            Await.until(
                    "the tunnel's outcome is there", () -> of(ActionKind.TUNNEL).get(0).outcome != null);
            Outcome outcome = of(ActionKind.TUNNEL).get(0).outcome;
            assertNotNull(outcome);
            assertEquals(2 * 790, outcome.bytes());
        }
    }

    @Test
    @DisplayName("K8S-19 a port that a rule refuses is not reached")
    void aRefusedPort() throws Exception {
        try (ServerSocket echo = new ServerSocket(0, 200, InetAddress.getLoopbackAddress())) {
            serve(echo);
            gateway.sessions.judge = action -> action.kind() == ActionKind.TUNNEL
                    ? new Verdict.Deny("K2", "no tunnels in prod")
                    : Verdict.Allow.PLAIN;
            Process process = kubectl.command("port-forward", "p", ":" + echo.getLocalPort())
                    .redirectErrorStream(true)
                    .start();
            try {
                assertEquals("", ask(localPort(process), "hello"));
            } finally {
                process.destroy();
                process.waitFor();
            }
        }
    }

    private static int localPort(Process process) throws IOException {
        StringBuilder line = new StringBuilder();
        int c = process.getInputStream().read();
        while (c >= 0 && c != '\n') {
            line.append((char) c);
            c = process.getInputStream().read();
        }
        String text = line.toString();
        assertFalse(text.isEmpty());
        return Integer.parseInt(text.substring(text.indexOf("127.0.0.1:") + 10, text.indexOf(" ->")));
    }

    private static String ask(int port, String text) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    private static void serve(ServerSocket echo) {
        Thread thread = new Thread(() -> {
            try {
                while (true) {
                    Socket socket = echo.accept();
                    Thread one = new Thread(() -> echo(socket));
                    one.setDaemon(true);
                    one.start();
                }
            } catch (IOException e) {
                // The test is over.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private static void echo(Socket socket) {
        try (socket) {
            socket.getInputStream().transferTo(socket.getOutputStream());
        } catch (IOException e) {
            // The client left.
        }
    }
}
