package io.sallyport.journal.upkeep;

import io.sallyport.journal.proof.LanePoint;
import io.sallyport.journal.read.SegmentView;
import io.sallyport.journal.segment.Frames;
import io.sallyport.journal.segment.Segment;
import io.sallyport.journal.segment.SegmentFiles;
import io.sallyport.journal.segment.SegmentHeader;
import io.sallyport.journal.segment.SegmentName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * Removes full segments of which every record is old. First a checkpoint is signed that names the first segment which must still be there;
 * only then are files deleted, so that a verifier can tell retention from theft. The next segment's header keeps the removed one's root.
 */
public final class Retention {

    private final Path directory;
    private final SegmentFiles files;
    private final Notary notary;

    public Retention(Path directory, SegmentFiles files, Notary notary) {
        this.directory = directory;
        this.files = files;
        this.notary = notary;
    }

    /**
     * Removes full segments whose last record is older than this.
     *
     * @param needed the number of the first segment of a lane that must stay, whatever its age
     */
    public Retirement retire(long beforeMicros, ToLongFunction<String> needed) throws IOException {
        Map<String, Long> firsts = new TreeMap<>();
        int kept = 0;
        for (LanePoint point : notary.points()) {
            long first = point.first();
            while (first < point.segment() && endedBefore(point.lane(), first, beforeMicros)) {
                first++;
            }
            long allowed = Math.max(point.first(), Math.min(first, needed.applyAsLong(point.lane())));
            kept += (int) (first - allowed);
            if (allowed > point.first()) {
                firsts.put(point.lane(), allowed);
            }
        }
        if (firsts.isEmpty()) {
            return new Retirement(0, kept);
        }
        notary.retire(firsts);
        int removed = 0;
        for (Map.Entry<String, Long> lane : firsts.entrySet()) {
            removed += delete(files, directory, lane.getKey(), lane.getValue());
        }
        return new Retirement(removed, kept);
    }

    /** Deletes the segments of a lane before this number, oldest first. */
    public static int delete(SegmentFiles files, Path directory, String lane, long first) throws IOException {
        int removed = 0;
        var segments = SegmentName.list(directory).get(lane);
        if (segments != null) {
            for (Path file : segments.headMap(first).values()) {
                files.delete(file);
                removed++;
            }
        }
        return removed;
    }

    /** Whether the segment's last frame, whose place the next segment's link tells, is older. */
    private boolean endedBefore(String lane, long number, long beforeMicros) throws IOException {
        Path file = new SegmentName(lane, number).in(directory);
        SegmentName next = new SegmentName(lane, number + 1);
        if (!Files.exists(file)) {
            return false;
        }
        Optional<SegmentHeader.Link> link =
                SegmentHeader.link(SegmentView.open(next, next.in(directory)).buffer());
        if (link.isEmpty()) {
            return false;
        }
        SegmentView view = SegmentView.open(new SegmentName(lane, number), file);
        int end = (int) link.get().bytes() - Segment.END_FRAME;
        return Frames.timeMicros(view.buffer(), end) < beforeMicros;
    }
}
