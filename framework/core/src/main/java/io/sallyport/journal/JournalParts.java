package io.sallyport.journal;

import io.sallyport.journal.lane.ControlLane;
import io.sallyport.journal.lane.Durability;
import io.sallyport.journal.lane.JournalUnavailableException;
import io.sallyport.journal.lane.Lane;
import io.sallyport.journal.lane.LaneContext;
import io.sallyport.journal.lane.OpenSessions;
import io.sallyport.journal.lane.SegmentLane;
import io.sallyport.journal.proof.Checkpoint;
import io.sallyport.journal.proof.CheckpointLog;
import io.sallyport.journal.proof.LanePoint;
import io.sallyport.journal.record.MalformedRecordException;
import io.sallyport.journal.record.PayloadKey;
import io.sallyport.journal.record.PayloadWriter;
import io.sallyport.journal.record.RecordType;
import io.sallyport.journal.segment.Segment;
import io.sallyport.journal.segment.SegmentFiles;
import io.sallyport.journal.segment.SegmentHeader;
import io.sallyport.journal.segment.SegmentName;
import io.sallyport.journal.upkeep.GroupCommit;
import io.sallyport.journal.upkeep.LaneTree;
import io.sallyport.journal.upkeep.Notary;
import io.sallyport.journal.upkeep.Retention;
import io.sallyport.journal.upkeep.SpareKeeper;
import io.sallyport.journal.upkeep.SparePlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parts of an open journal, put together and taken apart in the order that they need. */
final class JournalParts {

    private static final Logger LOG = LoggerFactory.getLogger(JournalParts.class);

    private final JournalSettings settings;
    private final SegmentFiles files;
    private final DirectoryLock lock;
    private final KeyFiles keys;
    private final LaneContext context;
    private final HealthBoard board;
    private final SpareKeeper keeper;
    private final Notary notary;
    private final GroupCommit commit;
    private final Map<String, SegmentLane> lanes = new ConcurrentHashMap<>();
    private final Map<String, Long> nextNumbers = new ConcurrentHashMap<>();
    private final Set<String> claimed = new HashSet<>();
    private final ControlLane control;
    private boolean closed;

    static JournalParts open(JournalSettings settings, Clock clock, SegmentFiles files) throws IOException {
        Files.createDirectories(settings.directory());
        DirectoryLock lock = DirectoryLock.take(settings.directory());
        boolean opened = false;
        try {
            JournalParts parts = new JournalParts(settings, clock, files, lock);
            opened = true;
            return parts;
        } finally {
            if (!opened) {
                lock.close();
            }
        }
    }

    private JournalParts(JournalSettings settings, Clock clock, SegmentFiles files, DirectoryLock lock)
            throws IOException {
        this.settings = settings;
        this.files = files;
        this.lock = lock;
        SortedMap<String, NavigableMap<Long, Path>> found = SegmentName.list(settings.directory());
        boolean empty = found.isEmpty() && !Files.exists(settings.directory().resolve(CheckpointLog.NAME));
        keys = KeyFiles.open(settings, empty);
        context = new LaneContext(clock, settings.durability(), settings.maximumPayload());
        keeper = new SpareKeeper(
                new SparePlan(settings.directory(), settings.segmentSize(), settings.sparesPerLane()), files, context);
        board = new HealthBoard(context, keeper);
        commit = new GroupCommit(this::lanes);
        notary = new Notary(checkpoints(), context, board::offer);
        context.wire(this::needSpare, commit::wake);
        recover(found);
        control = new ControlLane(claim(ControlLane.NAME));
        control.append(RecordType.NODE, 0, 0, 0, node("started"));
        notary.turn(true);
        LOG.info(
                "the journal {} is open; the id of its key is {}",
                settings.directory(),
                keys.signing().id());
        start();
    }

    private CheckpointLog checkpoints() throws IOException {
        try {
            return CheckpointLog.open(settings.directory(), keys.signing(), settings.node());
        } catch (IllegalArgumentException e) {
            throw new JournalException(
                    "the journal's checkpoints are damaged (" + e.getMessage() + "): run 'sallyport journal verify'",
                    e);
        }
    }

    private void needSpare() {
        keeper.wake();
        board.wake();
    }

    private void start() {
        board.start(notary);
        keeper.start();
        notary.start();
        if (settings.durability() == Durability.SYNCED) {
            commit.start();
        }
    }

    private void recover(SortedMap<String, NavigableMap<Long, Path>> found) throws IOException {
        Optional<Checkpoint> last = notary.last();
        if (last.isPresent() && !last.get().signedBy(keys.signing().publicKey())) {
            throw new JournalException(
                    "the journal's last checkpoint is not signed by its key: run 'sallyport journal verify'");
        }
        for (LanePoint point : last.map(Checkpoint::lanes).orElse(List.of())) {
            if (!found.containsKey(point.lane())) {
                throw new JournalException("the journal is damaged: all segments of lane " + point.lane()
                        + " are missing; run 'sallyport journal verify'");
            }
        }
        for (Map.Entry<String, NavigableMap<Long, Path>> lane : found.entrySet()) {
            LanePoint signed = last.flatMap(checkpoint -> checkpoint.lanes().stream()
                            .filter(point -> point.lane().equals(lane.getKey()))
                            .findFirst())
                    .orElse(null);
            recover(lane.getKey(), lane.getValue(), signed);
        }
    }

