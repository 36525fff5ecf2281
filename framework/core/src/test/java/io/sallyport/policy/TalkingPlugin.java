package io.sallyport.policy;

import io.sallyport.api.Connector;
import io.sallyport.api.ConnectorContext;
import io.sallyport.api.ConnectorFactory;
import io.sallyport.api.SallyportPlugin;
import io.sallyport.api.action.Access;
import io.sallyport.api.action.Action;
import io.sallyport.api.action.ActionKind;
import io.sallyport.api.action.Analysis;
import io.sallyport.api.action.Command;
import io.sallyport.api.action.Resource;
import io.sallyport.api.action.ResourceKind;
import io.sallyport.api.action.SqlStatement;
import io.sallyport.api.action.Verb;
import io.sallyport.api.action.Vocabulary;
import io.sallyport.api.guardrail.GuardrailFactory;
import io.sallyport.api.session.SessionExecutor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * A connector without a protocol: the test itself opens sessions and submits actions. It reads {@code VERB RESOURCE, …}, with
 * {@code opaque} behind it for what cannot be read whole, {@code ?} before a name that is not resolved, and {@code run} in front
 * for a command.
 */
final class TalkingPlugin implements SallyportPlugin {

    private static final ResourceKind RELATION = new ResourceKind("", '.', true);
    private static final ResourceKind FUNCTION = new ResourceKind("function", '.', false);
    private static final Set<String> VERBS = Set.of("read", "write", "drop", "call");

    @Nullable
    ConnectorContext context;

    @Nullable
    SessionExecutor executor;

    @Override
    public List<ConnectorFactory<?>> connectors() {
        return List.of(new Factory());
    }

    @Override
    public List<GuardrailFactory<?>> guardrails() {
        return List.of(new StatedGuardrail.Factory(), new RuledGuardrail.Factory());
    }

    record Config() {}

    record TargetKeys() {}

    /** Reads an action. */
    static Action action(String text) {
        boolean command = text.startsWith("run ");
        boolean opaque = text.endsWith(" opaque");
        String rest = text.substring(command ? 4 : 0, text.length() - (opaque ? 7 : 0));
        List<Access> accesses = new ArrayList<>();
        for (String part : rest.isEmpty() ? new String[0] : rest.split(", ", -1)) {
            String[] words = part.split(" ", -1);
            if (words.length != 2 || !VERBS.contains(words[0])) {
                throw new IllegalArgumentException("write VERB RESOURCE, not '" + part + "'");
            }
            accesses.add(Access.of(new Verb(words[0]), resource(words[1])));
        }
        Analysis analysis = opaque ? Analysis.opaque(text, accesses, "it says so") : Analysis.exact(text, accesses);
        return command ? new Command(analysis, List.of(), false) : SqlStatement.of(analysis, Map.of());
    }

    private static Resource resource(String name) {
        if (name.startsWith("?")) {
            return Resource.unresolved(RELATION, name.substring(1));
        }
        boolean function = name.startsWith("function:");
        String plain = function ? name.substring("function:".length()) : name;
        return new Resource(function ? FUNCTION : RELATION, List.of(plain.split("\\.", -1)), true);
    }

    private final class Factory implements ConnectorFactory<Config> {

        @Override
        public String type() {
            return "talking";
        }

        @Override
        public Class<Config> configType() {
            return Config.class;
        }

        @Override
        public Class<? extends Record> targetType() {
            return TargetKeys.class;
        }

        @Override
        public Set<String> schemes() {
            return Set.of("talk");
        }

        @Override
        public Vocabulary vocabulary() {
            return new Vocabulary(
                    Set.of(new Verb("read"), new Verb("write"), new Verb("drop"), new Verb("call")),
                    Set.of(),
                    List.of(RELATION, FUNCTION),
                    Map.of(
                            "clients",
                            new Vocabulary.Baseline(
                                    List.of(new Vocabulary.Entry(Set.of(new Verb("read")), List.of("system.**"))),
                                    List.of("system.secret"))));
        }

        @Override
        public Set<ActionKind> actionKinds() {
            return Set.of(ActionKind.SQL_STATEMENT, ActionKind.COMMAND);
        }

        @Override
        public boolean occurs(Verb verb, ResourceKind kind) {
            return verb.name().equals("call") == kind.equals(FUNCTION);
        }

        @Override
        public Action read(String text) {
            return action(text);
        }

        @Override
        public Connector create(Config config, ConnectorContext given) {
            context = given;
            return new Silent(given);
        }
    }

    /** Listens nowhere. */
    private final class Silent implements Connector {

        private final ConnectorContext given;
        private final ExecutorService thread = Executors.newSingleThreadExecutor();

        Silent(ConnectorContext given) {
            this.given = given;
        }

        @Override
        public void start() {
            Thread[] own = new Thread[1];
            try {
                thread.submit(() -> own[0] = Thread.currentThread()).get();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
            executor = given.register(thread, () -> Thread.currentThread() == own[0]);
        }

        @Override
        public InetSocketAddress address() {
            return new InetSocketAddress(InetAddress.getLoopbackAddress(), 9);
        }

        @Override
        public void drain(Duration deadline) {
            thread.shutdown();
        }
    }
}
