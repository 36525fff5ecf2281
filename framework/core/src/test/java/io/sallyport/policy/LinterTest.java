package io.sallyport.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.config.binding.Node;
import io.sallyport.config.binding.Problems;
import io.sallyport.config.binding.YamlReader;
import io.sallyport.plugin.PluginCatalog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The linter")
class LinterTest {

    private static final String HEAD = """
            store: { url: "jdbc:sqlite:./store.db" }
            journal: { directory: ./journal, signing-key: ./journal.key, segment-size: 1MiB }
            issuers: [ { name: demo, issuer: "http://127.0.0.1:1", audiences: [sallyport], groups: groups } ]
            connectors: [ { name: talk, type: talking } ]
            targets:
              - { name: app, connector: talk, address: "talk://own@127.0.0.1:1/main", credential: { user: own } }
              - { name: web, connector: talk, address: "talk://own@127.0.0.1:1/main", credential: { user: own } }
            """;

    private final Path directory;

    LinterTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    @DisplayName("finds nothing worse than hints in a grant that names what it gives")
    void clean() throws Exception {
        // Given
        String grant = """
                guardrails: [ { name: judge, type: stated, config: { effect: deny, verbs: [drop], commands: true } } ]
                grants:
                  - name: report
                    who: { issuer: demo, groups: [dev] }
                    targets: [app, web]
                    scope: [ { verbs: [read], resources: [public.orders] } ]
                    guardrails: [judge]
                    expires: 2027-06-30
                """;

        // When
        List<Finding> findings = lint(grant);

        // Then
        assertEquals(
                List.of("static-credential", "static-credential"),
                findings.stream().map(Finding::code).toList());
    }

    @Test
    @DisplayName("finds what is wide: wildcards, everyone, opaque, unmaskable, uncovered, for ever, with the lines")
    void wide() throws Exception {
        // Given
        String grant = """
                guardrails: [ { name: judge, type: stated, config: { effect: deny, verbs: [drop] } } ]
                grants:
                  - name: all
                    who: { issuer: demo, everyone: true }
                    targets: [app, web]
                    scope: [ { verbs: ["*"], resources: ["**"] } ]
                    guardrails: [judge]
                    opaque: allow
                    unmaskable: allow
                    uncovered: allow
                """;

        // When
        List<String> found = shown(lint(grant));

        // Then
        assertTrue(
                found.containsAll(List.of(
                        "10 info no-expiry",
                        "11 warning everyone",
                        "13 warning wildcard",
                        "15 warning opaque-allowed",
                        "16 warning unmaskable-allowed",
                        "17 warning uncovered-kinds")),
                found::toString);
    }

    @Test
    @DisplayName("finds grants that never decide, since earlier ones admit the same people first")
    void shadowed() throws Exception {
        // Given
        String grants = """
                grants:
                  - name: devs
                    who: { issuer: demo, groups: [dev] }
                    targets: [app]
                    scope: [ { verbs: [read], resources: ["public.*"] } ]
                  - name: ops
                    who: { issuer: demo, groups: [ops] }
                    targets: [app, web]
                    scope: [ { verbs: [read], resources: ["public.*"] } ]
                  - name: main
                    who: { issuer: demo, groups: [dev], claims: { ref: main } }
                    targets: [app]
                    scope: [ { verbs: [drop], resources: ["public.*"] } ]
                  - name: both
                    who: { issuer: demo, groups: [dev, ops] }
                    targets: [app, web]
                    scope: [ { verbs: [drop], resources: ["public.*"] } ]
                  - name: others
                    who: { issuer: demo, groups: [dev, qa] }
                    targets: [app]
                    scope: [ { verbs: [drop], resources: ["public.*"] } ]
                """;

        // When
        List<String> found = shown(lint(grants));

        // Then
        assertEquals(
                List.of("17 error shadowed-grant", "21 warning shadowed-grant"),
                found.stream().filter(line -> line.endsWith("shadowed-grant")).toList());
    }

    @Test
    @DisplayName(
            "does not call a grant shadowed by one that holds at other times, elsewhere, or after it was asked for")
    void conditions() throws Exception {
        // Given
        String grants = """
                grants:
                  - name: night
                    who: { issuer: demo, groups: [dev] }
                    targets: [app, web]
                    window: { from: "01:00", to: "05:00" }
                    scope: [ { verbs: [read], resources: ["public.*"] } ]
                  - name: inside
                    who: { issuer: demo, groups: [dev] }
                    targets: [app, web]
                    networks: [10.0.0.0/8]
                    scope: [ { verbs: [read], resources: ["public.*"] } ]
                  - name: asked
                    who: { issuer: demo, groups: [dev] }
                    targets: [app, web]
                    access: { by: request, approvers: { issuer: demo, groups: [dba], required: 1 }, longest: 1h }
                    scope: [ { verbs: [read], resources: ["public.*"] } ]
                  - name: over
                    who: { issuer: demo, groups: [dev] }
                    targets: [app, web]
                    expires: 2026-01-31
                    scope: [ { verbs: [read], resources: ["public.*"] } ]
                  - name: last
                    who: { issuer: demo, groups: [dev] }
                    targets: [app, web]
                    scope: [ { verbs: [read], resources: ["public.*"] } ]
                """;

        // When
        List<String> found = shown(lint(grants));

        // Then
        assertTrue(found.stream().noneMatch(line -> line.contains("shadowed")), found::toString);
        assertTrue(found.contains("27 error expired"), found::toString);
    }

