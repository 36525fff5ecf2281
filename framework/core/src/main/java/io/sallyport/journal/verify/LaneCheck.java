package io.sallyport.journal.verify;

import io.sallyport.journal.proof.Frontier;
import io.sallyport.journal.proof.Hashes;
import io.sallyport.journal.proof.LanePoint;
import io.sallyport.journal.read.SegmentView;
import io.sallyport.journal.record.RecordType;
import io.sallyport.journal.segment.Frames;
import io.sallyport.journal.segment.SegmentHeader;
import io.sallyport.journal.segment.SegmentHeader.Link;
import io.sallyport.journal.segment.SegmentName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks one lane: its segments one after the other, every frame, every link, and every point that a checkpoint names. */
final class LaneCheck {

    private final String lane;
    private final NavigableMap<Long, Path> files;
    private final @Nullable LanePoint signed;
    private final PointCursor points;
    private final Findings findings;
    private final List<SegmentSummary> segments = new ArrayList<>();
    private final Hashes hashes = new Hashes();
    private @Nullable Link before;
    private boolean broken;

    LaneCheck(
            String lane,
            NavigableMap<Long, Path> files,
            @Nullable LanePoint signed,
            PointCursor points,
            Findings findings) {
        this.lane = lane;
        this.files = files;
        this.signed = signed;
        this.points = points;
        this.findings = findings;
    }

    List<SegmentSummary> run() throws IOException {
        long first = signed == null ? 1 : signed.first();
        long last = Math.max(files.lastKey(), signed == null ? 0 : signed.segment());
        before = first == 1 ? Link.none() : null;
        for (long number = first; number <= last && !broken; number++) {
            Path file = files.get(number);
            if (file == null) {
                findings.add(lane, number, "segment " + number + " of lane " + lane + " is missing");
                before = null;
            } else {
                segment(SegmentView.open(new SegmentName(lane, number), file));
            }
        }
        Optional<LanePoint> point = points.peek();
        if (point.isPresent() && !broken) {
            findings.add(
                    lane,
                    point.get().segment(),
                    "lane " + lane + " had " + point.get().bytes() + " bytes in segment "
                            + point.get().segment() + " when it was signed and has fewer now");
        }
        return segments;
    }

    private void segment(SegmentView view) throws IOException {
        long number = view.name().number();
        boolean covered = signed != null && number <= signed.segment();
        if (!header(view, covered)) {
            return;
        }
        ByteBuffer buffer = view.buffer();
        Frontier tree = new Frontier(hashes);
        tree.add(hashes.leaf(buffer, 0, SegmentHeader.SIZE));
        int offset = SegmentHeader.SIZE;
        compare(view, tree, offset);
        boolean ended = false;
        int length = Frames.length(buffer, offset);
        while (length != 0 && !ended && Frames.whole(buffer, offset, length)) {
            ended = Frames.is(buffer, offset, RecordType.SEGMENT_END);
            tree.add(hashes.leaf(buffer, offset, length));
            offset += length;
            compare(view, tree, offset);
            length = Frames.length(buffer, offset);
        }
        end(view, offset, ended);
        before = ended ? new Link(tree.size(), offset, tree.root()) : null;
        long frames = tree.size() - 1;
        segments.add(new SegmentSummary(lane, number, frames, offset, signedFrames(number, frames)));
    }

    /** Checks the header and the link; false if the segment is a spare, or beyond reading. */
    private boolean header(SegmentView view, boolean covered) {
        String file = name(view);
        Optional<SegmentHeader> header = SegmentHeader.decode(view.buffer());
        if (header.isEmpty()) {
            findings.add(file, 0, "its header is damaged");
            broken = true;
            return false;
        }
        boolean itself = header.get().number() == view.name().number()
                && header.get().lane().equals(lane)
                && header.get().capacity() == view.buffer().capacity();
        if (!itself) {
            findings.add(file, 0, "its header is another segment's, or its length has changed");
        }
        Optional<Link> link = SegmentHeader.link(view.buffer());
        if (link.isEmpty()) {
            if (covered) {
                findings.add(file, 128, "its link to the segment before is missing or damaged");
            }
            return covered || Frames.length(view.buffer(), SegmentHeader.SIZE) != 0;
        }
        Link expected = before;
        if (expected != null
                && (link.get().leaves() != expected.leaves()
                        || link.get().bytes() != expected.bytes()
                        || !Arrays.equals(link.get().root(), expected.root()))) {
            findings.add(file, 128, "it does not follow the segment before it: that one, or this link, was changed");
        }
        return true;
    }

    private void compare(SegmentView view, Frontier tree, int offset) throws IOException {
        long number = view.name().number();
        for (Optional<LanePoint> point = points.peek(); point.isPresent(); point = points.peek()) {
            LanePoint expected = point.get();
            boolean passed =
                    expected.segment() < number || (expected.segment() == number && expected.leaves() < tree.size());
            if (!passed && (expected.segment() != number || expected.leaves() != tree.size())) {
                return;
            }
            if (passed || expected.bytes() != offset || !Arrays.equals(tree.root(), expected.rootBytes())) {
                findings.add(
                        name(view),
                        offset,
                        "what stands before this place is not what checkpoint " + points.number() + " signed");
            }
            points.take();
        }
    }

    /** Judges how the segment's frames end. */
    private void end(SegmentView view, int offset, boolean ended) {
        long number = view.name().number();
        boolean covered = signed != null
                && (number < signed.segment() || (number == signed.segment() && offset < signed.bytes()));
        boolean zero = zeroFrom(view.buffer(), offset);
        if (covered && !ended) {
            findings.add(name(view), offset, "the frame that was signed here is damaged or gone");
            broken = true;
        } else if (ended && !zero) {
            findings.add(name(view), offset, "there are bytes behind the end of the segment");
        } else if (!ended && !zero) {
            findings.note(name(view) + " at " + offset + ": a torn frame that no checkpoint covers; a restart cuts it");
            broken = true;
        }
    }

    private static boolean zeroFrom(ByteBuffer buffer, int offset) {
        int at = offset;
        for (; at <= buffer.capacity() - Long.BYTES; at += Long.BYTES) {
            if (buffer.getLong(at) != 0) {
                return false;
            }
        }
        for (; at < buffer.capacity(); at++) {
            if (buffer.get(at) != 0) {
                return false;
            }
        }
        return true;
    }

    private long signedFrames(long number, long frames) {
        if (signed == null || number > signed.segment()) {
            return 0;
        }
        return number < signed.segment() ? frames : Math.min(frames, signed.leaves() - 1);
    }

    private static String name(SegmentView view) {
        return String.valueOf(view.file().getFileName());
    }
}
