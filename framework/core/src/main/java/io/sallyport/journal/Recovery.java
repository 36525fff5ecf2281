package io.sallyport.journal;

import io.sallyport.journal.lane.CarriedSessions;
import io.sallyport.journal.lane.OpenSessions;
import io.sallyport.journal.proof.LanePoint;
import io.sallyport.journal.record.RecordType;
import io.sallyport.journal.segment.Frames;
import io.sallyport.journal.segment.Segment;
import io.sallyport.journal.segment.SegmentFiles;
import io.sallyport.journal.segment.SegmentHeader;
import io.sallyport.journal.segment.SegmentName;
import io.sallyport.journal.upkeep.Retention;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds where a lane goes on after a stop: drops spares, checks the last segments frame by frame, cuts the torn tail, and gathers the
 * sessions that were open. What a checkpoint covers is never cut: damage there stops the start.
 */
final class Recovery {

    private final SegmentFiles files;
    private final String lane;
    private final NavigableMap<Long, Path> paths;
    private final @Nullable LanePoint signed;
    private final OpenSessions sessions = new OpenSessions();
    private boolean ended;
    private int offset;
    private long cut;

    /**
     * What was found.
     *
     * @param first the segment at which trees must begin
     * @param last the segment in which the lane goes on
     * @param offset where it goes on; behind its last frame
     * @param ended whether the last segment has its end, so that the lane needs a new one
     * @param cut bytes that were cut
     * @param sessions the sessions that were open
     */
    record Found(Segment first, Segment last, int offset, boolean ended, long cut, OpenSessions sessions) {}

    Recovery(SegmentFiles files, String lane, NavigableMap<Long, Path> paths, @Nullable LanePoint signed) {
        this.files = files;
        this.lane = lane;
        this.paths = paths;
        this.signed = signed;
    }

    Found run() throws IOException {
        if (signed != null && paths.lastKey() >= signed.first()) {
            // A stop in the middle of retention leaves files that are no longer part of the journal.
            Retention.delete(files, directory(), lane, signed.first());
            paths.headMap(signed.first()).clear();
        }
        long expected = paths.firstKey();
        for (long number : paths.keySet()) {
            if (number != expected++) {
                throw damaged(paths.get(number), "the segment before it is missing");
            }
        }
        if (signed != null && (paths.firstKey() > signed.first() || paths.lastKey() < signed.segment())) {
            throw damaged(paths.firstEntry().getValue(), "signed segments of this lane are missing");
        }
        List<Segment> segments = open();
        return scan(segments);
    }

    /** The segments from the last one that is linked on, without trailing spares. */
    private List<Segment> open() throws IOException {
        List<Segment> segments = new ArrayList<>();
        boolean trailing = true;
        for (long number : paths.descendingKeySet()) {
            Segment segment = Segment.open(files, new SegmentName(lane, number), directory());
            if (trailing && unborn(segment)) {
                cut += Math.max(1, segment.capacity());
                setAside(segment);
                continue;
            }
            checkHeader(segment);
            boolean linked = SegmentHeader.link(segment.buffer()).isPresent();
            boolean empty = Frames.length(segment.buffer(), SegmentHeader.SIZE) == 0;
            if (trailing && empty && !linked && number != paths.firstKey()) {
                files.delete(segment.file());
                continue;
            }
            trailing = false;
            segments.add(0, segment);
            if (linked && (signed == null || number <= signed.segment())) {
                break;
            }
        }
        for (int i = 0; i + 1 < segments.size(); i++) {
            segments.get(i).next(segments.get(i + 1));
        }
        return segments;
    }

    /** Whether a power cut took a segment before the disk had even its header; no checkpoint covers it. */
    private boolean unborn(Segment segment) {
        return segment.number() > (signed == null ? paths.firstKey() : signed.segment())
                && SegmentHeader.decode(segment.buffer()).isEmpty();
    }

    private void checkHeader(Segment segment) {
        SegmentHeader header = SegmentHeader.decode(segment.buffer())
                .orElseThrow(() -> damaged(segment.file(), "its header is damaged"));
        if (header.number() != segment.number()
                || !header.lane().equals(lane)
                || header.capacity() != segment.capacity()) {
            throw damaged(segment.file(), "its header is another segment's");
        }
    }

    private Path directory() {
        Path parent = paths.firstEntry().getValue().getParent();
        return parent == null ? Path.of("") : parent;
    }

    private Found scan(List<Segment> segments) throws IOException {
        Segment last = segments.get(0);
        for (Segment segment : segments) {
            last = segment;
            frames(segment);
            if (!ended) {
                break;
            }
        }
        if (signed != null
                && (last.number() < signed.segment()
                        || (last.number() == signed.segment() && offset < signed.bytes()))) {
            throw damaged(last.file(), "it breaks off at byte " + offset + ", before what was signed");
        }
        cut += last.cut(offset);
        last.force(offset, last.capacity());
        setAside(last, segments);
        return new Found(segments.get(0), last, offset, ended, cut, sessions);
    }

    private void frames(Segment segment) {
        sessions.clear();
        ended = false;
        offset = SegmentHeader.SIZE;
        int length = Frames.length(segment.buffer(), offset);
        while (length != 0 && !ended && Frames.whole(segment.buffer(), offset, length)) {
            note(segment, offset);
            offset += length;
            length = Frames.length(segment.buffer(), offset);
        }
    }

    private void note(Segment segment, int at) {
        long high = Frames.sessionHigh(segment.buffer(), at);
        long low = Frames.sessionLow(segment.buffer(), at);
        byte type = Frames.typeId(segment.buffer(), at);
        if (type == RecordType.SESSIONS_CARRIED.id()) {
            CarriedSessions.read(Frames.payload(segment.buffer(), at), sessions);
        } else if (type == RecordType.SESSION_OPENED.id()) {
            sessions.open(high, low, Frames.sequence(segment.buffer(), at));
        } else if (type == RecordType.SESSION_CLOSED.id()) {
            sessions.close(high, low);
        } else {
            sessions.touch(high, low, Frames.sequence(segment.buffer(), at));
        }
        ended = type == RecordType.SEGMENT_END.id();
    }

    /** Segments behind a cut were never acknowledged as durable; they are kept under another name. */
    private void setAside(Segment last, List<Segment> segments) throws IOException {
        for (Segment segment : segments) {
            if (segment.number() > last.number()) {
                cut += segment.capacity();
                setAside(segment);
            }
        }
    }

    private static void setAside(Segment segment) throws IOException {
        Files.move(
                segment.file(),
                segment.file().resolveSibling(segment.file().getFileName() + ".cut"),
                StandardCopyOption.REPLACE_EXISTING);
    }

    private static JournalException damaged(@Nullable Path file, String what) {
        return new JournalException(
                "the journal is damaged: " + file + ": " + what
                        + "; run 'sallyport journal verify', keep the directory as evidence and move it away to begin a new journal");
    }
}
