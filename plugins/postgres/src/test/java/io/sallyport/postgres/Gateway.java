package io.sallyport.postgres;

import io.sallyport.api.ConnectorContext;
import io.sallyport.api.Limits;
import io.sallyport.api.config.HostPort;
import io.sallyport.api.session.SessionExecutor;
import io.sallyport.api.session.Sessions;
import io.sallyport.postgres.PostgresConfig.Plaintext;
import io.sallyport.postgres.PostgresConfig.ServerTls;
import io.sallyport.postgres.PostgresTarget.ApplicationNaming;
import io.sallyport.postgres.PostgresTarget.Mode;
import io.sallyport.postgres.PostgresTarget.TargetTls;
import io.sallyport.postgres.statement.SqlReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A running connector in front of a target, with a core operated by hand. */
final class Gateway implements AutoCloseable {

    static final Limits LIMITS = new Limits(16L << 20, 64L << 20, 1L << 20, Duration.ofSeconds(5), 200);

    final FakeSessions sessions;
    private final PostgresConnector connector;

    private Gateway(FakeSessions sessions, Limits limits, @Nullable ServerTls tls) throws IOException {
        this.sessions = sessions;
        PostgresConfig config = new PostgresConfig(new HostPort("127.0.0.1", 0), tls, Plaintext.LOOPBACK, 2);
        connector = new PostgresConnector(config, new Context(sessions, limits), new SqlReader());
        connector.start();
    }

    static Gateway start() throws IOException {
        return to(TestServer.get().address(), LIMITS, null);
    }

    static Gateway to(HostPort target, Limits limits, @Nullable ServerTls tls) throws IOException {
        return to(target, limits, tls, new TargetTls(Mode.DISABLE, null));
    }

    static Gateway to(HostPort target, Limits limits, @Nullable ServerTls tls, TargetTls targetTls) throws IOException {
        return new Gateway(
                new FakeSessions(
                        target,
                        TestServer.ACCOUNT,
                        TestServer.PASSWORD,
                        new PostgresTarget(targetTls, ApplicationNaming.SESSION)),
                limits,
                tls);
    }

    /** To the test server, as another account or with another password than its own. */
    static Gateway as(String account, String password) throws IOException {
        FakeSessions sessions = new FakeSessions(
                TestServer.get().address(),
                account,
                password,
                new PostgresTarget(new TargetTls(Mode.DISABLE, null), ApplicationNaming.SESSION));
        return new Gateway(sessions, LIMITS, null);
    }

    InetSocketAddress address() {
        return connector.address();
    }

    RawClient client(String... parameters) throws IOException {
        return RawClient.loggedIn(address(), "app", parameters);
    }

    String url(String more) {
        return "jdbc:postgresql://127.0.0.1:" + address().getPort() + "/app?user=x&password=" + FakeSessions.TOKEN
                + "&sslmode=disable" + more;
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
            return "pg";
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
