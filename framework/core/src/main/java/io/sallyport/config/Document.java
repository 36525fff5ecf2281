package io.sallyport.config;

import io.sallyport.config.binding.Node;
import io.sallyport.config.binding.Paths;
import io.sallyport.config.binding.Problems;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The nodes of a configuration file, by section. What is not there is empty; what has the wrong shape is a problem. */
final class Document {

    private final Node.Mapping root;
    private final Problems problems;

    Document(Node.Mapping root, Problems problems) {
        this.root = root;
        this.problems = problems;
    }

    /** One entry of a list. */
    record Item(Node.Mapping node, String path) {}

    /** The file's outermost mapping. */
    Node.Mapping root() {
        return root;
    }

    /** A section of keys and values. */
    Node section(String key) {
        Node node = root.get(key);
        return node == null ? empty(root) : node;
    }

    /** The entries of a list; called once for each list, so that a problem is found once. */
    List<Item> items(String key) {
        List<Item> items = new ArrayList<>();
        Node node = root.get(key);
        if (node instanceof Node.Sequence list) {
            for (int i = 0; i < list.items().size(); i++) {
                String path = Paths.item(key, i);
                if (list.items().get(i) instanceof Node.Mapping mapping) {
                    items.add(new Item(mapping, path));
                } else {
                    problems.add(list.items().get(i), path, "expected keys and values");
                }
            }
        } else if (node != null) {
            problems.add(node, key, "expected a list, found " + node.what());
        }
        return items;
    }

    /** The entries by their names, whether or not the rest of them is right. A name that stands twice is a problem. */
    Map<String, Item> named(List<Item> items) {
        Map<String, Item> named = new LinkedHashMap<>();
        for (Item item : items) {
            String name = text(item.node(), "name");
            Item first = name == null ? null : named.putIfAbsent(name, item);
            if (first != null) {
                String path = Paths.key(item.path(), "name");
                problems.add(
                        at(item.node(), "name"),
                        path,
                        "the name '" + name + "' is taken by line "
                                + at(first.node(), "name").line());
            }
        }
        return named;
    }

    /** A mapping without entries at the place of a node. */
    static Node.Mapping empty(Node place) {
        return new Node.Mapping(Map.of(), place.line(), place.column());
    }

    /** The text of a single value, null if there is none. */
    static @Nullable String text(Node.Mapping mapping, String key) {
        return mapping.get(key) instanceof Node.Scalar scalar ? scalar.text() : null;
    }

    /** The node that these keys and indexes lead to, or the last one on the way that is there. */
    static Node at(Node node, Object... steps) {
        Node place = node;
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
}
