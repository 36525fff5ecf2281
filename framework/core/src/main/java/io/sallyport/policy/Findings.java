package io.sallyport.policy;

import io.sallyport.config.binding.Node;
import io.sallyport.policy.Finding.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects findings with the lines on which they stand. */
final class Findings {

    private final Node root;
    private final List<Finding> found = new ArrayList<>();

    Findings(Node root) {
        this.root = root;
    }

    /** Adds a finding at the place to which keys and indexes lead, or the last part of the way that is there. */
    void add(Severity severity, String code, String text, Object... steps) {
        StringBuilder path = new StringBuilder();
        for (Object step : steps) {
            if (step instanceof Integer) {
                path.append('[').append(step).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step);
            }
        }
        found.add(new Finding(severity, code, at(steps).line(), path.toString(), text));
    }

    /** The node to which the steps lead, or the last one on the way. */
    Node at(Object... steps) {
        Node place = root;
        for (Object step : steps) {
            Node next = null;
            if (place instanceof Node.Mapping mapping && step instanceof String key) {
                next = mapping.get(key);
            } else if (place instanceof Node.Sequence list
                    && step instanceof Integer index
                    && index < list.items().size()) {
                next = list.items().get(index);
            }
            if (next == null) {
                return place;
            }
            place = next;
        }
        return place;
    }

    /** Whether a list in the file has a plain word among its items. */
    boolean lists(String word, Object... steps) {
        return at(steps) instanceof Node.Sequence list
                && list.items().stream()
                        .anyMatch(item -> item instanceof Node.Scalar scalar
                                && scalar.text().equals(word));
    }

    /** All, by line. */
    List<Finding> all() {
        return found.stream().sorted(Comparator.comparingInt(Finding::line)).toList();
    }
}
