package io.sallyport.kubernetes.masking;

import io.sallyport.api.action.Resource;
import io.sallyport.api.guardrail.Field;
import io.sallyport.api.guardrail.Mask;
import io.sallyport.api.guardrail.Masking;
import io.sallyport.kubernetes.naming.KubernetesVocabulary;
import io.sallyport.kubernetes.naming.NamedRequest.ResourceName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The fields of the answers to one request, as far as answers had them, each with its mask.
 *
 * <p>A field's origin is {@code PLURAL[.GROUP]/FIELD/FIELD}, with {@code []} for the items of an array. The path begins at the
 * object: the object of a watch event, an item of a list, the object of a table's row. Since an object of its own may have fields
 * of these names, the longer path counts too.
 *
 * <p>Confined to one thread.
 */
final class FieldTree {

    static final String ITEM = "[]";
    static final String APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

    /** So many fields are remembered; answers with more, which have keys of users' making, are asked about again. */
    private static final int MOST = 2_000;

    private static final int MOST_ROOTS = 4;
    private static final List<String> LIST_ITEM = List.of("items", ITEM);
    private static final List<String> EVENT_OBJECT = List.of("object");
    private static final List<String> ROW_OBJECT = List.of("rows", ITEM, "object");
    private static final List<String> CELL = List.of("rows", ITEM, "cells", ITEM);

    private final Masking masking;
    private final String plural;
    private final boolean masksFields;
    private final FieldNode root;
    private int nodes;

    FieldTree(Masking masking, @Nullable ResourceName resource) {
        this.masking = masking;
        this.plural = resource == null ? "" : plural(resource);
        this.masksFields = !plural.isEmpty() && masksFields(masking, plural);
        this.root = new FieldNode(this, List.of(List.of()), false);
    }

    private static String plural(ResourceName resource) {
        return resource.group().isEmpty() ? resource.plural() : resource.plural() + "." + resource.group();
    }

    private static boolean masksFields(Masking masking, String plural) {
        // Bytes have no mask but one by origin, and the whole object contains what a pattern on one of its fields
        // names.
        return masking.maskFor(new Field("", origin(plural, List.of()), Field.Type.BYTES)) != null;
    }

    private static Resource origin(String plural, List<String> path) {
        List<String> segments = new ArrayList<>(path.size() + 1);
        segments.add(plural);
        segments.addAll(path);
        return new Resource(KubernetesVocabulary.OBJECT, segments, true);
    }

    FieldNode root() {
        return root;
    }

    boolean secrets() {
        return plural.equals("secrets");
    }

    boolean masksFields() {
        return masksFields;
    }

    /** Whether one more field can be remembered. */
    boolean admits() {
        return nodes++ < MOST;
    }

    /** Whether no more fields can be remembered. */
    boolean full() {
        return nodes >= MOST;
    }

    /** All the paths that a field in something with these paths has. */
    List<List<String>> extend(List<List<String>> paths, String segment) {
        List<List<String>> longer = new ArrayList<>(paths.size() + 1);
        boolean object = false;
        for (List<String> path : paths) {
            List<String> next = new ArrayList<>(path.size() + 1);
            next.addAll(path);
            next.add(segment);
            longer.add(next);
            object |= next.equals(LIST_ITEM) || next.equals(EVENT_OBJECT) || next.equals(ROW_OBJECT);
        }
        if (object && longer.size() < MOST_ROOTS) {
            longer.add(List.of());
        }
        return longer;
    }

    /** The strictest mask that a field has by any of its paths. */
    @Nullable
    Mask mask(List<List<String>> paths, Field.Type type) {
        Mask strictest = null;
        for (List<String> path : paths) {
            strictest = stricter(strictest, ask(path, path, type));
            if (secrets() && !path.isEmpty() && path.get(0).equals("stringData")) {
                List<String> stored = new ArrayList<>(path);
                stored.set(0, "data");
                strictest = stricter(strictest, ask(path, stored, type));
            }
            if (masksFields && !secrets() && path.equals(CELL)) {
                strictest = stricter(strictest, ask(path, List.of(), type));
            }
        }
        return strictest;
    }

    private @Nullable Mask ask(List<String> path, List<String> origin, Field.Type type) {
        String name = path.isEmpty() ? "" : path.get(path.size() - 1);
        Resource resource = plural.isEmpty() ? null : origin(plural, origin);
        return masking.maskFor(new Field(name, resource, type));
    }

    private static @Nullable Mask stricter(@Nullable Mask one, @Nullable Mask other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return other.strength().compareTo(one.strength()) > 0 ? other : one;
    }
}
