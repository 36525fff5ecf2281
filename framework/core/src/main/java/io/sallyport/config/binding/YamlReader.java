package io.sallyport.config.binding;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingEndEvent;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceEndEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;

/**
 * Reads YAML into {@link Node}s. Values stay text; a key that stands twice, an anchor, an alias, a tag and a second document
 * are problems, since each of them makes a file mean something else than a reader sees.
 */
public final class YamlReader {

    private static final int DEEPEST = 64;

    private final Problems problems;
    private final Iterator<Event> events;

    private YamlReader(Problems problems, Iterator<Event> events) {
        this.problems = problems;
        this.events = events;
    }

    /** Reads a whole text; null, with problems added, if it is not one readable document. */
    public static @Nullable Node read(String text, Problems problems) {
        int before = problems.count();
        try {
            Iterator<Event> events =
                    new Yaml(new LoaderOptions()).parse(new StringReader(text)).iterator();
            Node root = new YamlReader(problems, events).document();
            return problems.count() == before ? root : null;
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark();
            problems.add(mark == null ? 1 : mark.getLine() + 1, "", "not YAML: " + e.getProblem());
        } catch (YAMLException e) {
            problems.add(1, "", "not YAML: it contains characters that no text has");
        }
        return null;
    }

    private @Nullable Node document() {
        Node root = null;
        while (events.hasNext()) {
            Event event = events.next();
            if (event instanceof DocumentStartEvent && root != null) {
                problems.add(lineOf(event), "", "a configuration is one document; '---' begins a second one");
                return null;
            } else if (event instanceof ScalarEvent
                    || event instanceof SequenceStartEvent
                    || event instanceof MappingStartEvent) {
                root = node(event, "", 0);
            }
        }
        if (root == null) {
            problems.add(1, "", "the file is empty");
        }
        return root;
    }

    private Node node(Event event, String path, int depth) {
        if (depth > DEEPEST) {
            throw new MarkedYAMLException(null, null, "nested too deeply", event.getStartMark()) {
                private static final long serialVersionUID = 1L;
            };
        }
        if (event instanceof ScalarEvent scalar) {
            refuseExtras(scalar, scalar.getAnchor(), scalar.getTag(), path);
            boolean plain = scalar.getScalarStyle() == DumperOptions.ScalarStyle.PLAIN;
            return new Node.Scalar(scalar.getValue(), plain, lineOf(event), columnOf(event));
        }
        if (event instanceof SequenceStartEvent sequence) {
            refuseExtras(sequence, sequence.getAnchor(), sequence.getTag(), path);
            return sequence(sequence, path, depth);
        }
        if (event instanceof MappingStartEvent mapping) {
            refuseExtras(mapping, mapping.getAnchor(), mapping.getTag(), path);
            return mapping(mapping, path, depth);
        }
        String text =
                event instanceof AliasEvent ? "aliases (*name) are not supported; repeat the value" : "not a value";
        problems.add(lineOf(event), path, text);
        return new Node.Scalar("", false, lineOf(event), columnOf(event));
    }

    private Node sequence(SequenceStartEvent start, String path, int depth) {
        List<Node> items = new ArrayList<>();
        for (Event event = events.next(); !(event instanceof SequenceEndEvent); event = events.next()) {
            items.add(node(event, path + "[" + items.size() + "]", depth + 1));
        }
        return new Node.Sequence(items, lineOf(start), columnOf(start));
    }

    private Node mapping(MappingStartEvent start, String path, int depth) {
        Map<String, Node.Entry> entries = new LinkedHashMap<>();
        for (Event event = events.next(); !(event instanceof MappingEndEvent); event = events.next()) {
            Node key = node(event, path, depth + 1);
            String name = key instanceof Node.Scalar scalar ? scalar.text() : "?";
            Node value = node(events.next(), Paths.key(path, name), depth + 1);
            if (!(key instanceof Node.Scalar scalar)) {
                problems.add(key, path, "a key is a single word, not " + key.what());
            } else if (entries.containsKey(name)) {
                int first = entries.get(name).key().line();
                problems.add(key, Paths.key(path, name), "the key stands twice, first in line " + first);
            } else {
                entries.put(name, new Node.Entry(scalar, value));
            }
        }
        return new Node.Mapping(entries, lineOf(start), columnOf(start));
    }

    private void refuseExtras(Event event, @Nullable String anchor, @Nullable String tag, String path) {
        if (anchor != null) {
            problems.add(lineOf(event), path, "anchors (&name) are not supported; repeat the value");
        }
        if (tag != null && !tag.equals("!")) {
            problems.add(lineOf(event), path, "tags (!name) are not supported; leave it out");
        }
    }

    private static int lineOf(Event event) {
        return event.getStartMark().getLine() + 1;
    }

    private static int columnOf(Event event) {
        return event.getStartMark().getColumn() + 1;
    }
}
