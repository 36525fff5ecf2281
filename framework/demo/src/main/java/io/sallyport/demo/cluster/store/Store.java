package io.sallyport.demo.cluster.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Objects in memory, with versions and the events of the last changes. Safe for several threads. */
public final class Store {

    private static final int EVENTS_KEPT = 4096;

    private final Map<String, ObjectNode> objects = new TreeMap<>();
    private final List<Event> events = new ArrayList<>();
    private long version = 1;

    /**
     * A change.
     *
     * @param type ADDED, MODIFIED or DELETED
     * @param kind of what
     * @param object as it is after the change, or was before a deletion
     * @param version the change's number
     */
    public record Event(String type, Kind kind, ObjectNode object, long version) {}

    /** The number of the last change. */
    public synchronized long version() {
        return version;
    }

    /** One object. */
    public synchronized ObjectNode get(Kind kind, String namespace, String name) {
        ObjectNode found = objects.get(key(kind, namespace, name));
        if (found == null) {
            throw ApiFailure.notFound(kind, name);
        }
        return found.deepCopy();
    }

    /** Whether there is such an object. */
    public synchronized boolean has(Kind kind, String namespace, String name) {
        return objects.containsKey(key(kind, namespace, name));
    }

    /** The objects of a kind in a namespace, or in all if that is empty. */
    public synchronized List<ObjectNode> list(Kind kind, String namespace, String labels, String fields) {
        String prefix = kind.qualified() + "/" + (namespace.isEmpty() || !kind.namespaced() ? "" : namespace + "/");
        List<ObjectNode> found = new ArrayList<>();
        objects.forEach((key, object) -> {
            if (key.startsWith(prefix) && Selectors.match(object, labels, fields)) {
                found.add(object.deepCopy());
            }
        });
        return found;
    }

    /** Makes an object, and answers as it was made. */
    public synchronized ObjectNode create(Kind kind, String namespace, ObjectNode wanted, boolean rehearsal) {
        ObjectNode object = wanted.deepCopy();
        object.put("kind", kind.name()).put("apiVersion", kind.apiVersion());
        ObjectNode metadata = object.withObject("/metadata");
        if (metadata.path("name").asText().isEmpty()) {
            if (!metadata.has("generateName")) {
                throw new ApiFailure(422, "Invalid", "metadata.name: Required value: name or generateName is required");
            }
            metadata.put("name", metadata.path("generateName").asText() + uuid().substring(0, 5));
        }
        String name = metadata.path("name").asText();
        requireName(kind, name);
        requireNamespace(kind, namespace);
        if (has(kind, namespace, name)) {
            throw new ApiFailure(409, "AlreadyExists", kind.qualified() + " \"" + name + "\" already exists");
        }
        if (kind.namespaced()) {
            metadata.put("namespace", namespace);
        }
        metadata.put("uid", uuid());
        metadata.put(
                "creationTimestamp",
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        return stored("ADDED", kind, namespace, object, rehearsal);
    }

    private static String uuid() {
        return UUID.randomUUID().toString();
    }

    private static void requireName(Kind kind, String name) {
        boolean valid =
                name.chars().allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || "-.".indexOf(c) >= 0);
        if (!valid) {
            throw new ApiFailure(
                    422,
                    "Invalid",
                    kind.name() + " \"" + name + "\" is invalid: metadata.name: a lowercase RFC 1123 name");
        }
    }

    private void requireNamespace(Kind kind, String namespace) {
        Kind namespaces = Kind.of("", "namespaces").orElseThrow();
        if (kind.namespaced() && !has(namespaces, "", namespace)) {
            throw ApiFailure.notFound(namespaces, namespace);
        }
    }

    /** Puts an object in the place of one, unless that has changed since the client read it. */
    public synchronized ObjectNode replace(
            Kind kind, String namespace, String name, ObjectNode wanted, boolean rehearsal) {
        ObjectNode known = get(kind, namespace, name);
        ObjectNode object = wanted.deepCopy();
        object.put("kind", kind.name()).put("apiVersion", kind.apiVersion());
        ObjectNode metadata = object.withObject("/metadata");
        String read = metadata.path("resourceVersion").asText();
        JsonNode current = known.path("metadata");
        if (!read.isEmpty() && !read.equals(current.path("resourceVersion").asText())) {
            throw new ApiFailure(
                    409,
                    "Conflict",
                    "Operation cannot be fulfilled on " + kind.qualified() + " \"" + name
                            + "\": the object has been modified; please apply your changes to the latest version and"
                            + " try again");
        }
        for (String own : List.of("name", "namespace", "uid", "creationTimestamp")) {
            if (current.has(own)) {
                metadata.set(own, current.get(own));
            }
        }
        return stored("MODIFIED", kind, namespace, object, rehearsal);
    }

    /** Changes a part of an object; an apply makes one that is not there. */
    public synchronized ObjectNode patch(
            Kind kind, String namespace, String name, String type, JsonNode patch, boolean rehearsal) {
        if (type.startsWith("application/apply-patch") && !has(kind, namespace, name)) {
            ObjectNode wanted = patch.deepCopy();
            wanted.withObject("/metadata").put("name", name);
            return create(kind, namespace, wanted, rehearsal);
        }
        ObjectNode known = get(kind, namespace, name);
        return replace(kind, namespace, name, Patches.patched(known, type, patch), rehearsal);
    }

    /** Takes an object away, with all that is in it. */
    public synchronized ObjectNode delete(Kind kind, String namespace, String name, boolean rehearsal) {
        ObjectNode known = get(kind, namespace, name);
        if (!rehearsal) {
            objects.remove(key(kind, namespace, name));
            happened("DELETED", kind, known);
            if (kind.plural().equals("namespaces")) {
                for (Kind inside : Kind.ALL) {
                    if (inside.namespaced()) {
                        list(inside, name, "", "")
                                .forEach(object -> delete(
                                        inside,
                                        name,
                                        object.path("metadata").path("name").asText(),
                                        false));
                    }
                }
            }
        }
        return known;
    }

    private ObjectNode stored(String type, Kind kind, String namespace, ObjectNode object, boolean rehearsal) {
        Controllers.settle(kind, object);
        if (rehearsal) {
            return object;
        }
        String name = object.path("metadata").path("name").asText();
        objects.put(key(kind, namespace, name), object);
        happened(type, kind, object);
        return object.deepCopy();
    }

    private void happened(String type, Kind kind, ObjectNode object) {
        version++;
        object.withObject("/metadata").put("resourceVersion", Long.toString(version));
        events.add(new Event(type, kind, object.deepCopy(), version));
        if (events.size() > EVENTS_KEPT) {
            events.remove(0);
        }
        notifyAll();
    }

    /** The next change of a kind behind a number; null if none comes within the time. */
    public synchronized @Nullable Event next(Kind kind, String namespace, long after, long millis)
            throws InterruptedException {
        long deadline = System.nanoTime() + millis * 1_000_000;
        while (true) {
            for (Event event : events) {
                boolean here = namespace.isEmpty()
                        || event.object()
                                .path("metadata")
                                .path("namespace")
                                .asText()
                                .equals(namespace);
                if (event.version() > after && event.kind().equals(kind) && here) {
                    return event;
                }
            }
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return null;
            }
            wait(left);
        }
    }

    /** Whether selectors let an object through. */
    public static boolean selected(JsonNode object, String labels, String fields) {
        return Selectors.match(object, labels, fields);
    }

    private static String key(Kind kind, String namespace, String name) {
        return kind.qualified() + "/" + (kind.namespaced() ? namespace : "") + "/" + name;
    }
}
