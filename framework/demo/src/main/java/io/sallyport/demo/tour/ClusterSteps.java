package io.sallyport.demo.tour;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** What people and the pipeline may do in a cluster. */
final class ClusterSteps {

    private static final String ALICE = "TOK";
    private static final String CAROL = "TOKEN_APPROVER";
    private static final String PIPELINE = "TOKEN_CI";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ClusterClient cluster;
    private final AdminClient admin;
    private final ObjectMapper json = new ObjectMapper();

    ClusterSteps(ClusterClient cluster, AdminClient admin) {
        this.cluster = cluster;
        this.admin = admin;
    }

    List<String> masked() throws Exception {
        JsonNode pods = body(cluster.send(PIPELINE, "GET", "/api/v1/namespaces/prod/pods"), 200);
        JsonNode secret = body(cluster.send(PIPELINE, "GET", "/api/v1/namespaces/prod/secrets/db"), 200);
        Expect.that(!pods.path("items").isEmpty(), "expected the pods of prod, got " + pods);
        String password = new String(
                Base64.getDecoder().decode(secret.path("data").path("password").asText()), StandardCharsets.UTF_8);
        Expect.that(password.equals("[redacted]"), "the Secret's password came through");
        List<String> lines = new ArrayList<>(List.of("kubectl get pods -n prod"));
        pods.path("items")
                .forEach(pod ->
                        lines.add("  " + pod.path("metadata").path("name").asText()));
        lines.add("kubectl get secret db -n prod -o jsonpath='{.data.password}' | base64 -d");
        lines.add("  " + password);
        return lines;
    }

    List<String> denied() throws Exception {
        String path = "/api/v1/namespaces/prod/pods/web-1";
        String refusal =
                body(cluster.send(ALICE, "DELETE", path), 403).path("message").asText();
        Expect.that(refusal.contains("[K1"), "the refusal does not name rule K1: " + refusal);
        body(cluster.send(ALICE, "GET", path), 200);
        return List.of("kubectl delete pod web-1 -n prod", "  " + refusal, "kubectl get pod web-1 -n prod", "  web-1");
    }

    List<String> entered() throws Exception {
        int status = 101;
        try {
            cluster.exec(ALICE, "prod", "web-1", "hostname").join();
        } catch (CompletionException e) {
            status = ClusterClient.refusal(e);
        }
        Expect.that(status == 403, "an exec in prod was not refused: HTTP " + status);
        CompletableFuture<String> waiting = cluster.exec(ALICE, "stage", "web-1", "hostname");
        String approval = admin.awaitApproval(CAROL, "create stage/pods:exec/web-1", PATIENCE);
        Expect.that(!waiting.isDone(), "the exec did not wait");
        int decided = admin.decide(CAROL, approval, true);
        Expect.that(decided == 200, "carol's approval was answered with HTTP " + decided);
        String printed = waiting.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).strip();
        Expect.that(printed.equals("web-1"), "the approved exec printed " + printed);
        return List.of(
                "kubectl exec web-1 -n prod -- hostname",
                "  refused: HTTP " + status,
                "kubectl exec web-1 -n stage -- hostname",
                "  waits for approval " + approval + "; carol approves",
                "  " + printed);
    }

    private JsonNode body(HttpResponse<String> response, int status) throws Exception {
        Expect.that(
                response.statusCode() == status,
                "expected HTTP " + status + ", got " + response.statusCode() + ": " + response.body());
        return json.readTree(response.body());
    }
}
