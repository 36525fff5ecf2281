package io.sallyport.rules;

import io.sallyport.api.action.Resource;
import io.sallyport.api.action.ResourceKind;
import io.sallyport.api.config.ResourcePattern;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;

/**
 * Finds the numbers of the rules whose patterns touch a resource. Patterns lie in a tree by their literal leading segments, one
 * tree for each kind of resource, made when a resource of the kind is first asked for.
 *
 * <p>Filled by one thread, then read by any.
 */
final class PatternIndex {
    private final List<Integer> everywhere = new ArrayList<>();
    private final List<Entry> entries = new ArrayList<>();
    private final Map<ResourceKind, Tree> trees = new ConcurrentHashMap<>();

    private record Entry(int number, ResourcePattern pattern) {}

    /** Adds a rule; without patterns it is found for every resource. */
    void add(int number, List<ResourcePattern> patterns) {
        if (patterns.isEmpty()) {
            everywhere.add(number);
        }
        patterns.forEach(pattern -> entries.add(new Entry(number, pattern)));
    }

    /** Hands over the numbers of all rules that touch the resource, in no order. */
    void find(Resource resource, IntConsumer found) {
        everywhere.forEach(found::accept);
        if (!entries.isEmpty()) {
            Tree tree = trees.computeIfAbsent(resource.kind(), kind -> new Tree(kind, entries));
            tree.find(resource, found);
        }
    }

    private static final class Tree {
        private final Node root = new Node();
        /** Literal patterns by each of their segments, for resources of which only one segment is known. */
        private final Map<String, List<Entry>> byName = new HashMap<>();

        private final List<Entry> globs = new ArrayList<>();

        Tree(ResourceKind kind, List<Entry> entries) {
            for (Entry entry : entries) {
                List<String> prefix = entry.pattern().prefix(kind);
                if (prefix == null) {
                    continue;
                }
                root.at(prefix).here.add(entry);
                if (literal(entry.pattern(), kind, prefix)) {
                    prefix.forEach(segment -> byName.computeIfAbsent(segment, unused -> new ArrayList<>())
                            .add(entry));
                } else {
                    globs.add(entry);
                }
            }
        }

        /** Whether the pattern is its prefix: it covers that, and what is longer only if the kind is nested. */
        private static boolean literal(ResourcePattern pattern, ResourceKind kind, List<String> prefix) {
            if (prefix.isEmpty() || !pattern.covers(new Resource(kind, prefix, true))) {
                return false;
            }
            List<String> longer = new ArrayList<>(prefix);
            longer.add("x");
            return kind.nested() || !pattern.covers(new Resource(kind, longer, true));
        }

        void find(Resource resource, IntConsumer found) {
            if (resource.unknown()) {
                below(root, resource, found);
                return;
            }
            if (!resource.resolved()) {
                offer(byName.getOrDefault(resource.lastSegment(), List.of()), resource, found);
                offer(globs, resource, found);
                return;
            }
            along(root, 0, resource, found);
        }

        private static void along(Node node, int depth, Resource resource, IntConsumer found) {
            List<String> segments = resource.segments();
            if (depth == segments.size() - (resource.reachesBelow() ? 1 : 0)) {
                below(node, resource, found);
                return;
            }
            offer(node.here, resource, found);
            if (segments.get(depth).equals(Resource.ALL)) {
                node.children.values().forEach(child -> along(child, depth + 1, resource, found));
                return;
            }
            Node next = node.children.get(segments.get(depth));
            if (next != null) {
                along(next, depth + 1, resource, found);
            }
        }

        /** The resource contains what the patterns from here on name. */
        private static void below(Node node, Resource resource, IntConsumer found) {
            offer(node.here, resource, found);
            node.children.values().forEach(child -> below(child, resource, found));
        }

        private static void offer(List<Entry> entries, Resource resource, IntConsumer found) {
            for (Entry entry : entries) {
                if (entry.pattern().touches(resource)) {
                    found.accept(entry.number());
                }
            }
        }
    }

    private static final class Node {
        private final List<Entry> here = new ArrayList<>(1);
        private final Map<String, Node> children = new HashMap<>();

        Node at(List<String> path) {
            Node node = this;
            for (String segment : path) {
                node = node.children.computeIfAbsent(segment, unused -> new Node());
            }
            return node;
        }
    }
}
