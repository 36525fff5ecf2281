package io.sallyport.journal.upkeep;

import io.sallyport.journal.proof.Frontier;
import io.sallyport.journal.proof.Hashes;
import io.sallyport.journal.proof.LanePoint;
import io.sallyport.journal.record.MalformedRecordException;
import io.sallyport.journal.record.RecordType;
import io.sallyport.journal.segment.Frames;
import io.sallyport.journal.segment.Segment;
import io.sallyport.journal.segment.SegmentHeader;
import io.sallyport.journal.segment.SegmentHeader.Link;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The trees of one lane's segments, grown behind the lane as it appends. The header is the first leaf and is complete, with its link,
 * before it is hashed; so a root covers everything before its segment too.
 *
 * <p>On the signing thread only.
 */
public final class LaneTree {

    private final String lane;
    private final Hashes hashes = new Hashes();
    private final @Nullable LanePoint expected;
    private boolean met;
    private long first;
    private Segment segment;
    private Frontier frontier;
    private int offset;
    private int forced;

    /**
     * Trees from this segment on.
     *
     * @param lane the lane's name
     * @param first the number of the first segment that must be there
     * @param segment where they begin
     * @param expected the point that was signed last; it must be passed on the way; null if none was
     */
    public LaneTree(String lane, long first, Segment segment, @Nullable LanePoint expected) {
        this.lane = lane;
        this.first = first;
        this.expected = expected;
        this.met = expected == null;
        this.segment = segment;
        this.frontier = new Frontier(hashes);
        if (segment.number() == 1) {
            linkTo(segment, Link.none());
        }
        begin();
    }

    private void begin() {
        frontier = new Frontier(hashes);
        frontier.add(hashes.leaf(segment.buffer(), 0, SegmentHeader.SIZE));
        offset = SegmentHeader.SIZE;
        forced = 0;
        compare();
    }

    /** Hashes what was appended, about {@code budget} bytes at most; returns how many bytes it was. */
    public long advance(long budget) throws IOException {
        long done = 0;
        while (done < budget) {
            int length = Frames.length(segment.buffer(), offset);
            if (length == 0) {
                return done;
            }
            frontier.add(hashes.leaf(segment.buffer(), offset, length));
            boolean ended = Frames.is(segment.buffer(), offset, RecordType.SEGMENT_END);
            offset += length;
            done += length;
            compare();
            if (ended) {
                Segment next = segment.next();
                if (next == null) {
                    return done;
                }
                goOn(next);
            }
        }
        return done;
    }

    private void goOn(Segment next) throws IOException {
        segment.force(forced, offset);
        linkTo(next, new Link(frontier.size(), offset, frontier.root()));
        segment = next;
        begin();
    }

    private void linkTo(Segment next, Link link) {
        Optional<Link> there = SegmentHeader.link(next.buffer());
        if (there.isEmpty()) {
            next.link(link);
        } else if (there.get().leaves() != link.leaves()
                || there.get().bytes() != link.bytes()
                || !Arrays.equals(there.get().root(), link.root())) {
            throw new MalformedRecordException(next.file() + " does not follow the segment before it");
        }
    }

    private void compare() {
        if (met || expected == null || segment.number() != expected.segment() || frontier.size() != expected.leaves()) {
            return;
        }
        if (offset != expected.bytes() || !Arrays.equals(frontier.root(), expected.rootBytes())) {
            throw new MalformedRecordException(segment.file() + " differs from what was signed");
        }
        met = true;
    }

    /** Whether the point that was signed last has been passed. */
    public boolean met() {
        return met;
    }

    /** Has the disk confirm everything that {@link #point} covers. */
    void force() throws IOException {
        segment.force(forced, offset);
        forced = offset;
    }

    /** How far the lane is hashed. */
    public LanePoint point() {
        return new LanePoint(
                lane,
                first,
                segment.number(),
                frontier.size(),
                offset,
                HexFormat.of().formatHex(frontier.root()));
    }

    /** The number of the first segment that must be there. */
    long first() {
        return first;
    }

    String lane() {
        return lane;
    }

    /** Lets the segments before this one go. */
    void first(long number) {
        first = Math.min(number, segment.number());
    }
}
