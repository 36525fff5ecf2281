package io.sallyport.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.api.action.Action;
import io.sallyport.api.guardrail.Verdict;
import io.sallyport.api.session.Outcome;
import io.sallyport.kubernetes.FakeSessions.FakeExchange;
import io.sallyport.kubernetes.RealCluster.Kubectl;
import io.sallyport.kubernetes.RealCluster.Result;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** kubectl through the gateway, at a real API server: requests with an answer. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RealClusterIT {

    private static RealCluster cluster;
    private static Gateway gateway;
    private static Kubectl kubectl;

    @BeforeAll
    static void start() throws Exception {
        cluster = RealCluster.get();
        gateway = Gateway.to(cluster.address(), null, () -> cluster.credential("admin", ""), Duration.ofSeconds(2));
        kubectl = cluster.through(gateway, FakeSessions.TOKEN);
    }

    @AfterAll
    static void stop() {
        if (gateway != null) {
            gateway.close();
        }
    }

    @BeforeEach
    void allow() {
        gateway.sessions.judge = action -> Verdict.Allow.PLAIN;
        gateway.sessions.opened.clear();
    }

    private static Result ok(Result result) {
        assertEquals(0, result.exit(), result::toString);
        return result;
    }

    private static List<FakeExchange> exchanges() {
        List<FakeExchange> all = new ArrayList<>();
        gateway.sessions.opened.forEach(session -> all.addAll(session.exchanges));
        return all;
    }

    private static boolean names(Action action, String access) {
        return action.accesses().stream().anyMatch(each -> each.toString().startsWith(access));
    }

    @Test
    @DisplayName("K8S-23 version, kinds, explanations and OpenAPI are as they are directly")
    void discoveryPasses() {
        for (String[] command : List.of(
                new String[] {"api-resources", "--no-headers"},
                new String[] {"explain", "pod.spec"},
                new String[] {"version"},
                new String[] {"get", "--raw", "/openapi/v2"})) {
            // When
            Compared compared = settled(command);

            // Then
            assertEquals(compared.direct(), compared.through());
        }
    }

    /** What a command says directly and through the gateway. */
    private record Compared(String direct, String through) {}

    /** A server that has just started still changes what it says of itself: only what it said before and after alike can be compared. */
    private Compared settled(String... command) {
        for (int attempt = 0; attempt < 30; attempt++) {
            String before = ok(cluster.direct().run(command)).out();
            String through = ok(kubectl.run(command)).out();
            String after = ok(cluster.direct().run(command)).out();
            if (before.equals(after)) {
                return new Compared(after, through);
            }
        }
        throw new AssertionError("the server never says the same twice: " + String.join(" ", command));
    }

    @Test
    @DisplayName("K8S-23 a path that does not exist is the target's own 404")
    void anUnknownPathIsTheTargetsAnswer() {
        assertTrue(
                kubectl.run("get", "--raw", "/nothing/here").err().contains("could not find the requested resource"));
    }

    @Test
    @DisplayName("K8S-24 an object near the limit and a body of 4 MB end as they do directly")
    void largeBodies(@TempDir Path directory) throws Exception {
        // Given
        Path large = directory.resolve("large");
        Files.write(large, "x".repeat(1_000_000).getBytes(StandardCharsets.US_ASCII));
        Path tooLarge = directory.resolve("too-large");
        Files.write(tooLarge, "x".repeat(4_000_000).getBytes(StandardCharsets.US_ASCII));

        // When
        ok(kubectl.run("create", "configmap", "large", "--from-file=a=" + large));
        Result refused = kubectl.run("create", "configmap", "too-large", "--from-file=a=" + tooLarge);
        Result direct = cluster.direct().run("create", "configmap", "too-large", "--from-file=a=" + tooLarge);

        // Then
        assertEquals(
                1_000_000,
                cluster.direct()
                        .run("get", "configmap", "large", "-o", "jsonpath={.data.a}")
                        .out()
                        .length());
        assertEquals(direct.err(), refused.err());
    }

    @Test
    @DisplayName("K8S-09 kubectl -w sees a change within a second")
    void watchesAreLive() throws Exception {
        Process watching = kubectl.command("get", "configmaps", "-w", "-o", "name", "--request-timeout=60s")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(watching.getInputStream(), StandardCharsets.UTF_8))) {
            // Given
            lines.readLine();
            Await.until("the watch is open", () -> exchanges().stream().anyMatch(each -> names(each.action, "watch ")));

            // When
            ok(cluster.direct().run("create", "configmap", "watched", "--from-literal=a=b"));
            long begin = System.nanoTime();
            String line = lines.readLine();
            while (line != null && !line.equals("configmap/watched")) {
                line = lines.readLine();
            }

            // Then
            assertEquals("configmap/watched", line);
            assertTrue(System.nanoTime() - begin < 1_000_000_000L);
        } finally {
            watching.destroy();
            watching.waitFor();
            cluster.direct().run("delete", "configmap", "watched");
        }
        Await.until("the watch is over", () -> exchanges().stream()
                .filter(each -> names(each.action, "watch "))
                .allMatch(each -> each.outcome != null || each.cancelled != null));
    }

    @Test
    @DisplayName("K8S-27 what a rule refuses and what the target refuses are in the record, and say who refused")
    void refusalsAreInTheRecord() throws Exception {
        try (Gateway poor =
                Gateway.to(cluster.address(), null, () -> cluster.credential("alice", ""), Duration.ofSeconds(2))) {
            // Given
            poor.sessions.judge = action -> names(action, "delete ")
                    ? new Verdict.Deny("K1", "nothing is deleted in prod")
                    : Verdict.Allow.PLAIN;
            Kubectl alice = cluster.through(poor, FakeSessions.TOKEN);

            // When
            Result byRule = alice.run("delete", "namespace", "default");
            Result byTarget = alice.run("get", "secrets");

            // Then
            assertTrue(
                    byRule.err().contains("sallyport: nothing is deleted in prod [K1] (session s"), byRule::toString);
            assertTrue(byTarget.err().contains("User \"alice\" cannot list resource"), byTarget::toString);
            Outcome last = poor.sessions.last().exchanges.stream()
                    .map(exchange -> exchange.outcome)
                    .filter(outcome -> outcome != null && outcome.code().equals("403"))
                    .findFirst()
                    .orElseThrow();
            assertEquals(Outcome.Status.FAILED, last.status());
        }
    }

    @Test
    @DisplayName(
            "K8S-29 a resource of a kind that nobody knew is named by group and plural; a missing API breaks no other")
    void customResources() {
        // Given
        ok(cluster.direct().run(crd().getBytes(StandardCharsets.UTF_8), Map.of(), "apply", "-f", "-"));
        ok(cluster.direct()
                .run("wait", "--for=condition=Established", "crd/crontabs.stable.example.com", "--timeout=20s"));
        String object = "apiVersion: stable.example.com/v1\nkind: CronTab\nmetadata: {name: c}\nspec: {n: 1}\n";
        String missing = """
                apiVersion: apiregistration.k8s.io/v1
                kind: APIService
                metadata: {name: v1.gone.example.com}
                spec:
                  group: gone.example.com
                  version: v1
                  groupPriorityMinimum: 100
                  versionPriority: 100
                  service: {namespace: default, name: gone}
                """;
        ok(cluster.direct().run(missing.getBytes(StandardCharsets.UTF_8), Map.of(), "apply", "-f", "-"));

        // When
        Await.until(
                "the kind is served",
                () -> kubectl.run(
                                        object.getBytes(StandardCharsets.UTF_8),
                                        Map.of(),
                                        "apply",
                                        "--server-side",
                                        "-f",
                                        "-")
                                .exit()
                        == 0);
        Result got = ok(kubectl.run("get", "crontabs.stable.example.com", "-o", "yaml"));
        Await.until("the API server knows that the API is missing", () -> kubectl.run(
                        "get", "--raw", "/apis/gone.example.com/v1")
                .err()
                .contains("unable to handle the request"));

        // Then
        assertTrue(got.out().contains("name: c"), got::toString);
        assertTrue(
                exchanges().stream().anyMatch(each -> names(each.action, "list default/crontabs.stable.example.com/")));
        cluster.direct().run("delete", "apiservice", "v1.gone.example.com");
        cluster.direct().run("delete", "crd", "crontabs.stable.example.com");
    }

    private static String crd() {
        return """
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata: {name: crontabs.stable.example.com}
                spec:
                  group: stable.example.com
                  scope: Namespaced
                  names: {plural: crontabs, singular: crontab, kind: CronTab}
                  versions:
                  - name: v1
                    served: true
                    storage: true
                    schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
                """;
    }

    @Test
    @DisplayName("K8S-30 kubectl proxy, --raw, HEAD and OPTIONS pass and are judged")
    void plainClients() throws Exception {
        Process proxy = kubectl.command("proxy", "--port=0", "--append-server-path")
                .redirectErrorStream(true)
                .start();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(proxy.getInputStream(), StandardCharsets.UTF_8))) {
            // Given
            String started = lines.readLine();
            String address = started.substring(started.lastIndexOf(' ') + 1);

            // When
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("http://" + address.strip() + "/api/v1/namespaces?pretty=true"))
                    .version(HttpClient.Version.HTTP_1_1)
                    .build();
            Await.until("kubectl proxy answers", () -> reaches(request));
            var answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());

            // Then
            assertEquals(200, answer.statusCode());
            assertTrue(answer.body().contains("\"kind\": \"NamespaceList\""));
        } finally {
            proxy.destroy();
            proxy.waitFor();
        }
        assertTrue(ok(kubectl.run("get", "--raw", "/api/v1/pods?limit=2")).out().contains("PodList"));
        try (RawClient client = new RawClient(gateway)) {
            client.send(RawClient.request("HEAD /clusters/prod/api/v1/namespaces"));
            assertEquals(405, Integer.parseInt(RawClient.head(client.in()).substring(9, 12)));
            assertTrue(names(exchanges().get(exchanges().size() - 1).action, "list "));
        }
    }

    private static boolean reaches(HttpRequest request) throws InterruptedException {
        try {
            return HttpClient.newHttpClient()
                            .send(request, HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    > 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    @DisplayName("K8S-17 a deletion of a whole collection is judged as one, and refused by a rule on its namespace")
    void deleteCollection() {
        // Given
        gateway.sessions.judge = action -> names(action, "deletecollection default/configmaps/")
                ? new Verdict.Deny("K1", "nothing is deleted in prod")
                : Verdict.Allow.PLAIN;
        ok(cluster.direct().run("create", "configmap", "kept", "--from-literal=a=b"));

        // When
        Result result = kubectl.run("delete", "--raw", "/api/v1/namespaces/default/configmaps");

        // Then
        assertTrue(result.err().contains("nothing is deleted in prod [K1]"), result::toString);
        assertEquals(0, cluster.direct().run("get", "configmap", "kept").exit());
        ok(cluster.direct().run("delete", "configmap", "kept"));
    }

    @Test
    @DisplayName("K8S-16 a rehearsal passes as one, and changes nothing")
    void dryRun() {
        // When
        ok(kubectl.run("create", "configmap", "rehearsed", "--from-literal=a=b", "--dry-run=server"));

        // Then
        assertEquals(1, cluster.direct().run("get", "configmap", "rehearsed").exit());
        assertTrue(exchanges().stream()
                .flatMap(each -> each.action.accesses().stream())
                .anyMatch(access -> access.verb().name().equals("create")
                        && access.traits().toString().contains("dry-run")));
    }

    @Test
    @DisplayName("K8S-25 kubectl -v=9 shows nothing of the gateway's credential")
    void nothingOfTheCredentialComesBack() {
        // When
        Result result = kubectl.run("-v=9", "get", "pods");

        // Then
        assertFalse(result.err().contains("kubernetes-admin"), result::toString);
    }
}
