package io.sallyport.kubernetes.masking;

import io.sallyport.kubernetes.naming.NamedRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks for masked fields in selectors: which objects come back would tell what their values are. */
final class Selected {

    private static final List<String> LABELS = List.of("metadata", "labels");

    private final FieldNode root;

    Selected(FieldTree tree) {
        this.root = tree.root();
    }

    /** The first masked field by which objects are selected, null if there is none. */
    @Nullable
    String find(NamedRequest request) {
        for (String selector : request.parameters("fieldSelector")) {
            for (String term : selector.split(",", -1)) {
                List<String> path = List.of(key(term).split("\\.", -1));
                if (masked(path)) {
                    return String.join(".", path);
                }
            }
        }
        for (String selector : request.parameters("labelSelector")) {
            for (String term : selector.split(",", -1)) {
                List<String> path = new ArrayList<>(LABELS);
                path.add(key(term));
                if (masked(path)) {
                    return String.join(".", path);
                }
            }
        }
        return null;
    }

    /** What stands before the operator; of the values of a set, which are split too, only nonsense. */
    private static String key(String term) {
        String text = term.strip();
        int start = text.startsWith("!") ? 1 : 0;
        int end = start;
        while (end < text.length() && "=!<> ()".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return text.substring(start, end);
    }

    private boolean masked(List<String> path) {
        FieldNode node = root;
        for (String segment : path) {
            byte[] name = segment.getBytes(StandardCharsets.UTF_8);
            node = node.member(name, 0, name.length);
        }
        return node.byOrigin();
    }
}
