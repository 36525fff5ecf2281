package io.sallyport.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.config.ConfigurationException;
import io.sallyport.plugin.PluginCatalog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A table of tests")
class TestRunTest {

    static final String CONFIGURATION = """
            store: { url: "jdbc:sqlite:./store.db" }
            journal: { directory: ./journal, signing-key: ./journal.key, segment-size: 1MiB }
            issuers:
              - { name: demo, issuer: "http://127.0.0.1:1", audiences: [sallyport], groups: groups }
              - { name: ci, issuer: "http://127.0.0.1:2", audiences: [sallyport], require: { protected: "true" } }
            connectors: [ { name: talk, type: talking } ]
            targets:
              - { name: app, connector: talk, address: "talk://own@127.0.0.1:1/main", credential: { user: own, password: "${file:not-here}" } }
            guardrails:
              - { name: ask, type: stated, config: { effect: hold, verbs: [write], commands: true } }
            grants:
              - name: dev
                who: { issuer: demo, groups: [dev] }
                targets: [app]
                scope: [ { verbs: [read, write], resources: ["public.**"] } ]
                guardrails: [ask]
              - name: nightly
                who: { issuer: ci, claims: { ref: main } }
                targets: [app]
                window: { days: [mon], from: "01:00", to: "05:00" }
                scope: [ { verbs: [read], resources: [public.orders] } ]
              - name: on-call
                who: { issuer: demo, groups: [ops] }
                targets: [app]
                access: { by: request, approvers: { issuer: demo, groups: [leads], required: 1 }, longest: 1h }
                scope: [ { verbs: [drop], resources: [public.orders] } ]
            """;

    private final Path directory;

    TestRunTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    @DisplayName("passes where verdict, grant, rule and reason are as it says, at the time that it says")
    void passes() throws Exception {
        // Given
        String rows = """
                principals:
                  alice: { issuer: demo, subject: alice, groups: [dev] }
                  carol: { issuer: demo, subject: carol, groups: [ops] }
                  job: { issuer: ci, subject: job, claims: { ref: main } }
                tests:
                  - { who: alice, target: app, what: read public.orders, expect: allow, grant: dev }
                  - { who: alice, target: app, what: write public.orders, expect: hold, rule: ask/1 }
                  - { who: alice, target: app, what: drop public.orders, expect: deny, rule: scope, reason: does not allow drop }
                  - { who: carol, target: app, what: drop public.orders, expect: no-access }
                  - { who: carol, target: app, what: drop public.orders, expect: allow, grant: on-call, approved: true }
                  - { who: "demo:bob", target: app, what: read public.orders, expect: no-access }
                  - { who: job, target: app, what: read public.orders, expect: allow, at: "2027-02-01T02:00:00Z" }
                  - { who: job, target: app, what: read public.orders, expect: no-access, at: "2027-02-02T02:00:00Z" }
                """;

        // When
        TestReport report = run(rows);

        // Then
        assertEquals(List.of(), report.rows().stream().filter(row -> !row.ok()).toList());
        assertEquals(8, report.passed());
    }

    @Test
    @DisplayName("says of each failing row where it stands, what was expected and what was found")
    void fails() throws Exception {
        // Given
        String rows = """
                principals:
                  alice: { issuer: demo, subject: alice, groups: [dev] }
                tests:
                  - { who: alice, target: app, what: read public.orders, expect: allow }
                  - name: nobody drops
                    who: alice
                    target: app
                    what: drop public.orders
                    expect: allow
                  - { who: stranger, target: app, what: read public.orders, expect: allow }
                  - { who: alice, target: app, what: nonsense, expect: allow }
                """;

        // When
        TestReport report = run(rows);

        // Then
        assertEquals(3, report.failed());
        TestReport.Result drops = report.rows().get(1);
        assertEquals(5, drops.line());
        assertEquals("nobody drops", drops.name());
        assertEquals(List.of("expected verdict allow, found deny"), drops.differences());
        assertTrue(report.rows().get(2).differences().get(0).contains("no principal 'stranger'"));
        assertTrue(report.rows().get(3).differences().get(0).contains("write VERB RESOURCE"));
    }

    @Test
    @DisplayName("with unknown keys or verdicts is refused as a whole, with lines")
    void refused() {
        // Given
        String rows = """
                tests:
                  - { who: "demo:a", target: app, what: x, expect: allowed }
                  - { who: "demo:a", target: app, whta: x, expect: allow }
                """;

        // When
        ConfigurationException refusal = assertThrows(ConfigurationException.class, () -> run(rows));

        // Then
        String text = String.valueOf(refusal.getMessage());
        assertTrue(text.contains("table.yaml:2: tests[0].expect: unknown word 'allowed'; did you mean 'allow'?"), text);
        assertTrue(text.contains("table.yaml:3: tests[1].whta: unknown key 'whta'; did you mean 'what'?"), text);
    }

    private TestReport run(String rows) throws Exception {
        Path file = Files.writeString(directory.resolve("table.yaml"), rows);
        Path configuration = Files.writeString(directory.resolve("sallyport.yaml"), CONFIGURATION);
        try (PolicyBook book = PolicyBook.open(configuration, PluginCatalog.of(new TalkingPlugin()));
                Explainer explainer = new Explainer(book)) {
            return new TestRun(book, explainer, InstantSource.system()).run(TestTable.read(file));
        }
    }
}