    @Test
    @DisplayName(
            "finds entries that another one contains, targets that no grant opens and guardrails that no grant has")
    void useless() throws Exception {
        // Given
        String grant = """
                guardrails: [ { name: judge, type: stated, config: { effect: deny, verbs: [drop] } } ]
                grants:
                  - name: report
                    who: { issuer: demo, groups: [dev] }
                    targets: [app]
                    scope:
                      - { verbs: [read], resources: [public.orders] }
                      - { verbs: [read, write], resources: ["public.*"] }
                      - { verbs: [call], resources: ["function:public.purge"] }
                """;

        // When
        List<String> found = shown(lint(grant));

        // Then
        assertTrue(
                found.containsAll(List.of(
                        "7 warning unreachable-target", "8 error unused-guardrail", "14 warning repeated-scope")),
                found::toString);
        assertEquals(1, found.stream().filter(line -> line.contains("repeated")).count());
    }

    @Test
    @DisplayName("finds patterns that no verb of their entry goes with")
    void neverCovers() throws Exception {
        // Given
        String grant = """
                grants:
                  - name: report
                    who: { issuer: demo, groups: [dev] }
                    targets: [app, web]
                    scope:
                      - { verbs: [call], resources: ["function:public.*", public.purge] }
                      - { verbs: [read, call], resources: [public.orders, "function:public.refresh"] }
                """;

        // When
        List<Finding> findings = lint(grant);

        // Then
        List<Finding> never = findings.stream()
                .filter(finding -> finding.code().equals("never-covers"))
                .toList();
        assertEquals(1, never.size(), findings::toString);
        assertEquals("grants[0].scope[0].resources[1]", never.get(0).path());
        assertEquals(13, never.get(0).line());
    }

    @Test
    @DisplayName("finds keys that log in until somebody takes them out")
    void registeredKeys() {
        // Given
        String text = """
                node: gw
                registered-keys:
                  - { name: robot }
                  - { name: other }
                """;
        Node root = Objects.requireNonNull(YamlReader.read(text, new Problems("sallyport.yaml")));
        Findings findings = new Findings(root);

        // When
        Linter.registeredKeys(findings);

        // Then
        assertEquals(List.of("3 warning registered-key", "4 warning registered-key"), shown(findings.all()));
    }

    @Test
    @DisplayName("calls a grant that is asked for neither lasting nor, where it needs no approval, harmless")
    void asked() throws Exception {
        // Given
        String grant = """
                grants:
                  - name: emergency
                    who: { issuer: demo, groups: [dev] }
                    targets: [app, web]
                    access: { by: break-glass, longest: 1h }
                    scope: [ { verbs: [read], resources: [public.orders] } ]
                """;

        // When
        List<String> found = shown(lint(grant));

        // Then
        assertTrue(found.contains("12 info break-glass"), found::toString);
        assertTrue(found.stream().noneMatch(line -> line.contains("no-expiry")), found::toString);
    }

    @Test
    @DisplayName("finds rules that earlier ones leave nothing to decide, and rules that no scope lets anything reach")
    void rules() throws Exception {
        // Given
        String grant = """
                guardrails:
                  - name: judge
                    type: ruled
                    config:
                      rules:
                        - { verbs: [drop], resources: ["public.*"] }
                        - { verbs: [drop], resources: [public.orders] }
                        - { verbs: [write], resources: [sales.orders] }
                        - { opaque: true }
                grants:
                  - name: report
                    who: { issuer: demo, groups: [dev] }
                    targets: [app, web]
                    scope: [ { verbs: [read, drop], resources: ["public.*"] } ]
                    guardrails: [judge]
                    uncovered: deny
                """;

        // When
        List<String> found = shown(lint(grant));

        // Then
        assertEquals(
                List.of("14 warning shadowed-rule", "15 info unreachable-rule", "16 info unreachable-rule"),
                found.stream().filter(line -> line.endsWith("rule")).toList());
    }

    private static List<String> shown(List<Finding> findings) {
        return findings.stream()
                .map(finding -> finding.line() + " " + finding.severity().word() + " " + finding.code())
                .toList();
    }

    private List<Finding> lint(String rest) throws Exception {
        Path file = Files.writeString(directory.resolve("sallyport.yaml"), HEAD + rest);
        try (PolicyBook book = PolicyBook.open(file, PluginCatalog.of(new TalkingPlugin()))) {
            return Linter.findings(book, file, InstantSource.fixed(Instant.parse("2026-11-25T12:00:00Z")));
        }
    }
}
