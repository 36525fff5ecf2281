package io.sallyport.demo.cluster;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.demo.cluster.store.Kind;
import java.util.List;
import java.util.Optional;

/** What clients read before they ask for objects: groups, kinds, schemas, the version. */
final class Discovery {

    private static final List<String> VERBS =
            List.of("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch");

    private Discovery() {}

    /** The document at a path, if there is one. */
    static Optional<ObjectNode> at(String path) {
        String[] parts = path.split("/", -1);
        return switch (path) {
            case "/version" -> Optional.of(version());
            case "/api" -> Optional.of(versions());
            case "/apis" -> Optional.of(groups());
            case "/api/v1" -> Optional.of(resources(""));
            case "/openapi/v3" -> Optional.of(schemas());
            case "/openapi/v3/api/v1" -> Optional.of(schema(""));
            case "/openapi/v2" -> Optional.of(oldSchemas());
            default -> inGroup(parts);
        };
    }

    private static Optional<ObjectNode> inGroup(String[] parts) {
        boolean apis = parts.length > 2 && parts[1].equals("apis") && hasGroup(parts[2]);
        if (apis && parts.length == 3) {
            return Optional.of(group(parts[2]));
        }
        if (apis && parts.length == 4 && parts[3].equals("v1")) {
            return Optional.of(resources(parts[2]));
        }
        boolean schema = parts.length == 6 && parts[1].equals("openapi") && parts[3].equals("apis");
        return schema && hasGroup(parts[4]) ? Optional.of(schema(parts[4])) : Optional.empty();
    }

    private static boolean hasGroup(String group) {
        return !group.isEmpty()
                && Kind.ALL.stream().anyMatch(kind -> kind.group().equals(group));
    }

    private static ObjectNode object(String kind) {
        return JsonNodeFactory.instance.objectNode().put("kind", kind).put("apiVersion", "v1");
    }

    private static ObjectNode version() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("major", "1")
                .put("minor", "32")
                .put("gitVersion", "v1.32.0-demo")
                .put("gitCommit", "")
                .put("gitTreeState", "clean")
                .put("buildDate", "2024-01-01T00:00:00Z")
                .put("goVersion", "")
                .put("compiler", "")
                .put("platform", "linux/amd64");
    }

    private static ObjectNode versions() {
        ObjectNode versions = object("APIVersions");
        versions.putArray("versions").add("v1");
        versions.putArray("serverAddressByClientCIDRs");
        return versions;
    }

    private static ObjectNode groups() {
        ObjectNode groups = object("APIGroupList");
        ArrayNode list = groups.putArray("groups");
        Kind.ALL.stream()
                .map(Kind::group)
                .filter(group -> !group.isEmpty())
                .distinct()
                .forEach(group -> list.add(group(group)));
        return groups;
    }

    private static ObjectNode group(String name) {
        ObjectNode group = object("APIGroup").put("name", name);
        String version = name + "/v1";
        group.putArray("versions").addObject().put("groupVersion", version).put("version", "v1");
        group.putObject("preferredVersion").put("groupVersion", version).put("version", "v1");
        return group;
    }

    private static ObjectNode resources(String group) {
        ObjectNode list = object("APIResourceList").put("groupVersion", group.isEmpty() ? "v1" : group + "/v1");
        ArrayNode resources = list.putArray("resources");
        for (Kind kind : Kind.ALL) {
            if (kind.group().equals(group)) {
                ArrayNode verbs = resource(resources, kind.plural(), kind);
                (kind.stored() ? VERBS : List.of("create")).forEach(verbs::add);
                kind.subresources().forEach(subresource -> resource(resources, kind.plural() + "/" + subresource, kind)
                        .add("create")
                        .add("get")
                        .add("patch")
                        .add("update"));
            }
        }
        return list;
    }

    private static ArrayNode resource(ArrayNode resources, String name, Kind kind) {
        ObjectNode resource = resources
                .addObject()
                .put("name", name)
                .put("singularName", name.contains("/") ? "" : kind.name().toLowerCase(java.util.Locale.ROOT))
                .put("namespaced", kind.namespaced())
                .put("kind", kind.name());
        if (!kind.shortName().isEmpty() && !name.contains("/")) {
            resource.putArray("shortNames").add(kind.shortName());
        }
        if (List.of("pods", "services", "deployments", "replicasets").contains(name)) {
            resource.putArray("categories").add("all");
        }
        return resource.putArray("verbs");
    }

    private static ObjectNode schemas() {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        ObjectNode paths = document.putObject("paths");
        paths.putObject("api/v1").put("serverRelativeURL", "/openapi/v3/api/v1?hash=demo");
        Kind.ALL.stream()
                .map(Kind::group)
                .filter(group -> !group.isEmpty())
                .distinct()
                .forEach(group -> paths.putObject("apis/" + group + "/v1")
                        .put("serverRelativeURL", "/openapi/v3/apis/" + group + "/v1?hash=demo"));
        return document;
    }

    /** Tells clients that the server itself validates fields and rehearses. */
    private static ObjectNode schema(String group) {
        ObjectNode document = JsonNodeFactory.instance.objectNode().put("openapi", "3.0.0");
        document.putObject("info").put("title", "Kubernetes").put("version", "v1.32.0-demo");
        ObjectNode paths = document.putObject("paths");
        ObjectNode schemas = document.putObject("components").putObject("schemas");
        for (Kind kind : Kind.ALL) {
            if (kind.group().equals(group)) {
                String prefix = group.isEmpty() ? "/api/v1" : "/apis/" + group + "/v1";
                String namespace = kind.namespaced() ? "/namespaces/{namespace}" : "";
                ObjectNode patch = paths.putObject(prefix + namespace + "/" + kind.plural() + "/{name}")
                        .putObject("patch");
                typed(patch.putObject("x-kubernetes-group-version-kind"), kind);
                ArrayNode parameters = patch.putArray("parameters");
                for (String name : List.of("dryRun", "fieldValidation", "force")) {
                    parameters.addObject().put("name", name).put("in", "query");
                }
                ObjectNode schema =
                        schemas.putObject("io.k8s.demo." + kind.name()).put("type", "object");
                typed(schema.putArray("x-kubernetes-group-version-kind").addObject(), kind);
            }
        }
        return document;
    }

    private static void typed(ObjectNode node, Kind kind) {
        node.put("group", kind.group()).put("version", "v1").put("kind", kind.name());
    }

    private static ObjectNode oldSchemas() {
        ObjectNode document = JsonNodeFactory.instance.objectNode().put("swagger", "2.0");
        document.putObject("info").put("title", "Kubernetes").put("version", "v1.32.0-demo");
        document.putObject("paths");
        document.putObject("definitions");
        return document;
    }
}
