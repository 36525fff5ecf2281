package io.sallyport.journal.upkeep;

import io.sallyport.journal.lane.SegmentLane;
import java.util.Collection;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** The thread that has the disk confirm what the lanes appended, all that came together in one go. */
public final class GroupCommit implements Runnable {

    private final Supplier<Collection<SegmentLane>> lanes;
    private final Thread thread = new Thread(this, "journal-sync");
    private volatile boolean wanted;
    private volatile boolean stopped;

    public GroupCommit(Supplier<Collection<SegmentLane>> lanes) {
        this.lanes = lanes;
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    public void wake() {
        if (!wanted) {
            wanted = true;
            LockSupport.unpark(thread);
        }
    }

    @Override
    public void run() {
        while (!stopped) {
            while (!wanted && !stopped) {
                LockSupport.park(this);
            }
            wanted = false;
            for (SegmentLane lane : lanes.get()) {
                lane.sync();
            }
        }
    }

    public void stop() throws InterruptedException {
        stopped = true;
        LockSupport.unpark(thread);
        thread.join();
    }
}
