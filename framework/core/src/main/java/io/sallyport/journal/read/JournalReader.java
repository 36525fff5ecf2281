package io.sallyport.journal.read;

import io.sallyport.journal.read.Cursor.Place;
import io.sallyport.journal.record.JournalRecord;
import io.sallyport.journal.record.RecordType;
import io.sallyport.journal.segment.SegmentHeader;
import io.sallyport.journal.segment.SegmentName;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Reads the records of all lanes, of a journal at rest or of one that is being written, by this process or another.
 *
 * <ol>
 *   <li>Records of a lane come in their order, each once, none left out.
 *   <li>Lanes are merged by time, as far as they have come when they are looked at; a lane that appends later with an earlier time cannot
 *       be waited for.
 *   <li>It only reads: it never disturbs who writes.
 *   <li>{@link #cursor()} names the place behind the last record that was handed out; a reader that begins there hands out the next one,
 *       or the first that retention has left.
 *   <li>A record may be handed out before the disk has confirmed it.
 * </ol>
 *
 * <p>Not safe for use by several threads. Methods throw {@link IOException} if the disk refuses, and
 * {@link io.sallyport.journal.record.MalformedRecordException} at damaged bytes.
 */
public final class JournalReader {

    private static final long LOOK_NANOS = 10_000_000L;
    private static final long DISCOVER_NANOS = 250_000_000L;

    private final Path directory;
    private final Cursor begin;
    private final Set<RecordType> types;
    private final SortedMap<String, LaneReader> lanes = new TreeMap<>();
    private long discovered;

    private JournalReader(Path directory, Cursor begin, Set<RecordType> types) {
        this.directory = directory;
        this.begin = begin;
        this.types = types;
    }

    /** A reader of the journal in this directory from the first record on. */
    public static JournalReader open(Path directory) throws IOException {
        return open(directory, Cursor.start());
    }

    /** A reader of the journal in this directory from this cursor on. */
    public static JournalReader open(Path directory, Cursor cursor) throws IOException {
        return open(directory, cursor, RecordType.written());
    }

    /** A reader that hands out records of these types only, and passes over all others without a look at what they say. */
    public static JournalReader open(Path directory, Cursor cursor, Set<RecordType> types) throws IOException {
        JournalReader reader = new JournalReader(directory, cursor, types);
        reader.discover();
        return reader;
    }

    /** The next record; empty if there is none yet. */
    public Optional<JournalRecord> poll() throws IOException {
        JournalRecord record = earliest();
        if (record == null && discover()) {
            record = earliest();
        }
        return Optional.ofNullable(record);
    }

    /** The next record, waited for this long; empty if none came or the thread was interrupted. */
    public Optional<JournalRecord> poll(Duration timeout) throws IOException {
        long deadline = System.nanoTime() + timeout.toNanos();
        Optional<JournalRecord> record = poll();
        while (record.isEmpty()
                && System.nanoTime() < deadline
                && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(this, LOOK_NANOS);
            record = poll();
        }
        return record;
    }

    /** All records that are there now, or at most this many. */
    public List<JournalRecord> poll(int atMost) throws IOException {
        List<JournalRecord> records = new ArrayList<>();
        while (records.size() < atMost) {
            Optional<JournalRecord> record = poll();
            if (record.isEmpty()) {
                break;
            }
            records.add(record.get());
        }
        return records;
    }

    /** The records of one session from here on, in the order in which they were written. Reads everything else over. */
    public List<JournalRecord> session(long high, long low) throws IOException {
        List<JournalRecord> records = new ArrayList<>();
        for (Optional<JournalRecord> record = poll(); record.isPresent(); record = poll()) {
            if (record.get().of(high, low)) {
                records.add(record.get());
            }
        }
        return records;
    }

    /** The place behind the last record that was handed out. */
    public Cursor cursor() {
        SortedMap<String, Place> places = begin.places();
        lanes.forEach((name, lane) -> places.put(name, lane.place()));
        return new Cursor(places);
    }

    private @Nullable JournalRecord earliest() throws IOException {
        LaneReader chosen = null;
        JournalRecord earliest = null;
        for (LaneReader lane : lanes.values()) {
            JournalRecord record = lane.peek();
            if (record != null && (earliest == null || record.timeMicros() < earliest.timeMicros())) {
                earliest = record;
                chosen = lane;
            }
        }
        if (chosen != null) {
            chosen.advance();
        }
        return earliest;
    }

    /** Looks for lanes that were not there before. */
    private boolean discover() throws IOException {
        if (!lanes.isEmpty() && System.nanoTime() - discovered < DISCOVER_NANOS) {
            return false;
        }
        discovered = System.nanoTime();
        boolean found = false;
        SortedMap<String, NavigableMap<Long, Path>> files = SegmentName.list(directory);
        for (var lane : files.entrySet()) {
            LaneReader known = lanes.get(lane.getKey());
            if (known != null && known.place().segment() < lane.getValue().firstKey()) {
                throw new IOException("records of lane " + lane.getKey()
                        + " were removed before they were read: keep them longer than their slowest reader needs");
            }
            if (known == null) {
                Place first = new Place(lane.getValue().firstKey(), SegmentHeader.SIZE);
                Place asked = begin.raw().getOrDefault(lane.getKey(), first);
                Place from = asked.segment() < first.segment() ? first : asked;
                lanes.put(lane.getKey(), new LaneReader(directory, lane.getKey(), from, types));
                found = true;
            }
        }
        return found;
    }
}
