package io.sallyport.conformance.core;

import io.sallyport.api.Recording;
import io.sallyport.api.action.ResourceKind;
import io.sallyport.api.config.ResourcePattern;
import io.sallyport.api.config.Secret;
import io.sallyport.api.credential.Credential;
import io.sallyport.api.session.Admission;
import io.sallyport.api.session.SessionExecutor;
import io.sallyport.api.session.Sessions;
import io.sallyport.api.session.TargetAccess;
import io.sallyport.approval.Approvals;
import io.sallyport.decision.Decisions;
import io.sallyport.decision.Policy;
import io.sallyport.decision.ResourceGlob;
import io.sallyport.decision.Scope;
import io.sallyport.journal.Journal;
import io.sallyport.journal.JournalSettings;
import io.sallyport.journal.lane.Durability;
import io.sallyport.journal.read.JournalReader;
import io.sallyport.journal.record.JournalRecord;
import io.sallyport.session.SessionRoom;
import io.sallyport.session.SessionSpec;
import io.sallyport.store.Store;
import io.sallyport.store.StoreSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The gateway's own rooms in one process, from sessions down to store and journal, with virtual time. */
public final class TestCore implements AutoCloseable {

    /** How long a guardrail may take before its silence denies. */
    public static final Duration GUARDRAIL_DEADLINE = Duration.ofMillis(150);

    private final VirtualTime time = new VirtualTime();
    private final HandGuardrail guardrail = new HandGuardrail();
    private final Switches switches = new Switches();
    private final FullDisk disk = new FullDisk();
    private final ObservedSessions sessions = new ObservedSessions(this);
    private final Map<String, TestTarget> targets = new ConcurrentHashMap<>();
    private final AtomicInteger givenBack = new AtomicInteger();
    private final AtomicInteger lanes = new AtomicInteger();
    private final ExecutorService pool = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "conformance-guardrail");
        thread.setDaemon(true);
        return thread;
    });
    private final Path directory;
    private final Store store;
    private final Approvals approvals;
    private final Journal journal;
    private final SessionRoom room;
    private final JournalReader reader;
    private final People people;
    private List<ResourceKind> kinds = List.of();
    private Duration life = Duration.ofHours(2);
    private @Nullable Duration idle;

    /** Opens a core on a temporary directory. */
    public TestCore() throws IOException {
        directory = Files.createTempDirectory("sallyport-conformance-");
        store = Store.open(StoreSettings.embedded(directory.resolve("store.db")));
        approvals = new Approvals(store, "gw-1", time, time, entry -> {});
        approvals.start();
        people = new People(approvals);
        Path records = directory.resolve("journal");
        journal = Journal.open(
                new JournalSettings(records, Durability.WRITTEN, 1 << 20, directory.resolve("journal.key"), "gw-1"),
                Clock.systemUTC(),
                disk);
        room = new SessionRoom(new SessionRoom.Services(
                time,
                new Decisions(pool, GUARDRAIL_DEADLINE),
                approvals,
                journal::digest,
                "https://gateway.example/approvals/",
                () -> true));
        reader = JournalReader.open(records);
    }

    /** The time of all limits. */
    public VirtualTime time() {
        return time;
    }

    /** What judges every action. */
    public HandGuardrail guardrail() {
        return guardrail;
    }

    /** What goes wrong. */
    public Switches switches() {
        return switches;
    }

    /** The door for connectors. */
    public ObservedSessions sessions() {
        return sessions;
    }

    /** Who decides held actions. */
    public People people() {
        return people;
    }

    /** How many credentials were given back. */
    public int givenBack() {
        return givenBack.get();
    }

    /** How many sessions are open. */
    public int open() {
        return room.open().size();
    }

    /** How long sessions opened from now on may last, and how long they may be idle. */
    public void lasting(Duration longest, @Nullable Duration quiet) {
        life = longest;
        idle = quiet;
    }

    /** Moves time on and ends what is over. */
    public void advance(Duration step) {
        time.advance(step);
        room.tick();
    }

    /** Asks for the end of all sessions. */
    public void end(Sessions.EndCause cause, String reason) {
        room.endAll(spec -> true, cause, reason);
    }

    /** From now on the journal finds no more space. */
    public void fillDisk() {
        disk.fill();
    }

    /** Whether this core can serve another clause. */
    public boolean worn() {
        return disk.isFull() || lanes.get() > 40;
    }

    /** What the journal holds that {@link #newRecords} has not returned yet, as another process would read it. */
    public List<JournalRecord> newRecords() throws IOException {
        return reader.poll(Integer.MAX_VALUE);
    }

    /** Lets sessions be opened on a target. */
    public void target(String name, TestTarget target) {
        targets.put(name, target);
    }

    /** What a connector is given. */
    public TestContext context(String name, io.sallyport.api.Limits limits, List<ResourceKind> resourceKinds) {
        kinds = List.copyOf(resourceKinds);
        return new TestContext(name, limits, this);
    }

    /** Makes everything as it was, for the next clause. */
    public void reset() throws IOException {
        switches.reset();
        guardrail.reset();
        end(Sessions.EndCause.SHUTDOWN, "the clause is over");
        sessions.reset();
        lasting(Duration.ofHours(2), null);
        givenBack.set(0);
        newRecords();
    }

    boolean knows(String target) {
        return targets.containsKey(target);
    }

    io.sallyport.journal.lane.Lane lane(String name, java.util.concurrent.Executor executor) throws IOException {
        return journal.lane(name + "-" + lanes.incrementAndGet(), executor);
    }

    CompletionStage<Sessions.Opening> open(Admission admission, SessionExecutor executor, Sessions.Listener listener) {
        TestTarget target = java.util.Objects.requireNonNull(targets.get(admission.target()));
        String database = admission.database() == null ? target.database() : admission.database();
        TargetAccess access = new TargetAccess(
                admission.target(),
                URI.create(target.scheme() + "://" + target.address()),
                List.of(target.address()),
                target.account(),
                database,
                target.options(),
                Map.of());
        SessionSpec spec = new SessionSpec(
                room.newId(),
                "conformance",
                People.person("alice", "dev"),
                access,
                credential(target),
                terms(),
                admission.client(),
                admission.details());
        return room.open(spec, ((TestContext.Lined) executor).registered(), listener);
    }

    private SessionSpec.Terms terms() {
        List<ResourcePattern> everything = new ArrayList<>();
        for (ResourceKind kind : kinds) {
            String prefix = kind.prefix().isEmpty() ? "" : kind.prefix() + ":";
            everything.add(ResourceGlob.parse(prefix + "**", kinds));
        }
        Scope scope = new Scope(List.of(new Scope.Entry(Set.of(Scope.ANY_VERB), everything, List.of())));
        Policy policy =
                new Policy("everything", scope, true, List.of(new Policy.NamedGuardrail("by-hand", guardrail)), false);
        return new SessionSpec.Terms(
                policy,
                new Recording(Recording.Level.FULL, Recording.Level.FULL, 1 << 20),
                switches.passesUnmaskable(),
                time.instant().plus(life),
                "its longest life is over",
                idle);
    }

    private Credential credential(TestTarget target) {
        Map<Credential.Part, Secret> parts = new EnumMap<>(Credential.Part.class);
        target.credential().forEach((part, text) -> parts.put(part, Secret.of(text)));
        return Credential.of(target.account(), parts, givenBack::incrementAndGet);
    }

    @Override
    public void close() throws IOException {
        approvals.close();
        journal.close();
        store.close();
        pool.shutdownNow();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
