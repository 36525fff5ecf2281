package io.sallyport.journal.read;

import io.sallyport.journal.read.Cursor.Place;
import io.sallyport.journal.record.JournalRecord;
import io.sallyport.journal.record.MalformedRecordException;
import io.sallyport.journal.record.RecordType;
import io.sallyport.journal.segment.Frames;
import io.sallyport.journal.segment.SegmentHeader;
import io.sallyport.journal.segment.SegmentName;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The records of one lane, in order, up to where the lane is at that moment; asked again later, it goes on. A record whose last parts
 * were never written, because the process was killed in between, is left out: nobody was told that it was written.
 *
 * <p>Not safe for use by several threads.
 */
final class LaneReader {

    private final Path directory;
    private final String lane;
    private final Set<RecordType> types;
    private @Nullable SegmentView view;
    private long number;
    private int offset;
    private @Nullable JournalRecord ahead;
    private long nextNumber;
    private int nextOffset;
    private @Nullable Parts parts;

    /** A reader of this lane from this place, for records of these types. */
    LaneReader(Path directory, String lane, Place from, Set<RecordType> types) {
        this.directory = directory;
        this.lane = lane;
        this.types = types;
        this.number = from.segment();
        this.offset = from.offset();
        this.nextNumber = number;
        this.nextOffset = offset;
    }

    /** The next record, which stays the next one; null if there is none yet. */
    @Nullable
    JournalRecord peek() throws IOException {
        while (ahead == null) {
            if (!step()) {
                return null;
            }
        }
        return ahead;
    }

    /** Takes the record that {@link #peek} showed. */
    void advance() {
        ahead = null;
        passed();
    }

    /** The place of the record that comes next. */
    Place place() {
        return new Place(nextNumber, nextOffset);
    }

    private void passed() {
        nextNumber = number;
        nextOffset = offset;
    }

    /** Reads one frame; false if there is none yet. */
    private boolean step() throws IOException {
        SegmentView segment = view();
        if (segment == null) {
            return false;
        }
        ByteBuffer buffer = segment.buffer();
        int length = Frames.length(buffer, offset);
        if (length == 0) {
            return false;
        }
        boolean passedOver = Frames.sound(buffer, offset, length) && passedOver(Frames.typeId(buffer, offset));
        if (!passedOver && !Frames.whole(buffer, offset, length)) {
            throw new MalformedRecordException(segment.file() + " is damaged at byte " + offset);
        }
        int at = offset;
        offset += length;
        if (Frames.is(buffer, at, RecordType.SEGMENT_END)) {
            number++;
            offset = SegmentHeader.SIZE;
            view = null;
        } else if (!passedOver && !Frames.is(buffer, at, RecordType.SESSIONS_CARRIED)) {
            take(buffer, at);
        }
        if (ahead == null && parts == null) {
            passed();
        }
        return true;
    }

    private boolean passedOver(byte typeId) {
        RecordType type = RecordType.of(typeId);
        return !type.internal() && !types.contains(type);
    }

    private void take(ByteBuffer buffer, int at) {
        byte flags = Frames.flags(buffer, at);
        boolean more = (flags & Frames.MORE) != 0;
        boolean continued = (flags & Frames.CONTINUED) != 0;
        if (!more && !continued) {
            parts = null;
            ahead = record(buffer, at, number, at, Frames.payload(buffer, at));
            return;
        }
        if (!continued) {
            parts = new Parts(number, at, new ByteArrayOutputStream());
        }
        Parts gathered = parts;
        if (gathered == null) {
            return;
        }
        gathered.bytes().writeBytes(Frames.payload(buffer, at));
        if (!more) {
            ahead = record(
                    buffer,
                    at,
                    gathered.segment(),
                    gathered.offset(),
                    gathered.bytes().toByteArray());
            parts = null;
        }
    }

    private JournalRecord record(ByteBuffer buffer, int at, long segment, int begin, byte[] payload) {
        return new JournalRecord(
                lane,
                segment,
                begin,
                RecordType.of(Frames.typeId(buffer, at)),
                Frames.sessionHigh(buffer, at),
                Frames.sessionLow(buffer, at),
                Frames.sequence(buffer, at),
                Frames.timeMicros(buffer, at),
                payload);
    }

    private @Nullable SegmentView view() throws IOException {
        if (view == null) {
            SegmentName name = new SegmentName(lane, number);
            Path file = name.in(directory);
            if (Files.exists(file)) {
                view = SegmentView.open(name, file);
            }
        }
        return view;
    }

    private record Parts(long segment, int offset, ByteArrayOutputStream bytes) {}
}
