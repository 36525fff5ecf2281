package io.sallyport.journal.record;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One record as it was read from the journal, whole even where it took several frames.
 *
 * @param lane the lane that holds it
 * @param segment the number of the segment in which it begins
 * @param offset where its first frame begins in that segment, in bytes
 * @param type what it tells
 * @param sessionHigh the upper half of its session's id; 0 with {@code sessionLow} 0: of no session
 * @param sessionLow the lower half
 * @param sequence its number in its session
 * @param timeMicros when it was written, in microseconds since 1970-01-01T00:00:00Z
 * @param payload what it says; treat it as read-only
 */
@SuppressWarnings("ArrayRecordComponent") // read on hot paths of the sinks; compared by nobody
public record JournalRecord(
        String lane,
        long segment,
        int offset,
        RecordType type,
        long sessionHigh,
        long sessionLow,
        long sequence,
        long timeMicros,
        byte[] payload) {

    /** When it was written. */
    public Instant time() {
        return Instant.EPOCH.plus(timeMicros, ChronoUnit.MICROS);
    }

    /** Whether it belongs to the session with this id. */
    public boolean of(long high, long low) {
        return sessionHigh == high && sessionLow == low;
    }

    /** Whether it belongs to a session at all. */
    public boolean inSession() {
        return (sessionHigh | sessionLow) != 0;
    }

    /** The first text under this key, outside of maps and lists. */
    public Optional<String> text(PayloadKey key) {
        PayloadReader reader = new PayloadReader(payload);
        while (reader.next()) {
            if (reader.depth() == 0 && reader.key() == key.id() && reader.kind() == PayloadReader.Kind.TEXT) {
                return Optional.of(reader.text());
            }
        }
        return Optional.empty();
    }

    /** The first number under this key, outside of maps and lists. */
    public OptionalLong number(PayloadKey key) {
        PayloadReader reader = new PayloadReader(payload);
        while (reader.next()) {
            if (reader.depth() == 0 && reader.key() == key.id() && reader.kind() == PayloadReader.Kind.NUMBER) {
                return OptionalLong.of(reader.number());
            }
        }
        return OptionalLong.empty();
    }
}
