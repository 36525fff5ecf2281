package io.sallyport.journal.lane;

import io.sallyport.journal.record.PayloadWriter;
import io.sallyport.journal.record.RecordType;
import io.sallyport.journal.segment.FrameMeta;
import io.sallyport.journal.segment.Frames;
import io.sallyport.journal.segment.Segment;
import io.sallyport.journal.segment.SegmentHeader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A lane over a list of memory-mapped segments.
 *
 * <pre>
 *   fits, a spare is there     -&gt; copy
 *   does not fit, a spare is   -&gt; end this segment, carry the open sessions over, copy into the spare
 *   no spare                   -&gt; copy while there is more room than the open sessions' closing records need, else refuse
 * </pre>
 */
public final class SegmentLane implements Lane {

    private static final int CLOSING_ROOM = 512;
    private static final int SMALLEST_PART = 1024;

    private final String name;
    private final LaneContext context;
    private final OpenSessions sessions;
    private final FrameMeta meta = new FrameMeta();
    private final FrameMeta own = new FrameMeta();
    private final Queue<Segment> spares = new ConcurrentLinkedQueue<>();
    private final Durables durables;
    private final AtomicLong committed;
    private Segment current;
    private int offset;
    private int usable;
    private volatile boolean starved;
    private volatile @Nullable String failure;

