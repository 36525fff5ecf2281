package io.sallyport.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.api.Recording;
import io.sallyport.api.config.ByteSize;
import io.sallyport.api.config.Secret;
import io.sallyport.config.binding.Problem;
import io.sallyport.decision.Re2Text;
import io.sallyport.decision.ResourceGlob;
import io.sallyport.grant.GrantSettings;
import io.sallyport.journal.lane.Durability;
import io.sallyport.plugin.PluginCatalog;
import io.sallyport.target.StaticCredential;
import io.sallyport.target.TargetSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationReaderTest {

    private static final Path EXAMPLE = Path.of("../../docs/sallyport.example.yaml");

    private static final String SMALL = """
            issuers:
              - { name: staff, issuer: "https://sso.example", audiences: [sallyport, sallyport-admin], groups: groups }
            connectors:
              - { name: pg, type: postgres, config: { listen: "127.0.0.1:0" } }
              - { name: web, type: ssh, config: { listen: "127.0.0.1:0", host-key: k } }
            targets:
              - name: app
                connector: pg
                address: postgres://db:5432/app
                credential: { user: app, password: hunter2 }
                labels: { env: prod }
              - name: other
                connector: pg
                address: postgres://db:5432/other
                credential: { user: app, password: hunter2 }
                labels: { env: prod }
            guardrails:
              - { name: rules, type: deny-list, config: { rules: [] } }
            """;

    private static final String GRANT = """
            grants:
              - name: all
                who: { issuer: staff, groups: [dev] }
                targets: [app]
                scope: [ { verbs: [select], resources: ["public.**"] } ]
                guardrails: [rules]
            """;

    private final Path directory;

    ConfigurationReaderTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    @DisplayName("the reference configuration binds, with every feature that it names")
    void example() throws Exception {
        // Given
        Files.writeString(directory.resolve("vault"), "s3cr3t\n");
        Files.writeString(directory.resolve("siem"), "siem-key\n");
        Path token = Files.createDirectories(directory.resolve("kubernetes.io/serviceaccount"))
                .resolve("token");
        Files.writeString(token, "bearer-1");
        String text = Files.readString(EXAMPLE).replace("/var/run/secrets", ".").replace("/run/secrets", ".");

        // When
        Configuration configuration = read(text);

        // Then
        assertEquals("gw-1", configuration.node());
        assertEquals(
                "jdbc:sqlite:" + directory.resolve("data/store.db"),
                configuration.store().url());
        assertEquals(Durability.WRITTEN, configuration.journal().durability());
        assertEquals(Duration.ofDays(400), configuration.journal().retention());
        assertEquals(1 << 20, configuration.limits().toLimits().heldInput());
        assertEquals(3, configuration.admin().operators().size());
        assertEquals(List.of("gitlab", "staff", "cluster"), names(configuration));
        assertEquals(
                Map.of("ref_protected", "true"), configuration.issuers().get(0).require());
        assertEquals(
                List.of("vault", "kubernetes"),
                configuration.credentialSources().stream()
                        .map(PluginEntry::name)
                        .toList());
        assertEquals(
                Set.of("no-destruction", "mask-pii", "ask-dba"),
                configuration.guardrails().stream()
                        .map(PluginEntry::name)
                        .collect(java.util.stream.Collectors.toSet()));
        assertEquals(2, configuration.sinks().size());
        targets(configuration.targets());
        grants(configuration.grants());

        // And a bearer token that is renewed in place is read anew
        Files.writeString(token, "bearer-2");
        assertEquals(
                Secret.of("bearer-2"),
                Objects.requireNonNull(configuration.issuers().get(2).bearer()).get());
    }

    private void targets(List<TargetSettings> targets) {
        TargetSettings app = targets.get(0);
        assertEquals("vault", app.credential().source());
        assertEquals(Duration.ofMinutes(5), app.credential().reuse());
        assertEquals(
                new FakePlugins.VaultRequest("database/creds/app", null),
                app.credential().options());
        assertEquals(
                new FakePlugins.PostgresTarget(
                        new FakePlugins.TargetTls(FakePlugins.Mode.VERIFY_FULL, directory.resolve("conf/db-ca.crt"))),
                app.options());
        assertEquals("kubernetes", targets.get(2).credential().source());
    }

    private static void grants(List<GrantSettings> grants) throws IOException {
        GrantSettings nightly = grants.get(0);
        assertEquals(
                Map.of("project_id", "42", "ref_type", "branch", "ref", "main"),
                nightly.who().claims());
        assertEquals(3, nightly.scope().size());
        assertEquals(Recording.Level.SUMMARY, nightly.record().results());
        assertEquals(4, nightly.session().toLimits().concurrent());
        assertTrue(nightly.networks().get(0).contains(InetAddress.getByName("10.1.2.3")));
        GrantSettings deploy = grants.get(1);
        assertEquals(GrantSettings.Choice.DENY, deploy.uncovered());
        assertEquals(LocalDate.of(2027, 6, 30), deploy.expires());
        assertEquals(new ByteSize(10 << 20), deploy.record().limit());
        GrantSettings onCall = grants.get(2);
        assertNull(onCall.uncovered());
        assertEquals(
                2,
                Objects.requireNonNull(Objects.requireNonNull(onCall.access()).approvers())
                        .required());
        assertEquals(Duration.ofHours(2), onCall.access().longest());
        GrantSettings.AccessSettings emergency =
                Objects.requireNonNull(grants.get(3).access());
        assertEquals(GrantSettings.AccessSettings.By.BREAK_GLASS, emergency.by());
        assertTrue(emergency.ticket());
    }

    @Test
    @DisplayName("the window of the reference configuration is open on a weekday's night in its own zone")
    void window() throws Exception {
        // Given
        String grant = GRANT
                + "    window: { days: [mon, tue, wed, thu, fri], from: \"01:00\", to: \"05:00\", zone: Europe/Berlin }\n";

        // When
        var window = Objects.requireNonNull(read(SMALL + grant).grants().get(0).window())
                .toWindow();

        // Then
        assertNotNull(window.closes(Instant.parse("2026-11-25T00:30:00Z")));
        assertNull(window.closes(Instant.parse("2026-11-24T23:30:00Z")));
        assertNull(window.closes(Instant.parse("2026-11-28T00:30:00Z")));
    }

    @Test
    @DisplayName("a credential without a source is a static one")
    void staticCredential() throws Exception {
        // When
        TargetSettings app = read(SMALL + GRANT).targets().get(0);

        // Then
        assertNull(app.credential().source());
        StaticCredential stated = (StaticCredential) app.credential().options();
        assertEquals("app", stated.user());
        assertEquals("hunter2", Objects.requireNonNull(stated.password()).get().reveal());
    }

    @Test
    @DisplayName("labels choose every target that has all of them, and a grant that chooses none is refused")
    void labels() throws Exception {
        // When
        GrantSettings grant = read(SMALL + GRANT.replace("targets: [app]", "labels: { env: prod }"))
                .grants()
                .get(0);

        // Then
        assertEquals(List.of("app", "other"), grant.targets());
        assertEquals(
                List.of("sallyport.yaml:22: grants[0].labels: no target has these labels"),
                problemsOf(SMALL + GRANT.replace("targets: [app]", "labels: { env: test }")));
    }

    @Test
    @DisplayName("every name that is mentioned must exist, and all mistakes come in one report")
    void mentions() {
        // Given
        String text = SMALL
                + GRANT.replace("issuer: staff", "issuer: stafff")
                        .replace("[app]", "[ap]")
                        .replace("[rules]", "[rule]")
                + "admin: { operators: [ { issuer: nobody, groups: [x], role: admin } ] }\n"
                + "sink: []\n";

        // When
        List<String> report = problemsOf(text);

        // Then
        assertEquals(
                List.of(
                        "sallyport.yaml:21: grants[0].who.issuer: unknown issuer 'stafff'; did you mean 'staff'?",
                        "sallyport.yaml:22: grants[0].targets[0]: unknown target 'ap'; did you mean 'app'?",
                        "sallyport.yaml:24: grants[0].guardrails[0]: unknown guardrail 'rule'; did you mean 'rules'?",
                        "sallyport.yaml:25: admin.operators[0].issuer: unknown issuer 'nobody'; known: staff",
                        "sallyport.yaml:26: sink: unknown key 'sink'; did you mean 'sinks'?"),
                report);
    }

    @Test
    @DisplayName("a verb of a grant must be one of its own targets' connectors, a verb of a rule one of any connector")
    void vocabulary() throws Exception {
        // Given
        String rules = SMALL.replace("rules: []", "rules: [ { verbs: [exec], traits: [no-where] } ]");

        // When
        read(rules + GRANT);
        List<String> wrongGrant = problemsOf(SMALL + GRANT.replace("[select]", "[selct, exec]"));
        List<String> wrongRule = problemsOf(rules.replace("no-where", "nowhere") + GRANT);

        // Then
        assertEquals(2, wrongGrant.size());
        assertEquals(
                "sallyport.yaml:23: grants[0].scope[0].verbs[0]: unknown verb 'selct'; did you mean 'select'?",
                wrongGrant.get(0));
        assertTrue(wrongGrant.get(1).startsWith("sallyport.yaml:23: grants[0].scope[0].verbs[1]: unknown verb 'exec'"));
        assertEquals(
                List.of(
                        "sallyport.yaml:18: guardrails[0].config.rules[0].traits[0]: unknown trait 'nowhere'; did you mean"
                                + " 'no-where'?"),
                wrongRule);
    }

    @Test
    @DisplayName("approvers of a guardrail come from an issuer that exists")
    void approvers() {
        // Given
        String text = SMALL + """
                  - name: ask
                    type: approval
                    config:
                      rules: [ { verbs: [insert], resources: [public.orders] } ]
                      approvers: { issuer: stuff, groups: [dba], required: 1 }
                      timeout: 15m
                      carry: 0s
                """ + GRANT;

        // Then
        assertEquals(
                List.of("sallyport.yaml:23: guardrails[1].config.approvers.issuer: unknown issuer 'stuff'; did you mean"
                        + " 'staff'?"),
                problemsOf(text));
    }

    @Test
    @DisplayName("types, connectors, schemes, sources and a connector's own keys are checked at their lines")
    void targetsChecked() {
        // Given
        String text = SMALL.replace("type: deny-list", "type: denylist")
                        .replace(
                                "connector: pg\n    address: postgres://db:5432/other",
                                "connector: pgg\n    address: x://y")
                        .replace("address: postgres://db:5432/app", "address: mysql://db/app\n    tsl: {}")
                + GRANT.replace("[rules]", "[]");

        // When
        List<String> report = problemsOf(text);

        // Then
        assertEquals(
                List.of(
                        "sallyport.yaml:9: targets[0].address: unknown scheme 'mysql'; known: postgres",
                        "sallyport.yaml:10: targets[0].tsl: unknown key 'tsl'; did you mean 'tls'?",
                        "sallyport.yaml:14: targets[1].connector: unknown connector 'pgg'; did you mean 'pg'?",
                        "sallyport.yaml:19: guardrails[0].type: unknown guardrail type 'denylist'; did you mean"
                                + " 'deny-list'?"),
                report);
    }

    @Test
    @DisplayName("names are unique, and two entries for one issuer are refused")
    void unique() {
        // Given
        String text = SMALL.replace("name: other", "name: app")
                        .replace(
                                "connectors:",
                                "  - { name: twin, issuer: \"https://sso.example\", audiences: [sallyport] }\nconnectors:")
                + GRANT;

        // When
        List<String> report = problemsOf(text);

        // Then
        assertEquals(
                List.of(
                        "sallyport.yaml:3: issuers[1].issuer: the same issuer has an entry in line 2",
                        "sallyport.yaml:13: targets[1].name: the name 'app' is taken by line 8"),
                report);
    }

    @Test
    @DisplayName("a grant without a condition, or with an empty one, is refused instead of admitting everyone")
    void everyone() {
        assertEquals(1, problemsOf(SMALL + GRANT.replace(", groups: [dev]", "")).size());
        assertEquals(1, problemsOf(SMALL + GRANT.replace("[dev]", "[]")).size());
        assertEquals(
                1,
                problemsOf(SMALL + GRANT.replace("groups: [dev]", "claims: {}")).size());
    }

    @Test
    @DisplayName("an audience that is the issuer's own API is refused with a reason")
    void apiAudience() {
        // When
        List<String> report =
                problemsOf(SMALL.replace("[sallyport, sallyport-admin]", "[\"https://sso.example\"]") + GRANT);

        // Then
        assertEquals(1, report.size());
        assertTrue(report.get(0).contains("every token for it"));
    }

    @Test
    @DisplayName("a file that is not there is one problem")
    void noFile() {
        // When
        ConfigurationException refused =
                assertThrows(ConfigurationException.class, () -> reader().read(directory.resolve("none.yaml")));

        // Then
        assertEquals(1, refused.problems().size());
        assertTrue(String.valueOf(refused.getMessage()).contains("does not exist"));
    }

    private static List<String> names(Configuration configuration) {
        return configuration.issuers().stream().map(issuer -> issuer.name()).toList();
    }

    private List<String> problemsOf(String text) {
        ConfigurationException refused = assertThrows(ConfigurationException.class, () -> read(text));
        return refused.problems().stream().map(Problem::toString).toList();
    }

    private Configuration read(String text) throws IOException, ConfigurationException {
        Path file = directory.resolve("sallyport.yaml");
        Files.writeString(file, text);
        return reader().read(file);
    }

    private static ConfigurationReader reader() {
        Map<String, String> environment = Map.of("VAULT_ROLE_ID", "role-1");
        return new ConfigurationReader(
                PluginCatalog.of(new FakePlugins()),
                new PatternFactories(ResourceGlob::parse, Re2Text::compile),
                environment::get);
    }
}
