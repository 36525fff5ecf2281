package io.sallyport.launch;

import io.sallyport.api.Connector;
import io.sallyport.api.ConnectorContext;
import io.sallyport.api.ConnectorFactory;
import io.sallyport.api.SallyportPlugin;
import io.sallyport.api.action.ActionKind;
import io.sallyport.api.action.ResourceKind;
import io.sallyport.api.action.Verb;
import io.sallyport.api.action.Vocabulary;
import io.sallyport.api.config.HostPort;
import io.sallyport.api.guardrail.Guardrail;
import io.sallyport.api.guardrail.GuardrailFactory;
import io.sallyport.api.guardrail.Operation;
import io.sallyport.api.guardrail.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A plugin whose connector only listens, and whose guardrail understands commands only. */
final class ListeningPlugin implements SallyportPlugin {

    final List<String> events = new ArrayList<>();

    @Nullable
    ConnectorContext context;

    record Config(HostPort listen) {}

    record TargetKeys() {}

    record GuardrailConfig() {}

    @Override
    public List<ConnectorFactory<?>> connectors() {
        return List.of(new Factory());
    }

    @Override
    public List<GuardrailFactory<?>> guardrails() {
        return List.of(new CommandsOnlyFactory());
    }

    private final class Factory implements ConnectorFactory<Config> {

        @Override
        public String type() {
            return "listening";
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
            return Set.of("tcp");
        }

        @Override
        public Vocabulary vocabulary() {
            return new Vocabulary(
                    Set.of(new Verb("read")), Set.of(), List.of(new ResourceKind("", '.', true)), Map.of());
        }

        @Override
        public Set<ActionKind> actionKinds() {
            return Set.of(ActionKind.SQL_STATEMENT);
        }

        @Override
        public Connector create(Config config, ConnectorContext given) {
            context = given;
            return new Listening(config, given);
        }
    }

    private final class Listening implements Connector {

        private final ServerSocket socket;
        private final Config config;

        Listening(Config config, ConnectorContext context) {
            this.config = config;
            context.register(Runnable::run, () -> true);
            try {
                socket = new ServerSocket();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void start() throws IOException {
            try {
                socket.bind(new InetSocketAddress(
                        config.listen().host(), config.listen().port()));
            } catch (IOException e) {
                throw new IOException(config.listen() + " is taken", e);
            }
            events.add("started");
        }

        @Override
        public InetSocketAddress address() {
            return (InetSocketAddress) socket.getLocalSocketAddress();
        }

        @Override
        public void drain(Duration deadline) {
            events.add("drained");
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static final class CommandsOnlyFactory implements GuardrailFactory<GuardrailConfig> {

        @Override
        public String type() {
            return "commands-only";
        }

        @Override
        public Class<GuardrailConfig> configType() {
            return GuardrailConfig.class;
        }

        @Override
        public Guardrail create(String name, GuardrailConfig config) {
            return new Guardrail() {
                @Override
                public Set<ActionKind> understands() {
                    return Set.of(ActionKind.COMMAND);
                }

                @Override
                public Set<Part> reads() {
                    return Set.of();
                }

                @Override
                public CompletionStage<Verdict> evaluate(Operation operation) {
                    return Guardrail.answer(Verdict.Allow.PLAIN);
                }
            };
        }
    }
}
