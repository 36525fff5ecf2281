package io.sallyport.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.acceptance.Demo.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("kubectl through a gateway with rules on bodies, commands and subresources")
@TestInstance(Lifecycle.PER_CLASS)
final class KubectlRulesIT {

    private static final Demo DEMO = Demo.shared();

    private static final String MORE = """
              - name: IMAGE
                type: deny-list
                config: { rules: [ { text: "image\\\\W+evil", reason: "this image is not trusted" } ] }
              - name: RM
                type: deny-list
                config: { rules: [ { command: rm, flags: [r, f] } ] }
              - name: TOKENS
                type: deny-list
                config: { rules: [ { verbs: [create], resources: ["*/serviceaccounts:token"] } ] }

            grants:
            """;

    private final Path directory;
    private final GatewayProcess gateway;

    KubectlRulesIT(@TempDir Path directory) throws IOException {
        this.directory = directory;
        this.gateway = GatewayProcess.start(DEMO, "-Xmx256m", KubectlRulesIT::rules);
    }

    private static String rules(String text) {
        int ci = text.indexOf("  - name: prod-ci");
        int dev = text.indexOf("  - name: prod-dev");
        String pods = text.substring(ci, dev)
                .replace(
                        "{ verbs: [\"*\"], resources: [\"**\"] }",
                        "{ verbs: [get, list, create], resources: [\"*/pods/*\"] }");
        return (text.substring(0, ci) + pods + text.substring(dev))
                .replace("guardrails: [K1, K2, K3, K4]", "guardrails: [K1, K2, K3, K4, M2, IMAGE, RM, TOKENS]")
                .replace("\ngrants:\n", MORE);
    }

    @BeforeAll
    static void needsKubectl() {
        Kubectl.needed();
    }

    @AfterAll
    void stop() throws Exception {
        gateway.close();
    }

    private Run kubectl(String... arguments) throws IOException {
        return as("alice", arguments);
    }

