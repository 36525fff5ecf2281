package io.sallyport.config;

import io.sallyport.api.Connector;
import io.sallyport.api.ConnectorContext;
import io.sallyport.api.ConnectorFactory;
import io.sallyport.api.SallyportPlugin;
import io.sallyport.api.action.ActionKind;
import io.sallyport.api.action.ResourceKind;
import io.sallyport.api.action.Trait;
import io.sallyport.api.action.Verb;
import io.sallyport.api.action.Vocabulary;
import io.sallyport.api.config.Default;
import io.sallyport.api.config.HostPort;
import io.sallyport.api.config.ResourcePattern;
import io.sallyport.api.config.Secret;
import io.sallyport.api.config.TextPattern;
import io.sallyport.api.credential.CredentialSource;
import io.sallyport.api.credential.CredentialSourceFactory;
import io.sallyport.api.guardrail.Approvers;
import io.sallyport.api.guardrail.Guardrail;
import io.sallyport.api.guardrail.GuardrailFactory;
import io.sallyport.api.sink.EventSink;
import io.sallyport.api.sink.EventSinkFactory;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Factories with the configuration of real plugins; they are never asked to make anything. */
final class FakePlugins implements SallyportPlugin {

    record Tls(Path certificate, Path key) {}

    record PostgresConfig(HostPort listen, @Nullable Tls tls) {}

    record PostgresTarget(@Nullable TargetTls tls) {}

    record TargetTls(Mode mode, @Nullable Path ca) {}

    enum Mode {
        DISABLE,
        VERIFY_FULL
    }

    record SshConfig(
            HostPort listen,
            Path hostKey,
            @Nullable Path caKey,
            @Default("5m") Duration certificateLife) {}

    record SshTarget(Path knownHosts) {}

    record KubernetesTarget() {}

    record VaultConfig(URI address, @Nullable Path ca, VaultLogin auth) {}

    record VaultLogin(AppRole approle) {}

    record AppRole(String roleId, Secret secretId) {}

    record VaultRequest(String path, @Nullable String account) {}

    record Nothing() {}

    record KubernetesRequest(
            Path kubeconfig,
            @Nullable String serviceAccount,
            @Default("false") boolean impersonate) {}

    record DenyList(List<DenyRule> rules) {}

    record DenyRule(
            @Default("[]") List<Verb> verbs,
            @Default("[]") List<ResourcePattern> resources,
            @Default("[]") List<Trait> traits,
            @Nullable String command,
            @Default("[]") List<String> flags,
            @Nullable TextPattern text,
            @Nullable String reason) {}

    record MaskingConfig(List<FieldRule> fields, List<String> detectors, How with) {}

    record FieldRule(ResourcePattern field, How with) {}

    enum How {
        PARTIAL,
        REDACT
    }

    record ApprovalConfig(List<ApprovalRule> rules, Approvers approvers, Duration timeout, Duration carry) {}

    record ApprovalRule(List<Verb> verbs, List<ResourcePattern> resources) {}

    record Webhook(URI url, Secret secret) {}

    record S3(URI endpoint, String bucket) {}

    @Override
    public List<ConnectorFactory<?>> connectors() {
        return List.of(
                new FakeConnector<>(
                        "postgres",
                        PostgresConfig.class,
                        PostgresTarget.class,
                        Set.of("postgres"),
                        vocabulary(
                                "select insert update delete merge truncate drop call copy-program copy-file set-role",
                                "no-where",
                                new ResourceKind("", '.', true),
                                new ResourceKind("function", '.', false))),
                new FakeConnector<>(
                        "ssh",
                        SshConfig.class,
                        SshTarget.class,
                        Set.of("ssh"),
                        vocabulary("exec shell read write", "", new ResourceKind("", ' ', false))),
                new FakeConnector<>(
                        "kubernetes",
                        PostgresConfig.class,
                        KubernetesTarget.class,
                        Set.of("https"),
                        vocabulary(
                                "get list watch patch create delete deletecollection",
                                "",
                                new ResourceKind("", '/', false))));
    }

    @Override
    public List<GuardrailFactory<?>> guardrails() {
        return List.of(
                new FakeGuardrail<>("deny-list", DenyList.class),
                new FakeGuardrail<>("masking", MaskingConfig.class),
                new FakeGuardrail<>("approval", ApprovalConfig.class));
    }

    @Override
    public List<CredentialSourceFactory<?>> credentialSources() {
        return List.of(
                new FakeSource<>("vault", VaultConfig.class, VaultRequest.class),
                new FakeSource<>("kubernetes", Nothing.class, KubernetesRequest.class));
    }

    @Override
    public List<EventSinkFactory<?>> eventSinks() {
        return List.of(new FakeSink<>("webhook", Webhook.class), new FakeSink<>("s3", S3.class));
    }

    private static Vocabulary vocabulary(String verbs, String traits, ResourceKind... kinds) {
        return new Vocabulary(
                Arrays.stream(verbs.split(" ", -1)).map(Verb::new).collect(Collectors.toSet()),
                Arrays.stream(traits.split(" ", -1))
                        .filter(trait -> !trait.isEmpty())
                        .map(Trait::new)
                        .collect(Collectors.toSet()),
                List.of(kinds),
                Map.of());
    }

    private static AssertionError unexpected() {
        return new AssertionError("a configuration is read without making anything");
    }

    record FakeConnector<C extends Record>(
            String type,
            Class<C> configType,
            Class<? extends Record> targetType,
            Set<String> schemes,
            Vocabulary vocabulary)
            implements ConnectorFactory<C> {

        @Override
        public Set<ActionKind> actionKinds() {
            return Set.of(ActionKind.SQL_STATEMENT);
        }

        @Override
        public Connector create(C config, ConnectorContext context) {
            throw unexpected();
        }
    }

    record FakeGuardrail<C extends Record>(String type, Class<C> configType) implements GuardrailFactory<C> {

        @Override
        public Guardrail create(String name, C config) {
            throw unexpected();
        }
    }

    record FakeSource<C extends Record>(String type, Class<C> configType, Class<? extends Record> requestType)
            implements CredentialSourceFactory<C> {

        @Override
        public CredentialSource create(String name, C config) {
            throw unexpected();
        }
    }

    record FakeSink<C extends Record>(String type, Class<C> configType) implements EventSinkFactory<C> {

        @Override
        public EventSink create(String name, C config) {
            throw unexpected();
        }
    }
}
