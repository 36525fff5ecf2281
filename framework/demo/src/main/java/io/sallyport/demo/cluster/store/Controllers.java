package io.sallyport.demo.cluster.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** What controllers would do to an object, done at once. */
final class Controllers {

    private Controllers() {}

    static void settle(Kind kind, ObjectNode object) {
        switch (kind.plural()) {
            case "secrets" -> secret(object);
            case "pods" -> pod(object);
            case "deployments" -> deployment(object);
            case "namespaces" -> object.withObject("/status").put("phase", "Active");
            default -> {
                // Other kinds have no controller.
            }
        }
    }

    private static void secret(ObjectNode object) {
        if (!object.has("type")) {
            object.put("type", "Opaque");
        }
        JsonNode plain = object.remove("stringData");
        if (plain != null) {
            ObjectNode data = object.withObject("/data");
            plain.forEachEntry((name, value) -> data.put(
                    name, Base64.getEncoder().encodeToString(value.asText().getBytes(StandardCharsets.UTF_8))));
        }
    }

    private static void pod(ObjectNode object) {
        ObjectNode status = object.withObject("/status");
        status.put("phase", "Running").put("podIP", "10.0.0.7").put("hostIP", "10.0.0.1");
        String created = object.path("metadata").path("creationTimestamp").asText();
        status.put("startTime", created);
        status.putArray("conditions").addObject().put("type", "Ready").put("status", "True");
        ArrayNode containers = status.putArray("containerStatuses");
        for (JsonNode container : object.path("spec").path("containers")) {
            ObjectNode one = containers.addObject();
            one.put("name", container.path("name").asText())
                    .put("image", container.path("image").asText())
                    .put("imageID", "")
                    .put("ready", true)
                    .put("restartCount", 0);
            one.putObject("state").putObject("running").put("startedAt", created);
        }
    }

    private static void deployment(ObjectNode object) {
        ObjectNode spec = object.withObject("/spec");
        int replicas = spec.path("replicas").asInt(1);
        spec.put("replicas", replicas);
        ObjectNode metadata = object.withObject("/metadata");
        long generation = metadata.path("generation").asLong(0) + 1;
        metadata.put("generation", generation);
        ObjectNode status = object.withObject("/status");
        status.put("observedGeneration", generation);
        for (String count : new String[] {"replicas", "updatedReplicas", "readyReplicas", "availableReplicas"}) {
            status.put(count, replicas);
        }
        ArrayNode conditions = status.putArray("conditions");
        conditions.addObject().put("type", "Available").put("status", "True").put("reason", "MinimumReplicasAvailable");
    }
}
