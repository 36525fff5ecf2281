package io.sallyport.config.binding;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A part of a configuration file that knows where it stands. */
public sealed interface Node {

    /** The line on which it begins, from 1. */
    int line();

    /** The column at which it begins, from 1. */
    int column();

    /** What it is, in words. */
    String what();

    /**
     * A single value, not interpreted yet.
     *
     * @param text the value with quotes and escapes resolved
     * @param plain whether it is written without quotes
     */
    record Scalar(String text, boolean plain, int line, int column) implements Node {

        /** Whether the file leaves the value out or spells it as YAML's null. */
        public boolean empty() {
            return plain && (text.isEmpty() || text.equals("~") || text.equals("null"));
        }

        @Override
        public String what() {
            return empty() ? "nothing" : "a single value";
        }
    }

    /**
     * A list.
     *
     * @param items in order
     */
    record Sequence(List<Node> items, int line, int column) implements Node {

        /** Copies the items. */
        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public String what() {
            return "a list";
        }
    }

    /**
     * Keys and their values, each key once.
     *
     * @param entries in the file's order
     */
    record Mapping(Map<String, Entry> entries, int line, int column) implements Node {

        /** Copies the entries in their order. */
        public Mapping {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }

        /** The value of a key, null if the key is absent. */
        public @Nullable Node get(String key) {
            Entry entry = entries.get(key);
            return entry == null ? null : entry.value();
        }

        /** The entries of these keys alone. */
        public Mapping only(Set<String> keys) {
            Map<String, Entry> kept = new LinkedHashMap<>(entries);
            kept.keySet().retainAll(keys);
            return new Mapping(kept, line, column);
        }

        /** The entries of all other keys. */
        public Mapping without(Set<String> keys) {
            Map<String, Entry> kept = new LinkedHashMap<>(entries);
            kept.keySet().removeAll(keys);
            return new Mapping(kept, line, column);
        }

        @Override
        public String what() {
            return "a mapping";
        }
    }

    /**
     * A key with its value.
     *
     * @param key where the key stands
     * @param value its value
     */
    record Entry(Scalar key, Node value) {}
}
