package io.sallyport.config;

import io.sallyport.config.Document.Item;
import io.sallyport.config.binding.NearestWord;
import io.sallyport.config.binding.Node;
import io.sallyport.config.binding.Paths;
import io.sallyport.config.binding.Problems;
import io.sallyport.identity.IssuerSettings;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one part of a configuration may say of another. */
final class Checks {

    private final Problems problems;

    Checks(Problems problems) {
        this.problems = problems;
    }

    /** A name that is mentioned must exist. */
    void mention(Node.Scalar scalar, String path, String kind, Set<String> names) {
        if (!names.contains(scalar.text())) {
            problems.add(scalar, path, NearestWord.unknown(kind, scalar.text(), names));
        }
    }

    /** Two entries for one {@code iss} would make two people of one. */
    void issuers(List<Item> items) {
        Map<String, Node> seen = new HashMap<>();
        for (Item item : items) {
            Node node = item.node().get("issuer");
            Node first = node instanceof Node.Scalar scalar ? seen.putIfAbsent(scalar.text(), scalar) : null;
            if (node != null && first != null) {
                String text = "the same issuer has an entry in line " + first.line();
                problems.add(node, Paths.key(item.path(), "issuer"), text);
            }
        }
    }

    /** Operators come from issuers that make tokens for the admin API. */
    void operators(AdminSection admin, Node section, Map<String, IssuerSettings> issuers, Set<String> names) {
        for (int i = 0; i < admin.operators().size(); i++) {
            String name = admin.operators().get(i).issuer();
            Node node = Document.at(section, "operators", i, "issuer");
            String path = Paths.item("admin.operators", i) + ".issuer";
            IssuerSettings issuer = issuers.get(name);
            if (!names.contains(name)) {
                problems.add(node, path, NearestWord.unknown("issuer", name, names));
            } else if (issuer != null && !issuer.audiences().contains(admin.audience())) {
                problems.add(
                        node,
                        path,
                        "the issuer '" + name + "' does not list the audience '" + admin.audience()
                                + "', so that none of its tokens is good for the admin API");
            }
        }
    }

    /** In a guardrail's own configuration too, what is called an issuer is one that exists. */
    void approvers(PluginEntry<?> entry, Reading.@Nullable Declared<?> declared, Set<String> issuers) {
        List<String> found = new ArrayList<>();
        collect(entry.config(), found);
        for (String issuer : found) {
            if (declared != null && !issuers.contains(issuer)) {
                Item item = declared.item();
                Node place = Document.at(item.node(), "config", "approvers", "issuer");
                problems.add(
                        place,
                        Paths.key(item.path(), "config.approvers.issuer"),
                        NearestWord.unknown("issuer", issuer, issuers));
            }
        }
    }

    /** The node's name becomes part of file names. */
    void node(String node, JournalSection journal, Node.Mapping root) {
        try {
            journal.toSettings(node);
        } catch (IllegalArgumentException e) {
            problems.add(Document.at(root, "node"), "node", String.valueOf(e.getMessage()));
        }
    }

    private static void collect(@Nullable Object value, List<String> issuers) {
        if (value instanceof Collection<?> items) {
            items.forEach(item -> collect(item, issuers));
        } else if (value instanceof Record record) {
            for (RecordComponent component : record.getClass().getRecordComponents()) {
                Object part = part(record, component);
                if (component.getName().equals("issuer") && part instanceof String issuer) {
                    issuers.add(issuer);
                } else {
                    collect(part, issuers);
                }
            }
        }
    }

    private static @Nullable Object part(Record record, RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a record's component cannot be read: " + component, e);
        }
    }
}