    private void recover(String name, NavigableMap<Long, Path> paths, @Nullable LanePoint signed) throws IOException {
        Recovery.Found found = new Recovery(files, name, paths, signed).run();
        Segment last = found.last();
        int offset = found.offset();
        long next = last.number() + 1;
        OpenSessions sessions = found.sessions();
        if (found.ended()) {
            Segment fresh = keeper.make(name, next++);
            last.next(fresh);
            last = fresh;
            offset = SegmentHeader.SIZE;
        }
        SegmentLane lane = new SegmentLane(name, context, last, offset, sessions);
        long first = signed == null ? paths.firstKey() : signed.first();
        LaneTree tree = tree(name, first, found.first(), signed);
        lanes.put(name, lane);
        nextNumbers.put(name, next);
        notary.add(tree);
        repair(lane, found);
    }

    private static LaneTree tree(String name, long first, Segment from, @Nullable LanePoint signed) throws IOException {
        try {
            LaneTree tree = new LaneTree(name, first, from, signed);
            while (tree.advance(Long.MAX_VALUE) > 0) {}
            if (!tree.met()) {
                throw new MalformedRecordException("lane " + name + " does not reach what was signed");
            }
            return tree;
        } catch (MalformedRecordException e) {
            throw new JournalException(
                    "the journal is damaged: " + e.getMessage() + "; run 'sallyport journal verify'", e);
        }
    }

    private void repair(SegmentLane lane, Recovery.Found found) throws IOException {
        PayloadWriter payload = new PayloadWriter();
        if (found.cut() > 0) {
            payload.text(PayloadKey.EVENT, "torn tail cut")
                    .number(PayloadKey.SEGMENT, found.last().number())
                    .number(PayloadKey.OFFSET, found.offset())
                    .number(PayloadKey.CUT_BYTES, found.cut());
            append(lane, RecordType.RECOVERY, new long[] {0, 0, 0}, payload);
        }
        List<long[]> open = new ArrayList<>();
        lane.sessions().forEach((high, low, sequence) -> open.add(new long[] {high, low, sequence + 1}));
        for (long[] session : open) {
            payload.reset().text(PayloadKey.STATUS, "interrupted").text(PayloadKey.REASON, "gateway stopped");
            append(lane, RecordType.SESSION_CLOSED, session, payload);
        }
    }

    private void append(SegmentLane lane, RecordType type, long[] session, PayloadWriter payload) throws IOException {
        try {
            lane.append(type, session[0], session[1], session[2], payload);
        } catch (JournalUnavailableException e) {
            long number = nextNumbers.getOrDefault(lane.name(), 0L);
            lane.supply(keeper.make(lane.name(), number));
            nextNumbers.put(lane.name(), number + 1);
            lane.append(type, session[0], session[1], session[2], payload);
        }
    }

    private PayloadWriter node(String event) {
        return new PayloadWriter()
                .text(PayloadKey.EVENT, event)
                .text(PayloadKey.NODE, settings.node())
                .text(PayloadKey.DURABILITY, settings.durability() == Durability.SYNCED ? "synced" : "written");
    }

    synchronized SegmentLane claim(String name) throws IOException {
        if (closed) {
            throw new IllegalStateException("the journal is closed");
        }
        if (!SegmentName.valid(name)) {
            throw new IllegalArgumentException("a lane's name has 1 to 64 of a-z, A-Z, 0-9, '.', '_', '-': " + name);
        }
        if (!claimed.add(name)) {
            throw new IllegalStateException("the lane " + name + " was handed out before");
        }
        SegmentLane lane = lanes.get(name);
        if (lane == null) {
            Segment first = keeper.make(name, 1);
            first.force(0, first.capacity());
            lane = new SegmentLane(name, context, first, SegmentHeader.SIZE, new OpenSessions());
            notary.add(new LaneTree(name, 1, first, null));
            lanes.put(name, lane);
            nextNumbers.put(name, 2L);
        }
        long next = nextNumbers.getOrDefault(name, 0L);
        keeper.serve(lane, next);
        return lane;
    }

    Collection<SegmentLane> lanes() {
        return lanes.values();
    }

    Lane control() {
        return control;
    }

    KeyFiles keys() {
        return keys;
    }

    HealthBoard board() {
        return board;
    }

    Notary notary() {
        return notary;
    }

    Retention retention() {
        return new Retention(settings.directory(), files, notary);
    }

    JournalSettings settings() {
        return settings;
    }

    synchronized void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try {
            stopRecord();
            keeper.stop();
            board.stop();
            context.refuse("the journal is closed: the gateway is stopping");
            commit.stop();
            notary.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the journal was being closed", e);
        } finally {
            lock.close();
        }
    }

    private void stopRecord() {
        try {
            control.append(RecordType.NODE, 0, 0, 0, node("stopped"));
        } catch (JournalUnavailableException e) {
            LOG.warn("the stop could not be recorded", e);
        }
    }
}
