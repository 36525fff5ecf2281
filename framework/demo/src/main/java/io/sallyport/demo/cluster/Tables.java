package io.sallyport.demo.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.demo.cluster.store.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The Table form of answers, which kubectl prints. */
final class Tables {

    private Tables() {}

    /** A table with a row for each object. */
    static ObjectNode table(Kind kind, List<ObjectNode> objects, String include, boolean columns) {
        ObjectNode table = JsonNodeFactory.instance.objectNode();
        table.put("kind", "Table").put("apiVersion", "meta.k8s.io/v1");
        table.putObject("metadata");
        ArrayNode definitions = table.putArray("columnDefinitions");
        if (columns) {
            for (String name : names(kind)) {
                definitions
                        .addObject()
                        .put("name", name)
                        .put("type", "string")
                        .put("format", name.equals("Name") ? "name" : "")
                        .put("description", name)
                        .put("priority", 0);
            }
        }
        ArrayNode rows = table.putArray("rows");
        for (ObjectNode object : objects) {
            ObjectNode row = rows.addObject();
            cells(kind, object, row.putArray("cells"));
            if (include.equals("Object")) {
                row.set("object", object);
            } else if (!include.equals("None")) {
                ObjectNode partial = row.putObject("object");
                partial.put("kind", "PartialObjectMetadata").put("apiVersion", "meta.k8s.io/v1");
                partial.set("metadata", object.path("metadata"));
            }
        }
        return table;
    }

    private static List<String> names(Kind kind) {
        return switch (kind.plural()) {
            case "pods" -> List.of("Name", "Ready", "Status", "Restarts", "Age");
            case "secrets" -> List.of("Name", "Type", "Data", "Age");
            case "configmaps" -> List.of("Name", "Data", "Age");
            case "namespaces", "nodes" -> List.of("Name", "Status", "Age");
            case "deployments" -> List.of("Name", "Ready", "Up-to-date", "Available", "Age");
            case "services" -> List.of("Name", "Type", "Cluster-IP", "Age");
            case "events" -> List.of("Last Seen", "Type", "Reason", "Object", "Message");
            default -> List.of("Name", "Age");
        };
    }

    private static void cells(Kind kind, JsonNode object, ArrayNode cells) {
        String name = object.path("metadata").path("name").asText();
        String age = age(object.path("metadata").path("creationTimestamp").asText());
        JsonNode status = object.path("status");
        switch (kind.plural()) {
            case "pods" -> {
                int containers = object.path("spec").path("containers").size();
                cells.add(name).add(containers + "/" + containers);
                cells.add(status.path("phase").asText()).add("0").add(age);
            }
            case "secrets" ->
                cells.add(name)
                        .add(object.path("type").asText())
                        .add(object.path("data").size())
                        .add(age);
            case "configmaps" -> cells.add(name).add(object.path("data").size()).add(age);
            case "namespaces" ->
                cells.add(name).add(status.path("phase").asText()).add(age);
            case "nodes" -> cells.add(name).add("Ready").add(age);
            case "deployments" -> {
                int replicas = status.path("replicas").asInt();
                cells.add(name).add(replicas + "/" + replicas).add(replicas);
                cells.add(replicas).add(age);
            }
            case "services" -> {
                JsonNode spec = object.path("spec");
                cells.add(name).add(spec.path("type").asText("ClusterIP"));
                cells.add(spec.path("clusterIP").asText("None")).add(age);
            }
            case "events" -> {
                JsonNode about = object.path("involvedObject");
                cells.add(age).add(object.path("type").asText());
                cells.add(object.path("reason").asText());
                cells.add(about.path("kind").asText() + "/" + about.path("name").asText());
                cells.add(object.path("message").asText());
            }
            default -> cells.add(name).add(age);
        }
    }

    private static String age(String created) {
        if (created.isEmpty()) {
            return "<unknown>";
        }
        Duration age = Duration.between(Instant.parse(created), Instant.now());
        long seconds = Math.max(0, age.toSeconds());
        return seconds < 120 ? seconds + "s" : seconds < 7200 ? seconds / 60 + "m" : seconds / 3600 + "h";
    }
}
