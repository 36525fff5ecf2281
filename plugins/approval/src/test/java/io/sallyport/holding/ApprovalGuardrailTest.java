package io.sallyport.holding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.api.action.Access;
import io.sallyport.api.action.Action;
import io.sallyport.api.action.Analysis;
import io.sallyport.api.action.Command;
import io.sallyport.api.action.Resource;
import io.sallyport.api.action.ResourceKind;
import io.sallyport.api.action.SqlStatement;
import io.sallyport.api.action.Verb;
import io.sallyport.api.guardrail.Approvers;
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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApprovalGuardrailTest {
    private static final ResourceKind RELATION = new ResourceKind("", '.', true);
    private static final BindingWords WORDS = new BindingWords(
            Set.of(new Verb("insert"), new Verb("update"), new Verb("select")),
            Set.of(),
            text -> ResourceGlob.parse(text, List.of(RELATION)),
            Re2Text::compile);
    private static final String WHOLE = """
            rules: [ { verbs: [insert, update], resources: [public.orders] }, { command: sudo, reason: "root needs a second pair of eyes" } ]
            approvers: { issuer: staff, groups: [dba, leads], required: 2 }
            timeout: 20m
            carry: 10m
            """;
    private static final String SHORT = """
            rules: [ { verbs: [update] } ]
            approvers: { issuer: staff, groups: [dba] }
            """;

    private static @Nullable ApprovalConfig bound(String yaml, Problems problems) {
        Node node = YamlReader.read(yaml, problems);
        References references = new References(name -> null, Path.of(""));
        return node == null ? null : new Binder(WORDS, references, problems).bind(node, ApprovalConfig.class, "config");
    }

    private static Verdict verdict(String yaml, Action action) {
        Problems problems = new Problems("sallyport.yaml");
        ApprovalConfig config = bound(yaml, problems);
        assertNotNull(config, () -> problems.all().toString());
        Principal principal = new Principal("demo", "alice", "alice", Set.of(), Map.of(), null);
        Operation operation = new Operation(principal, "app", "app", "app", action, Instant.EPOCH);
        return new ApprovalGuardrailFactory()
                .create("ask-dba", config)
                .evaluate(operation)
                .toCompletableFuture()
                .join();
    }

    private static Action statement(String verb, String table) {
        Access access = Access.of(new Verb(verb), Resource.of(RELATION, "public", table));
        return SqlStatement.of(Analysis.exact("a statement", List.of(access)), Map.of());
    }

    @Test
    @DisplayName("a matching action is held for the approvers of the configuration")
    void holds() {
        // Given
        Action update = statement("update", "orders");

        // When
        Verdict verdict = verdict(WHOLE, update);

        // Then
        Verdict expected = new Verdict.Hold(
                "ask-dba/1",
                "update on public.orders needs an approval",
                new Approvers("staff", Set.of("dba", "leads"), 2),
                Duration.ofMinutes(20),
                Duration.ofMinutes(10));
        assertEquals(expected, verdict);
    }

    @DisplayName("sudo is held wherever it stands in a command line")
    @ParameterizedTest
    @ValueSource(
            strings = {"sudo id", "ls; /usr/bin/sudo id", "timeout 5 sudo -n id", "sh -c 'sudo id'", "echo $(sudo id)"})
    void holdsCommands(String line) {
        // Given
        Action command = new Command(Analysis.exact(line, List.of()), List.of(), false);

        // When
        Verdict verdict = verdict(WHOLE, command);

        // Then
        Verdict.Hold hold = assertInstanceOf(Verdict.Hold.class, verdict);
        assertEquals("root needs a second pair of eyes", hold.reason());
    }

    @Test
    @DisplayName("what no rule matches is allowed as it is")
    void allows() {
        // Given
        Action select = statement("select", "orders");

        // When
        Verdict verdict = verdict(WHOLE, select);

        // Then
        assertSame(Verdict.Allow.PLAIN, verdict);
    }

    @Test
    @DisplayName("by default one person is enough, an action waits 15 minutes, and an approval is not carried")
    void hasDefaults() {
        // Given
        Action update = statement("update", "orders");

        // When
        Verdict.Hold hold = assertInstanceOf(Verdict.Hold.class, verdict(SHORT, update));

        // Then
        assertEquals(1, hold.approvers().required());
        assertEquals(Duration.ofMinutes(15), hold.timeout());
        assertEquals(Duration.ZERO, hold.carry());
    }

    @DisplayName("a configuration under which nobody or nothing could be asked is refused")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ rules: [], approvers: { issuer: staff, groups: [dba] } }",
                "{ rules: [ { verbs: [update] } ], approvers: { issuer: staff, groups: [] } }",
                "{ rules: [ { verbs: [update] } ], approvers: { issuer: staff, groups: [dba], required: 0 } }",
                "{ rules: [ { verbs: [update] } ], approvers: { issuer: staff, groups: [dba] }, timeout: 0s }",
                "{ rules: [ { verbs: [update] } ] }"
            })
    void refusesEmptyQuestions(String yaml) {
        // Given
        Problems problems = new Problems("sallyport.yaml");

        // When
        ApprovalConfig config = bound(yaml, problems);

        // Then
        assertTrue(config == null && problems.count() > 0, () -> problems.all().toString());
    }

    @Test
    @DisplayName("the plugin offers the type 'approval'")
    void isOffered() {
        // Given
        ApprovalPlugin plugin = new ApprovalPlugin();

        // When
        String type = plugin.guardrails().get(0).type();

        // Then
        assertEquals("approval", type);
    }
}
