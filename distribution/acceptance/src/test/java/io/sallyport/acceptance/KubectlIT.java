package io.sallyport.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.acceptance.Demo.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("kubectl through the demo's gateway")
final class KubectlIT {

    private static final String REDACTED = "W3JlZGFjdGVkXQ==";

    private final Demo demo = Demo.shared();
    private final Path directory;

    KubectlIT(@TempDir Path directory) {
        this.directory = directory;
    }

    @BeforeAll
    static void needsKubectl() {
        Kubectl.needed();
    }

    private Run kubectl(String... arguments) throws IOException {
        return Kubectl.run(demo.variable("KUBECONFIG"), directory, List.of(arguments));
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text).toString();
    }

    @Test
    @DisplayName("K8S-01: lists come as tables, and the Secrets of a table's rows are masked")
    void tables() throws IOException {
        // When
        Run pods = kubectl("get", "pods", "-A");
        Run secrets = kubectl("get", "secrets", "-A", "-o", "wide");
        Run raw = kubectl("get", "--raw", "/api/v1/secrets?includeObject=Object");

        // Then
        assertTrue(pods.out().startsWith("NAMESPACE") && pods.out().contains("site-1"), pods.toString());
        assertTrue(secrets.out().contains("Opaque"), secrets.toString());
        assertTrue(raw.out().contains(REDACTED), raw.toString());
        assertFalse(raw.out().contains("aHVudGVyMi"), "a Secret's value came through");
    }

    @Test
    @DisplayName("K8S-11: a Secret's values are masked in every output form")
    void secretOutputs() throws IOException {
        for (List<String> form : List.of(
                List.of("get", "secret", "db", "-o", "yaml"),
                List.of("get", "secret", "db", "-o", "jsonpath={.data.password}"),
                List.of("get", "secret", "db", "-o", "go-template={{.data.password}}"),
                List.of("get", "secrets", "-A", "-o", "json"),
                List.of("get", "--raw", "/clusters/prod/api/v1/namespaces/prod/secrets/db"))) {
            // When
            Run run = kubectl(form.toArray(String[]::new));
            // Then
            assertEquals(0, run.exit(), run.toString());
            assertTrue(run.out().contains(REDACTED), form.toString());
            assertFalse(run.out().contains("aHVudGVyMi"), form.toString());
        }
    }

    @Test
    @DisplayName("K8S-12: a Secret that was applied shows its values nowhere, nor does the answer to the apply")
    void applied() throws IOException {
        // Given
        String manifest = file("secret.yaml", """
                apiVersion: v1
                kind: Secret
                metadata: {name: applied, namespace: web}
                stringData: {p: swordfish}
                """);

        // When
        Run apply = kubectl("apply", "-f", manifest, "-o", "yaml");
        Run get = kubectl("get", "secret", "applied", "-n", "web", "-o", "yaml");

        // Then
        assertTrue(get.out().contains("last-applied-configuration"), get.toString());
        for (Run run : List.of(apply, get)) {
            assertEquals(0, run.exit(), run.toString());
            assertFalse(run.out().contains("swordfish") || run.out().contains("c3dvcmRmaXNo"), run.out());
        }
    }

    @Test
    @DisplayName("K8S-14: a masked value is not written back, and a change without one passes")
    void writtenBack() throws IOException {
        // Given
        Run seen = kubectl("get", "secret", "db", "-n", "stage", "-o", "yaml");
        String changed = file("changed.yaml", seen.out().replace("type: Opaque", "type: Opaque\nimmutable: false"));

        // When
        Run replace = kubectl("replace", "-f", changed);
        Run annotate = kubectl("annotate", "secret", "db", "-n", "stage", "a=b", "--overwrite");

        // Then
        assertEquals(1, replace.exit(), replace.toString());
        assertTrue(replace.error().contains("data.password"), replace.toString());
        assertEquals(0, annotate.exit(), annotate.toString());
    }

    @Test
    @DisplayName("K8S-17: in prod nothing is deleted, neither one object nor all")
    void nothingDeleted() throws IOException {
        // When
        Run one = kubectl("delete", "pod", "web-1", "-n", "prod");
        Run all = kubectl("delete", "pods", "--all", "-n", "prod");
        Run namespace = kubectl("delete", "namespace", "prod");
        Run left = kubectl("get", "pods", "-n", "prod", "-o", "name");

        // Then
        for (Run run : List.of(one, all, namespace)) {
            assertEquals(1, run.exit(), run.toString());
            assertTrue(run.error().contains("[K1/1]"), run.toString());
        }
        assertEquals("pod/web-1\npod/worker-1\n", left.out(), left.toString());
    }

    @Test
    @DisplayName("K8S-03, K8S-04: an exec in prod is refused with the rule, and reading stays allowed")
    void execRefused() throws IOException {
        // When
        Run exec = kubectl("exec", "web-1", "-n", "prod", "--", "id");
        Run get = kubectl("get", "pod", "web-1", "-n", "prod", "-o", "name");

        // Then
        assertEquals(1, exec.exit(), exec.toString());
        assertTrue(exec.error().contains("[K2/1]"), exec.toString());
        assertEquals("pod/web-1\n", get.out(), get.toString());
    }

    @Test
    @DisplayName("K8S-02, K8S-28: exec keeps streams apart and brings the exit status")
    void exec() throws IOException {
        // When
        Run run = kubectl("exec", "site-1", "-n", "web", "--", "sh", "-c", "echo o; echo e >&2; exit 3");

        // Then
        assertEquals("o\n", run.out(), run.toString());
        assertTrue(run.error().startsWith("e\n"), run.toString());
        assertEquals(3, run.exit(), run.toString());
    }

    @Test
    @DisplayName("an exec in stage waits for a person")
    void held() throws Exception {
        // Given
        CompletableFuture<Run> waiting = CompletableFuture.supplyAsync(() -> {
            try {
                return kubectl("exec", "web-1", "-n", "stage", "--", "hostname");
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        Demo.await(Duration.ofSeconds(20), () -> !pending().isEmpty());
        String approval = pending();

        // When
        boolean waited = !waiting.isDone();
        Run approve = demo.sallyport("TOKEN_APPROVER", "approvals", "approve", approval);
        Run run = waiting.get(30, TimeUnit.SECONDS);

        // Then
        assertTrue(waited, "the exec did not wait");
        assertEquals(0, approve.exit(), approve.toString());
        assertEquals("web-1\n", run.out(), run.toString());
    }

    private String pending() {
        try {
            Run list = demo.sallyport("TOKEN_APPROVER", "approvals", "list");
            return list.out()
                    .lines()
                    .filter(line -> line.contains("K4"))
                    .map(line -> line.strip().split(" ", 2)[0])
                    .findFirst()
                    .orElse("");
        } catch (IOException e) {
            return "";
        }
    }

    @Test
    @DisplayName("K8S-15: objects are applied in both ways, patched, scaled and deleted as on the cluster itself")
    void changes() throws IOException {
        // Given
        String manifest = file(
                "map.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: kit, namespace: web}\ndata: {k: a}\n");

        // When
        Run apply = kubectl("apply", "-f", manifest);
        Run server = kubectl("apply", "--server-side", "--force-conflicts", "-f", manifest);
        Run patch = kubectl("patch", "configmap", "kit", "-n", "web", "--type=merge", "-p", "{\"data\":{\"z\":\"1\"}}");
        Run data = kubectl("get", "configmap", "kit", "-n", "web", "-o", "jsonpath={.data}");
        Run scale = kubectl("scale", "deployment", "site", "-n", "web", "--replicas=2");
        Run delete = kubectl("delete", "configmap", "kit", "-n", "web");

        // Then
        for (Run run : List.of(apply, server, patch, data, scale, delete)) {
            assertEquals(0, run.exit(), run.toString());
        }
        assertEquals("{\"k\":\"a\",\"z\":\"1\"}", data.out());
    }

    @Test
    @DisplayName("K8S-22, K8S-23: discovery, the version and questions about oneself pass")
    void discovery() throws IOException {
        // When
        Run version = kubectl("version");
        Run resources = kubectl("api-resources");
        Run may = kubectl("auth", "can-i", "list", "pods");
        Run metrics = kubectl("get", "--raw", "/clusters/prod/metrics");

        // Then
        assertTrue(version.out().contains("v1.32.0-demo"), version.toString());
        assertTrue(resources.out().contains("deployments"), resources.toString());
        assertEquals("yes\n", may.out(), may.toString());
        assertTrue(metrics.error().contains("does not allow get on path:/metrics"), metrics.toString());
    }
}
