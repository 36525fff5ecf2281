package io.sallyport.session;

import io.sallyport.api.Recording;
import io.sallyport.api.action.Access;
import io.sallyport.api.action.ActionKind;
import io.sallyport.api.action.Analysis;
import io.sallyport.api.action.Resource;
import io.sallyport.api.action.ResourceKind;
import io.sallyport.api.action.SqlStatement;
import io.sallyport.api.action.Verb;
import io.sallyport.api.config.HostPort;
import io.sallyport.api.config.Secret;
import io.sallyport.api.credential.Credential;
import io.sallyport.api.guardrail.Approvers;
import io.sallyport.api.guardrail.Guardrail;
import io.sallyport.api.guardrail.Mask;
import io.sallyport.api.guardrail.Operation;
import io.sallyport.api.guardrail.Verdict;
import io.sallyport.api.session.Exchange;
import io.sallyport.api.session.Session;
import io.sallyport.api.session.SessionExecutor;
import io.sallyport.api.session.Sessions;
import io.sallyport.api.session.TargetAccess;
import io.sallyport.approval.ApprovalWorld;
import io.sallyport.decision.Decisions;
import io.sallyport.decision.Policy;
import io.sallyport.decision.ResourceGlob;
import io.sallyport.decision.Scope;
import io.sallyport.journal.Journal;
import io.sallyport.journal.JournalSettings;
import io.sallyport.journal.lane.Durability;
import io.sallyport.journal.read.JournalReader;
import io.sallyport.journal.record.JournalRecord;
import io.sallyport.journal.segment.SegmentFiles;
import io.sallyport.store.StoreSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One node with a real journal and real approvals in virtual time, and sessions on one thread. */
public final class SessionWorld implements AutoCloseable {

    static final ResourceKind RELATION = new ResourceKind("", '.', true);

    /** Virtual time, the store and people. */
    public final ApprovalWorld approvals;

    /** The room. */
    public final SessionRoom room;

    final Journal journal;
    final List<Sessions.Ending> endings = new ArrayList<>();
    final AtomicInteger givenBack = new AtomicInteger();
    final AtomicBoolean leaseStands = new AtomicBoolean(true);
    final List<Policy.NamedGuardrail> guardrails = new ArrayList<>();

    private final Path directory;
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final ExecutorService pool = Executors.newFixedThreadPool(2);
    private final RegisteredExecutor executor;
    private final Thread loop;
    private Set<Guardrail.Part> parts = Set.of(Guardrail.Part.ACCESSES, Guardrail.Part.TEXT);
    private Duration life = Duration.ofHours(1);
    private @Nullable Duration idle;
    private Recording recording = new Recording(Recording.Level.FULL, Recording.Level.FULL, 100);

    /** A world in an empty directory. */
    public SessionWorld(Path directory) throws IOException {
        this(directory, SegmentFiles.disk());
    }

    SessionWorld(Path directory, SegmentFiles files) throws IOException {
        this.directory = directory.resolve("journal");
        this.approvals = new ApprovalWorld(StoreSettings.embedded(directory.resolve("store.db")));
        this.journal = Journal.open(
                new JournalSettings(
                        this.directory, Durability.WRITTEN, 1 << 20, directory.resolve("journal.key"), "gw-1"),
                Clock.systemUTC(),
                files);
        this.loop = join(CompletableFuture.supplyAsync(Thread::currentThread, thread));
        this.executor =
                new RegisteredExecutor(thread, () -> Thread.currentThread() == loop, journal.lane("loop-0", thread));
        this.room = new SessionRoom(new SessionRoom.Services(
                approvals.time,
                new Decisions(pool, Duration.ofSeconds(5)),
                approvals.approvals,
                journal::digest,
                "https://gw.example/approvals/",
                () -> true));
    }

    SessionWorld lasting(Duration longest, @Nullable Duration quiet) {
        life = longest;
        idle = quiet;
        return this;
    }

    SessionWorld recording(Recording.Level requests, Recording.Level results, long limit) {
        recording = new Recording(requests, results, limit);
        return this;
    }

    SessionWorld guardedBy(String name, Function<Operation, CompletionStage<Verdict>> answer) {
        return guardedBy(name, false, null, answer);
    }

    /** What the guardrails say that they read. */
    SessionWorld reading(Guardrail.Part... read) {
        parts = Set.of(read);
        return this;
    }

