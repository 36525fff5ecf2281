package io.sallyport.benchmarks;

import io.sallyport.api.Recording;
import io.sallyport.api.action.SqlStatement;
import io.sallyport.api.config.HostPort;
import io.sallyport.api.config.Secret;
import io.sallyport.api.credential.Credential;
import io.sallyport.api.guardrail.Verdict;
import io.sallyport.api.session.Exchange;
import io.sallyport.api.session.Outcome;
import io.sallyport.api.session.Session;
import io.sallyport.api.session.Sessions;
import io.sallyport.api.session.TargetAccess;
import io.sallyport.approval.Approvals;
import io.sallyport.decision.Decisions;
import io.sallyport.session.RegisteredExecutor;
import io.sallyport.session.SessionRoom;
import io.sallyport.session.SessionSpec;
import io.sallyport.store.Store;
import io.sallyport.store.StoreSettings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * An action on its whole way through the session room: submitted, judged, laid out for the record, released, completed. The
 * lane lays out and forgets, so that the disk is no part of it ({@link JournalAppend} measures that).
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@State(Scope.Benchmark)
public class SessionSubmit {

    /** More statements than a session remembers. */
    private static final int MANY = 1024;

    private static final Outcome DONE = new Outcome(Outcome.Status.SUCCEEDED, "SELECT 1", 1, 30, null);

    private final Scratch scratch = new Scratch();
    private final Store store = Store.open(StoreSettings.embedded(scratch.resolve("store.db")));
    private final Session session = open();
    private final SqlStatement known = Statements.select(0);
    private final List<SqlStatement> others =
            IntStream.range(0, MANY).mapToObj(Statements::select).toList();
    private int next;

    private Session open() {
        InstantSource clock = InstantSource.system();
        Approvals approvals = new Approvals(store, "benchmark", clock, (delay, task) -> () -> {}, entry -> {});
        SessionRoom room = new SessionRoom(new SessionRoom.Services(
                clock,
                new Decisions(Runnable::run, Duration.ofSeconds(5)),
                approvals,
                bytes -> bytes,
                "https://gateway.example/approvals/",
                () -> true));
        Recording recording = new Recording(Recording.Level.FULL, Recording.Level.SUMMARY, 1 << 20);
        SessionSpec spec = new SessionSpec(
                room.newId(),
                "pg",
                Statements.PRINCIPAL,
                new TargetAccess(
                        "bench",
                        URI.create("postgres://db:5432/bench"),
                        List.of(new HostPort("db", 5432)),
                        "app",
                        "bench",
                        recording,
                        Map.of()),
                Credential.of("app", Map.of(Credential.Part.PASSWORD, Secret.of("hidden")), () -> {}),
                new SessionSpec.Terms(
                        Statements.policy(),
                        recording,
                        false,
                        Instant.now().plus(Duration.ofDays(1)),
                        "a day is over",
                        null),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 4711),
                Map.of());
        RegisteredExecutor executor = new RegisteredExecutor(Runnable::run, () -> true, new ForgetfulLane());
        Sessions.Opening opening =
                room.open(spec, executor, ending -> {}).toCompletableFuture().join();
        return ((Sessions.Opening.Opened) opening).session();
    }

    /** A statement that the session has seen: its verdict is remembered. */
    @Benchmark
    public Object remembered() {
        return pass(known);
    }

    /** A statement that the session has forgotten: it is judged anew. */
    @Benchmark
    public Object judged() {
        next = (next + 1) % MANY;
        return pass(others.get(next));
    }

    private Exchange pass(SqlStatement statement) {
        Exchange exchange = session.submit(statement);
        if (!(exchange.decided() instanceof Verdict.Allow)) {
            throw new IllegalStateException("not allowed: " + exchange.decided());
        }
        exchange.complete(DONE);
        return exchange;
    }

    /** Lets the directory go. */
    @TearDown
    public void close() {
        store.close();
        scratch.close();
    }
}
