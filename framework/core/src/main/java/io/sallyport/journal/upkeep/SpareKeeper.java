package io.sallyport.journal.upkeep;

import io.sallyport.journal.lane.LaneContext;
import io.sallyport.journal.lane.SegmentLane;
import io.sallyport.journal.segment.Segment;
import io.sallyport.journal.segment.SegmentFiles;
import io.sallyport.journal.segment.SegmentHeader;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The thread that fills segments with zeros ahead of the lanes, and tries again while the disk is full. */
public final class SpareKeeper implements Runnable {

    private static final long RETRY_NANOS = 250_000_000L;

    private final SparePlan plan;
    private final SegmentFiles files;
    private final LaneContext context;
    private final Map<SegmentLane, Long> nextNumbers = new ConcurrentHashMap<>();
    private final Thread thread = new Thread(this, "journal-spares");
    private volatile @Nullable String failure;
    private volatile boolean stopped;

    public SpareKeeper(SparePlan plan, SegmentFiles files, LaneContext context) {
        this.plan = plan;
        this.files = files;
        this.context = context;
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    /** Has the thread look at the lanes now. */
    public void wake() {
        LockSupport.unpark(thread);
    }

    /** Fills a lane up on the caller's thread, and takes care of it from now on; its next segment has this number. */
    public void serve(SegmentLane lane, long nextNumber) throws IOException {
        long next = nextNumber;
        while (lane.spares() < plan.perLane()) {
            lane.supply(make(lane.name(), next++));
        }
        nextNumbers.put(lane, next);
    }

    /** Makes a segment at once, on the caller's thread; before the lane is served. */
    public Segment make(String lane, long number) throws IOException {
        SegmentHeader header = new SegmentHeader(number, context.micros(), plan.segmentSize(), lane);
        return Segment.create(files, plan.directory(), header);
    }

    /** The lanes that are taken care of. */
    public Collection<SegmentLane> lanes() {
        return nextNumbers.keySet();
    }

    /** Why no segment can be made; null while they can. */
    public @Nullable String failure() {
        return failure;
    }

    @Override
    public void run() {
        while (!stopped) {
            failure = fill();
            LockSupport.parkNanos(this, RETRY_NANOS);
        }
    }

    private @Nullable String fill() {
        String reason = null;
        for (SegmentLane lane : nextNumbers.keySet()) {
            while (!stopped && lane.failure() == null && lane.spares() < plan.perLane()) {
                try {
                    fillOne(lane);
                } catch (IOException | RuntimeException | InternalError e) {
                    reason = "no segment can be made in " + plan.directory() + " (" + e.getMessage()
                            + "): free space on its disk";
                    break;
                }
            }
        }
        return reason;
    }

    private void fillOne(SegmentLane lane) throws IOException {
        long number = nextNumbers.getOrDefault(lane, 0L);
        lane.supply(make(lane.name(), number));
        nextNumbers.put(lane, number + 1);
    }

    /** Stops the thread and deletes the spares. */
    public void stop() throws IOException, InterruptedException {
        stopped = true;
        wake();
        thread.join();
        for (SegmentLane lane : nextNumbers.keySet()) {
            for (Segment spare = lane.reclaim(); spare != null; spare = lane.reclaim()) {
                files.delete(spare.file());
            }
        }
    }
}
