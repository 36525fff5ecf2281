package io.sallyport.journal;

import io.sallyport.journal.lane.LaneContext;
import io.sallyport.journal.lane.SegmentLane;
import io.sallyport.journal.segment.Segment;
import io.sallyport.journal.segment.SegmentFiles;
import io.sallyport.journal.segment.SegmentHeader;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The thread that fills segments with zeros ahead of the lanes, tries again while the disk is full, and looks after the health. */
final class SpareKeeper implements Runnable {

    private static final long RETRY_NANOS = 250_000_000L;

    private final JournalSettings settings;
    private final SegmentFiles files;
    private final LaneContext context;
    private final HealthBoard board;
    private final Map<SegmentLane, Long> nextNumbers = new ConcurrentHashMap<>();
    private final Thread thread = new Thread(this, "journal-spares");
    private volatile boolean stopped;

    SpareKeeper(JournalSettings settings, SegmentFiles files, LaneContext context, HealthBoard board) {
        this.settings = settings;
        this.files = files;
        this.context = context;
        this.board = board;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    void wake() {
        LockSupport.unpark(thread);
    }

    /** Takes care of a lane, whose next segment has this number, from now on. */
    void serve(SegmentLane lane, long nextNumber) {
        nextNumbers.put(lane, nextNumber);
    }

    /** Makes a segment at once, on the caller's thread; before the lane is served. */
    Segment make(String lane, long number) throws IOException {
        SegmentHeader header = new SegmentHeader(number, context.micros(), settings.segmentSize(), lane);
        return Segment.create(files, settings.directory(), header);
    }

    @Override
    public void run() {
        while (!stopped) {
            String failure = fill();
            board.look(nextNumbers.keySet(), failure);
            LockSupport.parkNanos(this, RETRY_NANOS);
        }
    }

    /** Fills up every lane; returns why one could not be. */
    private @Nullable String fill() {
        String failure = null;
        for (SegmentLane lane : nextNumbers.keySet()) {
            while (!stopped && lane.failure() == null && lane.spares() < settings.sparesPerLane()) {
                try {
                    fillOne(lane);
                } catch (IOException | RuntimeException | InternalError e) {
                    failure = "no segment can be made in " + settings.directory() + " (" + e.getMessage()
                            + "): free space on its disk";
                    break;
                }
            }
        }
        return failure;
    }

    private void fillOne(SegmentLane lane) throws IOException {
        long number = nextNumbers.getOrDefault(lane, 0L);
        lane.supply(make(lane.name(), number));
        nextNumbers.put(lane, number + 1);
    }

    /** Stops the thread and deletes the spares. */
    void stop() throws IOException, InterruptedException {
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