    /**
     * A lane that goes on at this offset of this segment.
     *
     * @param sessions the sessions that are open in it
     */
    public SegmentLane(String name, LaneContext context, Segment current, int offset, OpenSessions sessions) {
        this.name = name;
        this.context = context;
        this.current = current;
        this.offset = offset;
        this.sessions = sessions;
        this.committed = new AtomicLong(position(current.number(), offset));
        this.durables = new Durables(current, offset);
        bound();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long append(RecordType type, long sessionHigh, long sessionLow, long sequence, PayloadWriter payload) {
        int length = payload.length();
        describe(type, sessionHigh, sessionLow, sequence);
        return append(payload.array(), 0, length);
    }

    @Override
    public long append(RecordType type, long sessionHigh, long sessionLow, long sequence, ByteBuffer payload) {
        describe(type, sessionHigh, sessionLow, sequence);
        int length = payload.remaining();
        if (payload.hasArray()) {
            return append(payload.array(), payload.arrayOffset() + payload.position(), length);
        }
        byte[] copy = new byte[length];
        payload.get(payload.position(), copy);
        return append(copy, 0, length);
    }

    private void describe(RecordType type, long sessionHigh, long sessionLow, long sequence) {
        if (type.internal()) {
            throw new IllegalArgumentException("only the journal writes " + type.label());
        }
        meta.type = type;
        meta.flags = 0;
        meta.sessionHigh = sessionHigh;
        meta.sessionLow = sessionLow;
        meta.sequence = sequence;
    }

    private long append(byte[] payload, int from, int length) {
        String refusal = context.refusal();
        if (refusal != null || failure != null) {
            throw new JournalUnavailableException(refusal != null ? refusal : String.valueOf(failure));
        }
        if (length > context.maximumPayload()) {
            throw new IllegalArgumentException("a record's payload of " + length
                    + " bytes is above the journal's limit of " + context.maximumPayload());
        }
        meta.timeMicros = context.micros();
        try {
            if (Frames.size(length) <= usable - offset) {
                offset += current.write(offset, meta, payload, from, length);
            } else {
                appendAtTheEdge(payload, from, length);
            }
        } catch (InternalError e) {
            // A mapped page that the file system can no longer provide arrives as this error.
            throw fail("the journal's file is gone or its disk is broken: look at the disk, then restart", e);
        }
        track();
        long position = position(current.number(), offset);
        committed.setRelease(position);
        return position;
    }

    private void track() {
        if (meta.type == RecordType.SESSION_OPENED) {
            sessions.open(meta.sessionHigh, meta.sessionLow, meta.sequence);
            bound();
        } else if (meta.type == RecordType.SESSION_CLOSED) {
            sessions.close(meta.sessionHigh, meta.sessionLow);
            bound();
        } else {
            sessions.touch(meta.sessionHigh, meta.sessionLow, meta.sequence);
        }
    }

    private void appendAtTheEdge(byte[] payload, int from, int length) {
        Segment spare = spares.peek();
        boolean keptRoom = spare == null && meta.type != RecordType.SESSION_CLOSED;
        int room = (keptRoom ? usable : hardEnd(current)) - offset;
        int size = Frames.size(length);
        if (size <= room) {
            offset += current.write(offset, meta, payload, from, length);
            return;
        }
        if (spare == null) {
            throw starve("the journal has no next segment: its disk is full, failing or too slow");
        }
        int perSpare = hardEnd(spare) - SegmentHeader.SIZE - carriedSize();
        if (perSpare < spare.capacity() / 2) {
            throw starve("more sessions are open in a lane than a segment can carry: set a larger segment-size");
        }
        if (size <= perSpare) {
            rotate();
            offset += current.write(offset, meta, payload, from, length);
        } else {
            appendParts(payload, from, length, (perSpare - Frames.OVERHEAD) & ~7);
        }
    }

    /** Writes one record as several frames, or refuses before the first. */
    private void appendParts(byte[] payload, int from, int length, int perSpare) {
        int here = (hardEnd(current) - offset - Frames.OVERHEAD) & ~7;
        here = here < SMALLEST_PART ? 0 : here;
        int needed = (length - here + perSpare - 1) / perSpare;
        if (spares.size() < needed) {
            throw starve("the journal has not enough room ahead for a record of " + length + " bytes: try again");
        }
        int written = here;
        if (here > 0) {
            meta.flags = Frames.MORE;
            offset += current.write(offset, meta, payload, from, here);
        }
        while (written < length) {
            rotate();
            int part = Math.min(perSpare, length - written);
            boolean more = written + part < length;
            meta.flags = (byte) ((more ? Frames.MORE : 0) | (written > 0 ? Frames.CONTINUED : 0));
            offset += current.write(offset, meta, payload, from + written, part);
            written += part;
        }
    }

    private void rotate() {
        Segment next = spares.remove();
        current.next(next);
        own.own(RecordType.SEGMENT_END, meta.timeMicros);
        current.end(offset, own);
        current = next;
        offset = SegmentHeader.SIZE;
        if (sessions.count() > 0) {
            own.own(RecordType.SESSIONS_CARRIED, meta.timeMicros);
            offset = CarriedSessions.write(sessions, current, offset, own);
        }
        bound();
        context.needSpare();
    }

    private int carriedSize() {
        return sessions.count() == 0 ? 0 : CarriedSessions.size(sessions.count());
    }

    /** Works out how far ordinary records may go without looking at the spares. */
    private void bound() {
        long kept = Math.min((long) sessions.count() * CLOSING_ROOM, current.capacity() / 4);
        usable = hardEnd(current) - (int) kept;
    }

    private static int hardEnd(Segment segment) {
        return segment.capacity() - Segment.END_FRAME;
    }

    private JournalUnavailableException starve(String reason) {
        starved = true;
        context.needSpare();
        return new JournalUnavailableException(reason);
    }

    /** Has this lane refuse everything until a restart. */
    JournalUnavailableException fail(String reason, Throwable cause) {
        failure = reason;
        context.needSpare();
        return new JournalUnavailableException(reason, cause);
    }

    @Override
    public CompletionStage<Void> durable(long position) {
        if (context.durability() == Durability.WRITTEN) {
            return Durables.DONE;
        }
        CompletionStage<Void> stage = durables.when(position);
        context.needSync();
        return stage;
    }

    /** Has the disk confirm what was appended so far, and completes those who wait. On the confirming thread only. */
    public void sync() {
        long end = committed.getAcquire();
        if (failure == null) {
            try {
                durables.force(end);
            } catch (IOException | InternalError e) {
                durables.fail(fail("the disk refused to confirm the journal: look at the disk, then restart", e));
            }
        } else {
            durables.fail(new JournalUnavailableException(String.valueOf(failure)));
        }
    }

    /** Has stages complete on this executor. */
    public void completeOn(Executor executor) {
        durables.completeOn(executor);
    }

    /** Hands the lane its next segment. On the thread that makes spares only. */
    public void supply(Segment spare) {
        spares.add(spare);
        starved = false;
    }

    /** How many segments lie ready. */
    public int spares() {
        return spares.size();
    }

    /** Takes a spare back; null if none is left. Only once the lane takes no more records. */
    public @Nullable Segment reclaim() {
        return spares.poll();
    }

    /** Whether a record was refused for want of a segment since the last one was supplied. */
    public boolean starved() {
        return starved;
    }

    /** Why this lane refuses everything until a restart; null if it does not. */
    public @Nullable String failure() {
        return failure;
    }

    /** The sessions that are open in this lane. */
    public OpenSessions sessions() {
        return sessions;
    }

    static long position(long segment, int offset) {
        return (segment << 32) | offset;
    }
}
