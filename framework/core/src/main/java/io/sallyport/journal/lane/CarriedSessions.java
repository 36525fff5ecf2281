package io.sallyport.journal.lane;

import io.sallyport.journal.segment.FrameMeta;
import io.sallyport.journal.segment.Frames;
import io.sallyport.journal.segment.Segment;
import java.nio.ByteBuffer;

/**
 * The frames at the beginning of a segment that name the sessions which are open at that moment, so that a restart finds them without
 * reading the whole journal. Their payload is not a record's: 24 bytes for each session, its id and the number of its latest record.
 */
public final class CarriedSessions {

    private static final int ENTRY = 24;
    private static final int PER_FRAME = 1000;

    private CarriedSessions() {}

    static int size(int count) {
        return count / PER_FRAME * Frames.size(PER_FRAME * ENTRY) + Frames.size(count % PER_FRAME * ENTRY);
    }

    /** Writes the frames from this offset on; returns the offset behind them. */
    static int write(OpenSessions sessions, Segment segment, int offset, FrameMeta meta) {
        ByteBuffer entries = ByteBuffer.allocate(sessions.count() * ENTRY);
        sessions.forEach(
                (high, low, sequence) -> entries.putLong(high).putLong(low).putLong(sequence));
        int at = offset;
        for (int from = 0; from < entries.capacity(); from += PER_FRAME * ENTRY) {
            int length = Math.min(PER_FRAME * ENTRY, entries.capacity() - from);
            at += segment.write(at, meta, entries.array(), from, length);
        }
        return at;
    }

    /** Adds the sessions that such a frame's payload names. */
    public static void read(byte[] payload, OpenSessions sessions) {
        ByteBuffer entries = ByteBuffer.wrap(payload);
        while (entries.remaining() >= ENTRY) {
            sessions.open(entries.getLong(), entries.getLong(), entries.getLong());
        }
    }
}
