package io.sallyport.config;

import io.sallyport.config.binding.Node;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * By what one configuration is told from another.
 *
 * @param digest SHA-256 of the file, in hexadecimal: what {@code sha256sum} prints
 * @param sections for each section a digest of what it says, whatever its layout and comments; the operators of {@code
 *     admin} are a section of their own
 */
public record Fingerprint(String digest, Map<String, String> sections) {

    private static final String ADMIN = "admin";
    private static final String OPERATORS = "operators";

    /** Of nothing. */
    public static final Fingerprint NONE = new Fingerprint("", Map.of());

    /** Copies the map. */
    public Fingerprint {
        sections = Map.copyOf(sections);
    }

    /** That of a text and what it spells. */
    static Fingerprint of(String text, Node.Mapping root) {
        Map<String, String> sections = new TreeMap<>();
        root.entries().forEach((key, entry) -> {
            Node value = entry.value();
            if (key.equals(ADMIN) && value instanceof Node.Mapping admin && admin.get(OPERATORS) != null) {
                sections.put(ADMIN + "." + OPERATORS, digest(admin.only(Set.of(OPERATORS))));
                value = admin.without(Set.of(OPERATORS));
            }
            sections.put(key, digest(value));
        });
        return new Fingerprint(sha256(text), sections);
    }

    /** The sections that say something else there, sorted. */
    public TreeSet<String> differences(Fingerprint other) {
        TreeSet<String> names = new TreeSet<>(sections.keySet());
        names.addAll(other.sections.keySet());
        names.removeIf(name -> Objects.equals(sections.get(name), other.sections.get(name)));
        return names;
    }

    private static String digest(Node node) {
        StringBuilder spelled = new StringBuilder();
        spell(node, spelled);
        return sha256(spelled.toString());
    }

    /** Every part with its length in front, so that no two contents are spelled alike. */
    private static void spell(Node node, StringBuilder out) {
        if (node instanceof Node.Mapping mapping) {
            out.append('{').append(mapping.entries().size());
            mapping.entries().forEach((key, entry) -> {
                out.append(key.length()).append(':').append(key);
                spell(entry.value(), out);
            });
        } else if (node instanceof Node.Sequence sequence) {
            out.append('[').append(sequence.items().size());
            sequence.items().forEach(item -> spell(item, out));
        } else if (node instanceof Node.Scalar scalar) {
            out.append(scalar.empty() ? 'e' : 's');
            out.append(scalar.text().length()).append(':').append(scalar.text());
        }
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
