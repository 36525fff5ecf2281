package io.sallyport.demo.cluster.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The forms of patch: RFC 6902, RFC 7396, and Kubernetes' own, which merges lists of things that have a name. */
final class Patches {

    private static final List<String> KEYS = List.of("name", "containerPort", "port", "type", "uid", "ip");

    private Patches() {}

    static ObjectNode patched(ObjectNode object, String type, JsonNode patch) {
        ObjectNode copy = object.deepCopy();
        switch (type) {
            case "application/json-patch+json" -> patch.forEach(operation -> operate(copy, operation));
            case "application/merge-patch+json" -> merge(copy, patch, false);
            case "application/strategic-merge-patch+json", "application/apply-patch+yaml" -> merge(copy, patch, true);
            default -> throw new ApiFailure(415, "UnsupportedMediaType", "unknown form of patch: " + type);
        }
        return copy;
    }

    private static void merge(ObjectNode into, JsonNode patch, boolean strategic) {
        patch.forEachEntry((name, value) -> {
            if (name.startsWith("$")) {
                return;
            }
            if (value.isNull()) {
                into.remove(name);
            } else if (value.isObject() && into.path(name) instanceof ObjectNode known) {
                merge(known, value, strategic);
            } else if (strategic && value.isArray() && into.path(name) instanceof ArrayNode known && keyed(value)) {
                mergeLists(known, value);
            } else if (value.isObject()) {
                merge(into.putObject(name), value, strategic);
            } else {
                into.set(name, value.deepCopy());
            }
        });
    }

    private static boolean keyed(JsonNode list) {
        return !list.isEmpty() && key(list.get(0)) != null;
    }

    private static @Nullable String key(JsonNode item) {
        return KEYS.stream().filter(item::has).findFirst().orElse(null);
    }

    private static void mergeLists(ArrayNode into, JsonNode patch) {
        for (JsonNode item : patch) {
            String key = key(item);
            int at = key == null ? -1 : find(into, key, item.path(key));
            boolean delete = item.path("$patch").asText().equals("delete");
            if (at >= 0 && delete) {
                into.remove(at);
            } else if (at >= 0 && into.get(at) instanceof ObjectNode known) {
                merge(known, item, true);
            } else if (!delete) {
                into.add(item.deepCopy());
            }
        }
    }

    private static int find(ArrayNode list, String key, JsonNode value) {
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i).path(key).equals(value)) {
                return i;
            }
        }
        return -1;
    }

    private static void operate(ObjectNode object, JsonNode operation) {
        String path = operation.path("path").asText();
        int slash = path.lastIndexOf('/');
        JsonNode parent = object.at(path.substring(0, Math.max(slash, 0)));
        String last = path.substring(slash + 1).replace("~1", "/").replace("~0", "~");
        String what = operation.path("op").asText();
        if (parent instanceof ObjectNode members) {
            if (!what.equals("add") && !members.has(last)) {
                throw new ApiFailure(422, "Invalid", "the server rejected the patch: no " + path);
            }
            switch (what) {
                case "add", "replace" ->
                    members.set(last, operation.path("value").deepCopy());
                case "remove" -> members.remove(last);
                case "test" -> test(members.path(last), operation, path);
                default -> throw new ApiFailure(422, "Invalid", "unknown operation " + what);
            }
        } else if (parent instanceof ArrayNode items) {
            int index = last.equals("-") ? items.size() : Integer.parseInt(last);
            switch (what) {
                case "add" -> items.insert(index, operation.path("value").deepCopy());
                case "replace" -> items.set(index, operation.path("value").deepCopy());
                case "remove" -> items.remove(index);
                case "test" -> test(items.path(index), operation, path);
                default -> throw new ApiFailure(422, "Invalid", "unknown operation " + what);
            }
        } else {
            throw new ApiFailure(422, "Invalid", "the server rejected the patch: no " + path);
        }
    }

    private static void test(JsonNode known, JsonNode operation, String path) {
        if (!known.equals(operation.path("value"))) {
            throw new ApiFailure(422, "Invalid", "the server rejected the patch: " + path + " is something else");
        }
    }
}
