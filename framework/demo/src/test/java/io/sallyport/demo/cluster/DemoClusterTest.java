package io.sallyport.demo.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sallyport.demo.tls.DemoCertificates;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("the stand-in cluster, with kubectl straight at it")
@TestInstance(Lifecycle.PER_CLASS)
class DemoClusterTest {

    private static final int SECONDS = 60;
    private static final int OLDEST_MINOR = 30;

    private final Path directory;
    private final DemoCluster cluster;
    private final Path config;

    DemoClusterTest(@TempDir Path directory) throws IOException {
        this.directory = directory;
        DemoCertificates certificates = DemoCertificates.create(directory);
        this.cluster = DemoCluster.start(certificates.certificate(), certificates.key());
        this.config = Files.writeString(
                directory.resolve("config"), """
                apiVersion: v1
                kind: Config
                clusters: [{name: c, cluster: {server: "https://127.0.0.1:%d", certificate-authority: "%s"}}]
                users: [{name: u, user: {token: "%s"}}]
                contexts: [{name: c, context: {cluster: c, user: u, namespace: stage}}]
                current-context: c
                """.formatted(cluster.port(), certificates.authority(), cluster.token()));
    }

    /** The stand-in has commands over WebSocket only, which kubectl speaks by itself from 1.30 on. */
    @BeforeAll
    void needsKubectl() throws Exception {
        boolean installed = Arrays.stream(System.getenv("PATH").split(java.io.File.pathSeparator))
                .anyMatch(place -> Files.isExecutable(Path.of(place, "kubectl")));
        assumeTrue(installed, "kubectl is not installed");
        String version = kubectl("version", "--client", "-o", "json").out();
        String minor = new ObjectMapper()
                .readTree(version)
                .path("clientVersion")
                .path("minor")
                .asText("0");
        assumeTrue(Integer.parseInt(minor.replace("+", "")) >= OLDEST_MINOR, "kubectl is older than 1." + OLDEST_MINOR);
    }

    @AfterAll
    void stop() throws IOException {
        cluster.close();
    }

    private record Run(int exit, String out, String error) {}

    private Run kubectl(String... arguments) throws IOException, InterruptedException {
        return fed("", arguments);
    }

    private Run fed(String input, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("kubectl"));
        command.addAll(List.of(arguments));
        Path out = Files.createTempFile(directory, "run", ".out");
        Path error = Files.createTempFile(directory, "run", ".err");
        Path in = Files.writeString(Files.createTempFile(directory, "run", ".in"), input);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .redirectError(error.toFile());
        builder.environment().put("KUBECONFIG", config.toString());
        builder.environment().put("HOME", directory.toString());
        builder.environment().put("KUBECTL_REMOTE_COMMAND_WEBSOCKETS", "true");
        Process process = builder.start();
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        return new Run(
                process.waitFor(),
                Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(error, StandardCharsets.UTF_8));
    }

    @Test
    @DisplayName("lists as tables, and shows objects whole")
    void reads() throws Exception {
        // When
        Run pods = kubectl("get", "pods", "-A");
        Run secret = kubectl("get", "secret", "db", "-o", "jsonpath={.data.password}");
        Run described = kubectl("describe", "pod", "web-1");
        Run selected = kubectl("get", "pods", "-l", "app=shop", "-o", "name");

        // Then
        assertTrue(pods.out().contains("NAMESPACE") && pods.out().contains("site-1"), pods.toString());
        assertEquals("aHVudGVyMi1zdGFnZQ==", secret.out(), secret.toString());
        assertTrue(described.out().contains("registry.local/shop:1.4"), described.toString());
        assertEquals("pod/web-1\n", selected.out(), selected.toString());
    }

    @Test
    @DisplayName("takes objects by every kind of apply, edit and delete")
    void changes() throws Exception {
        // Given
        String map = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: %s}\ndata: {k: %s}\n";

        // When
        Run applied = fed(map.formatted("one", "a"), "apply", "-f", "-");
        Run again = fed(map.formatted("one", "b"), "apply", "-f", "-");
        Run server = fed(map.formatted("two", "a"), "apply", "--server-side", "-f", "-");
        Run patched = kubectl(
                "patch",
                "configmap",
                "one",
                "--type=json",
                "-p",
                "[{\"op\":\"add\",\"path\":\"/data/z\",\"value\":\"1\"}]");
        Run data = kubectl("get", "configmap", "one", "-o", "jsonpath={.data}");
        Run labelled = kubectl("label", "configmap", "two", "x=y");
        Run scaled = kubectl("scale", "deployment", "shop", "--replicas=3");
        Run rolled = kubectl("rollout", "status", "deployment", "shop");
        Run deleted = kubectl("delete", "configmap", "one", "two");
        Run gone = kubectl("get", "configmap", "one");

        // Then
        assertEquals("configmap/one created\n", applied.out(), applied.toString());
        assertEquals("configmap/one configured\n", again.out(), again.toString());
        assertEquals("configmap/two serverside-applied\n", server.out(), server.toString());
        assertEquals(0, patched.exit(), patched.toString());
        assertEquals("{\"k\":\"b\",\"z\":\"1\"}", data.out(), data.toString());
        assertEquals(0, labelled.exit(), labelled.toString());
        assertEquals("deployment.apps/shop scaled\n", scaled.out(), scaled.toString());
        assertEquals(0, rolled.exit(), rolled.toString());
        assertEquals(0, deleted.exit(), deleted.toString());
        assertTrue(gone.error().contains("NotFound"), gone.toString());
    }

    @Test
    @DisplayName("shows logs, and acts commands with their input, streams and exit status")
    void streams() throws Exception {
        // When
        Run logs = kubectl("logs", "web-1", "--tail=2");
        Run echo = kubectl("exec", "web-1", "--", "echo", "hi");
        Run status = kubectl("exec", "web-1", "--", "sh", "-c", "echo o; echo e >&2; exit 3");
        Run cat = fed("from here", "exec", "-i", "web-1", "--", "cat");

        // Then
        assertEquals(2, logs.out().lines().count(), logs.toString());
        assertEquals("hi\n", echo.out(), echo.toString());
        assertEquals("o\n", status.out(), status.toString());
        assertTrue(status.error().startsWith("e\n"), status.toString());
        assertEquals(3, status.exit(), status.toString());
        assertEquals("from here", cat.out(), cat.toString());
    }

    @Test
    @DisplayName("answers discovery and questions about oneself")
    void discovery() throws Exception {
        // When
        Run version = kubectl("version");
        Run resources = kubectl("api-resources");
        Run may = kubectl("auth", "can-i", "delete", "pods");
        Run who = kubectl("auth", "whoami");

        // Then
        assertTrue(version.out().contains("v1.32.0-demo"), version.toString());
        assertTrue(resources.out().contains("deployments"), resources.toString());
        assertEquals("yes\n", may.out(), may.toString());
        assertTrue(who.out().contains("gateway"), who.toString());
    }
}
