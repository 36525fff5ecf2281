package io.sallyport.admin;

import io.sallyport.store.Nodes;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;

/** Health for load balancers, status for operators, and the document that describes the API. */
final class StatusRoutes {

    private final AdminServices services;

    StatusRoutes(AdminServices services) {
        this.services = services;
    }

    void addTo(Router router, Endpoints endpoints) {
        router.get("/health/live").handler(context -> Endpoints.send(context, Reply.ok(Map.of("status", "up"))));
        router.get("/health/ready").handler(context -> Endpoints.send(context, readiness()));
        String document = document();
        router.get("/api/v1/openapi.yaml")
                .handler(context -> Endpoints.send(context, new Reply(200, "application/yaml", document)));
        endpoints.add(HttpMethod.GET, "/api/v1/status", Set.of(Role.values()), this::status);
    }

    private Reply readiness() {
        boolean ready = services.status().ready();
        return Reply.of(ready ? 200 : 503, Map.of("status", ready ? "ready" : "not ready"));
    }

    private CompletionStage<Reply> status(RoutingContext context, Caller caller) {
        return services.store()
                .read(Nodes::list)
                // A store that is down is one of the things that the status tells.
                .handle((nodes, failure) ->
                        Reply.ok(json(caller, failure == null ? nodes : List.of(), failure == null)));
    }

    private Map<String, Object> json(Caller caller, List<Nodes.Node> nodes, boolean storeAnswers) {
        Map<String, String> components = new TreeMap<>(services.status().components());
        components.put("store", storeAnswers ? "answers" : "does not answer");
        components.put("revocations", services.revocations().isFresh() ? "fresh" : "stale");
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("node", services.node());
        json.put("ready", services.status().ready());
        json.put("components", components);
        json.put("waiting", services.approvals().waiting());
        json.put("breakGlass", services.access().requests().breakGlass());
        json.put(
                "nodes",
                nodes.stream()
                        .map(node -> Map.of("name", node.name(), "startedAt", node.started(), "beatAt", node.beat()))
                        .toList());
        json.put(
                "you",
                Map.of(
                        "display", caller.principal().display(),
                        "roles",
                                caller.roles().stream().map(Role::word).sorted().toList()));
        return json;
    }

    static String document() {
        try (InputStream in = StatusRoutes.class.getResourceAsStream("openapi.yaml")) {
            if (in == null) {
                throw new IllegalStateException("openapi.yaml is missing from the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
