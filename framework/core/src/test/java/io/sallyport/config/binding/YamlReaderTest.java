package io.sallyport.config.binding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class YamlReaderTest {

    @Test
    @DisplayName("every key and value knows its line and column")
    void places() {
        // When
        Node root = YamlReader.read("a: 1\nb:\n  - c: \"x\"\n", new Problems("f"));

        // Then
        Node.Mapping mapping = (Node.Mapping) Objects.requireNonNull(root);
        Node.Sequence list = (Node.Sequence) Objects.requireNonNull(mapping.get("b"));
        Node.Entry inner = Objects.requireNonNull(
                ((Node.Mapping) list.items().get(0)).entries().get("c"));
        assertEquals(new Node.Scalar("c", true, 3, 5), inner.key());
        assertEquals(new Node.Scalar("x", false, 3, 8), inner.value());
    }

    @Test
    @DisplayName("a key that stands twice is a problem that names both lines")
    void duplicates() {
        assertEquals(
                List.of("f:3: a.b: the key stands twice, first in line 2"), problemsOf("a:\n  b: 1\n  b: 2\nc: 1\n"));
    }

    @Test
    @DisplayName("what makes a file mean something else than it says is refused: anchors, aliases, tags, documents")
    void extras() {
        assertEquals(
                List.of(
                        "f:1: a: anchors (&name) are not supported; repeat the value",
                        "f:2: b: aliases (*name) are not supported; repeat the value"),
                problemsOf("a: &x 1\nb: *x\n"));
        assertEquals(
                List.of("f:1: a: tags (!name) are not supported; leave it out"), problemsOf("a: !!java.io.File [x]\n"));
        assertEquals(
                List.of("f:2: a configuration is one document; '---' begins a second one"),
                problemsOf("a: 1\n---\nb: 1\n"));
    }

    @Test
    @DisplayName("text that is not YAML is one problem with its line")
    void notYaml() {
        assertEquals(1, problemsOf("a: 1\nb: [1\n").size());
        assertEquals(List.of("f:1: the file is empty"), problemsOf("# nothing\n"));
        assertTrue(problemsOf("a: \u0001\n").get(0).startsWith("f:1: not YAML"));
    }

    @Test
    @DisplayName("a file nested without end is a problem, not an overflow")
    void deep() {
        assertEquals(List.of("f:1: not YAML: nested too deeply"), problemsOf("[".repeat(100_000)));
    }

    private static List<String> problemsOf(String text) {
        Problems problems = new Problems("f");
        assertNull(YamlReader.read(text, problems));
        return problems.all().stream().map(Problem::toString).toList();
    }
}
