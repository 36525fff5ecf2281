package io.sallyport.kubernetes;

import io.sallyport.api.ConnectorContext;
import io.sallyport.api.Limits;
import io.sallyport.api.config.HostPort;
import io.sallyport.api.config.Secret;
import io.sallyport.api.credential.Credential.Part;
import io.sallyport.api.session.SessionExecutor;
import io.sallyport.api.session.Sessions;
import io.sallyport.kubernetes.KubernetesTarget.TargetTls;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A running connector in front of an API server, with a core operated by hand. */
final class Gateway implements AutoCloseable {

    static final Limits LIMITS = new Limits(16L << 20, 64L << 20, 1L << 20, Duration.ofSeconds(5), 200);

    final FakeSessions sessions;
    final Path certificate;
    private final KubernetesConnector connector;

    private Gateway(FakeSessions sessions, KubernetesConfig config) throws IOException {
        this.sessions = sessions;
        this.certificate = config.tls().certificate();
        connector = new KubernetesConnector(config, new Context(sessions, LIMITS));
        connector.start();
    }

    /** In front of a server at an address, whose certificate an authority in a file signed. */
    static Gateway to(HostPort target, @Nullable Path ca, Supplier<Map<Part, Secret>> credentials, Duration patience)
            throws Exception {
        FakeSessions sessions = new FakeSessions(target, new KubernetesTarget(new TargetTls(ca)), credentials);
        KubernetesConfig config =
                new KubernetesConfig(new HostPort("127.0.0.1", 0), Certificates.shared(), "prod", patience, 2);
        return new Gateway(sessions, config);
    }

    int port() {
        return connector.address().getPort();
    }

    String url() {
        return "https://127.0.0.1:" + port() + "/clusters/prod";
    }

    void drain(Duration deadline) {
        connector.drain(deadline);
    }

    @Override
    public void close() {
        connector.drain(Duration.ZERO);
    }

    private record Context(Sessions sessions, Limits limits) implements ConnectorContext {

        @Override
        public String name() {
            return "k8s";
        }

        @Override
        public InstantSource clock() {
            return InstantSource.system();
        }

        @Override
        public SessionExecutor register(Executor executor, BooleanSupplier inThread) {
            return new SessionExecutor() {
                @Override
                public boolean inThread() {
                    return inThread.getAsBoolean();
                }

                @Override
                public void execute(Runnable command) {
                    executor.execute(command);
                }
            };
        }
    }
}