    SessionWorld guardedBy(
            String name, boolean blocking, @Nullable Mask mask, Function<Operation, CompletionStage<Verdict>> answer) {
        guardrails.add(new Policy.NamedGuardrail(name, new Guardrail() {
            @Override
            public Set<ActionKind> understands() {
                return Set.of(ActionKind.SQL_STATEMENT);
            }

            @Override
            public Set<Part> reads() {
                return parts;
            }

            @Override
            public boolean mayBlock() {
                return blocking;
            }

            @Override
            public @Nullable Mask requestMask() {
                return mask;
            }

            @Override
            public CompletionStage<Verdict> evaluate(Operation operation) {
                return answer.apply(operation);
            }
        }));
        return this;
    }

    static Verdict.Hold hold() {
        return new Verdict.Hold(
                "A1",
                "people decide about orders",
                new Approvers("demo", Set.of("dba"), 1),
                Duration.ofSeconds(60),
                Duration.ZERO);
    }

    static SqlStatement update() {
        return statement("UPDATE orders SET note = $1", "update", "orders");
    }

    static SqlStatement drop() {
        return statement("DROP TABLE secrets", "drop", "secrets");
    }

    static SqlStatement statement(String text, String verb, String table) {
        Access access = Access.of(new Verb(verb), Resource.of(RELATION, "public", table));
        return new SqlStatement(
                Analysis.exact(text, List.of(access)),
                List.of(SqlStatement.Parameter.of("x".getBytes(java.nio.charset.StandardCharsets.UTF_8), false, 25)),
                Map.of("search_path", "public"));
    }

    /** Opens a session of alice, whose scope is everything but dropping. */
    Session open() {
        Scope scope = new Scope(List.of(new Scope.Entry(
                Set.of("select", "update"), List.of(ResourceGlob.parse("public.**", List.of(RELATION))), List.of())));
        Policy policy = new Policy("report", scope, false, guardrails, false);
        Instant until = approvals.time.instant().plus(life);
        SessionSpec spec = new SessionSpec(
                room.newId(),
                "pg",
                ApprovalWorld.ALICE,
                new TargetAccess(
                        "app",
                        URI.create("postgres://db:5432/app"),
                        List.of(new HostPort("db", 5432)),
                        "app",
                        "app",
                        recording,
                        Map.of()),
                Credential.leased("app", Map.of(Credential.Part.PASSWORD, Secret.of("hidden")), lease()),
                new SessionSpec.Terms(policy, recording, false, until, "its longest life is over", idle),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 4711),
                Map.of());
        Sessions.Opening opening =
                join(call(() -> room.open(spec, executor, endings::add)).thenCompose(it -> it));
        return ((Sessions.Opening.Opened) opening).session();
    }

    /** The executor on which sessions open. */
    public SessionExecutor executor() {
        return executor;
    }

    private Credential.Lease lease() {
        return new Credential.Lease() {
            @Override
            public void giveBack() {
                givenBack.incrementAndGet();
            }

            @Override
            public boolean standing() {
                return leaseStands.get();
            }
        };
    }

    /** Runs on the session's thread. */
    <T> CompletableFuture<T> call(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, thread);
    }

    /** Runs on the session's thread and waits. */
    public void run(Runnable work) {
        join(CompletableFuture.runAsync(work, thread));
    }

    Exchange submit(Session session, SqlStatement statement) {
        return join(call(() -> session.submit(statement)));
    }

    Verdict.Final verdict(Exchange exchange) {
        return join(call(exchange::verdict).thenCompose(it -> it));
    }

    /** Submits and waits until people are asked. */
    Exchange.Held held(Exchange exchange) {
        CompletableFuture<Exchange.Held> held = new CompletableFuture<>();
        run(() -> exchange.onHold(held::complete));
        return join(held);
    }

    /** The result of a stage. */
    public static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
    }

    boolean inLoop() {
        return Thread.currentThread() == loop;
    }

    /** What the journal holds now, as another process would read it. */
    public List<JournalRecord> records() {
        try {
            return JournalReader.open(directory).poll(Integer.MAX_VALUE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> types() {
        return records().stream().map(record -> record.type().label()).toList();
    }

    /** Nothing can be written from now on. */
    public void closeJournal() throws IOException {
        journal.close();
    }

    @Override
    public void close() throws IOException {
        thread.shutdownNow();
        pool.shutdownNow();
        approvals.close();
        journal.close();
    }
}