    private Run as(String who, String... arguments) throws IOException {
        Path config = directory.resolve("kubeconfig");
        Files.writeString(
                config,
                Files.readString(Path.of(DEMO.variable("KUBECONFIG")))
                        .replace(":" + DEMO.variable("K8S_PORT") + "/", ":" + gateway.portOf("K8S_PORT") + "/")
                        .replace("ca.crt", DEMO.variable("CA_FILE")));
        List<String> command = new ArrayList<>(List.of("--context", who));
        command.addAll(List.of(arguments));
        return Kubectl.run(config.toString(), directory, command);
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text).toString();
    }

    @Test
    @DisplayName("K8S-15: a rule on an image sees it in every form of change, and no other image is refused")
    void images() throws IOException {
        // Given
        String patch = "{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"site\",\"image\":\"evil\"}]}}}}";
        String operations =
                "[{\"op\":\"replace\",\"path\":\"/spec/template/spec/containers/0\",\"value\":{\"name\":\"site\",\"im\\u0061ge\":\"evil\"}}]";
        String manifest = file("pod.yaml", """
                apiVersion: v1
                kind: Pod
                metadata: {name: bad, namespace: web}
                spec: {containers: [{name: c, image: evil}]}
                """);

        // When
        List<Run> refused = List.of(
                kubectl("set", "image", "deployment/site", "-n", "web", "site=evil"),
                kubectl("patch", "deployment", "site", "-n", "web", "-p", patch),
                kubectl("patch", "deployment", "site", "-n", "web", "--type=merge", "-p", patch),
                kubectl("patch", "deployment", "site", "-n", "web", "--type=json", "-p", operations),
                kubectl("apply", "-f", manifest),
                kubectl("apply", "--server-side", "-f", manifest),
                kubectl("create", "-f", manifest),
                kubectl("run", "bad", "-n", "web", "--image=evil"));
        Run fine = kubectl("set", "image", "deployment/site", "-n", "web", "site=registry.local/site:2.1");

        // Then
        for (Run run : refused) {
            assertEquals(1, run.exit(), run.toString());
            assertTrue(run.error().contains("[IMAGE/1]"), run.toString());
        }
        assertEquals(0, fine.exit(), fine.toString());
    }

    @Test
    @DisplayName("K8S-24: a rule sees the last word of a body of 1.4 MB, and one without it passes")
    void largeBodies() throws IOException {
        // Given
        String filling = "a".repeat(1_400_000);
        String large =
                "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"large\",\"namespace\":\"web\"},"
                        + "\"data\":{\"a\":\"" + filling + "\",\"z\":\"image: %s\"}}";

        // When
        Run bad = kubectl("create", "-f", file("bad.json", large.formatted("evil")));
        Run good = kubectl("create", "-f", file("good.json", large.formatted("good")));
        Run delete = kubectl("delete", "configmap", "large", "-n", "web");

        // Then
        assertTrue(bad.error().contains("[IMAGE/1]"), bad.error());
        assertEquals(0, good.exit(), good.error());
        assertEquals(0, delete.exit(), delete.error());
    }

    @Test
    @DisplayName("K8S-26: a rule on a program sees it behind paths, shells and wrappers, and not in other words")
    void commands() throws IOException {
        for (List<String> command : List.of(
                List.of("rm", "-rf", "/data"),
                List.of("/bin/rm", "-rf", "/data"),
                List.of("sh", "-c", "rm -rf /data"),
                List.of("env", "rm", "-rf", "x"),
                List.of("busybox", "rm", "-r", "-f", "x"))) {
            // When
            Run run = exec(command);
            // Then
            assertEquals(1, run.exit(), run.toString());
            assertTrue(run.error().contains("[RM/1]"), run.toString());
        }

        // When
        Run echo = exec(List.of("echo", "rm -rf"));

        // Then
        assertEquals("rm -rf\n", echo.out(), echo.toString());
    }

    private Run exec(List<String> command) throws IOException {
        List<String> words = new ArrayList<>(List.of("exec", "site-1", "-n", "web", "--"));
        words.addAll(command);
        return kubectl(words.toArray(String[]::new));
    }

    @Test
    @DisplayName("K8S-18: who may read and make pods may not do what their subresources do")
    void subresources() throws IOException {
        // When
        Run pods = as("ci", "get", "pods", "-n", "web");
        Run log = as("ci", "logs", "site-1", "-n", "web");
        Run exec = as("ci", "exec", "site-1", "-n", "web", "--", "id");
        Run scale = as("ci", "scale", "deployment", "site", "-n", "web", "--replicas=1");
        Run token = as("ci", "create", "token", "default", "-n", "web");

        // Then
        assertEquals(0, pods.exit(), pods.toString());
        assertTrue(log.error().contains("does not allow get on web/pods:log/site-1"), log.toString());
        assertTrue(exec.error().contains("does not allow create on web/pods:exec/site-1"), exec.toString());
        assertTrue(scale.error().contains("deployments.apps"), scale.toString());
        assertTrue(token.error().contains("web/serviceaccounts:token/default"), token.toString());
        for (Run run : List.of(log, exec, scale, token)) {
            assertEquals(1, run.exit(), run.toString());
        }
    }

    @Test
    @DisplayName("K8S-21: a token for a service account is refused by a rule on it")
    void tokens() throws IOException {
        // When
        Run token = kubectl("create", "token", "default", "-n", "web");

        // Then
        assertEquals(1, token.exit(), token.toString());
        assertTrue(token.error().contains("[TOKENS/1]"), token.toString());
        assertFalse(token.out().contains("demo-token"), token.toString());
    }

    @Test
    @DisplayName("K8S-10: what detectors find in a log is masked")
    void logs() throws IOException {
        // When
        Run log = kubectl("logs", "site-1", "-n", "web");

        // Then
        assertEquals(20, log.out().lines().count(), log.toString());
        assertTrue(log.out().contains("**** **** **** 1111"), log.toString());
        assertFalse(log.out().contains("4111") || log.out().contains("bob@example"), log.toString());
    }

    @Test
    @DisplayName("K8S-16: a rehearsal is judged by the same rules, and its answer is masked")
    void rehearsals() throws IOException {
        // Given
        String manifest = file("secret.yaml", """
                apiVersion: v1
                kind: Secret
                metadata: {name: rehearsed, namespace: web}
                stringData: {p: swordfish}
                """);

        // When
        Run delete = kubectl("delete", "pod", "web-1", "-n", "prod", "--dry-run=server");
        Run apply = kubectl("apply", "--dry-run=server", "-f", manifest, "-o", "yaml");
        Run stored = kubectl("get", "secret", "rehearsed", "-n", "web");

        // Then
        assertTrue(delete.error().contains("[K1/1]"), delete.toString());
        assertEquals(0, apply.exit(), apply.toString());
        assertFalse(apply.out().contains("swordfish") || apply.out().contains("c3dvcmRmaXNo"), apply.out());
        assertTrue(stored.error().contains("NotFound"), stored.toString());
    }
}
