package io.sallyport.kubernetes.masking;

import io.sallyport.api.guardrail.Masking;
import io.sallyport.kubernetes.naming.NamedRequest.ResourceName;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The trees of the kinds that were asked for last, so that a small answer need not make one. Each thread has its own: a tree is
 * confined to one. A tree that is full is forgotten.
 */
final class FieldTrees {

    private static final int KEPT = 16;
    private static final ThreadLocal<FieldTrees> OF_THREAD = ThreadLocal.withInitial(FieldTrees::new);

    private final Map<Key, FieldTree> trees = new LinkedHashMap<>(KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, FieldTree> eldest) {
            return size() > KEPT;
        }
    };

    private FieldTrees() {}

    private record Key(Masking masking, String group, String plural) {}

    /** A tree for the answers about a resource, null for a path that names none. */
    static FieldTree tree(Masking masking, @Nullable ResourceName resource) {
        Key key = resource == null ? new Key(masking, "", "") : new Key(masking, resource.group(), resource.plural());
        Map<Key, FieldTree> trees = OF_THREAD.get().trees;
        FieldTree known = trees.get(key);
        if (known == null || known.full()) {
            known = new FieldTree(masking, resource);
            trees.put(key, known);
        }
        return known;
    }
}
