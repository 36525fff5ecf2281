package io.sallyport.journal;

import io.sallyport.journal.lane.LaneContext;
import io.sallyport.journal.proof.Checkpoint;
import io.sallyport.journal.proof.CheckpointLog;
import io.sallyport.journal.proof.LanePoint;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread that hashes what the lanes append and signs a checkpoint every second, or every 16 MiB, while there is anything new. */
final class Notary implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Notary.class);
    private static final long LOOK_NANOS = 100_000_000L;
    private static final long SIGN_NANOS = 1_000_000_000L;
    private static final long SIGN_BYTES = 16 << 20;

    private final CheckpointLog log;
    private final LaneContext context;
    private final HealthBoard board;
    private final List<LaneTree> trees = new CopyOnWriteArrayList<>();
    private final Lock turn = new ReentrantLock();
    private final Thread thread = new Thread(this, "journal-notary");
    private volatile boolean stopped;
    private long pending;
    private long signedAt = System.nanoTime();

    Notary(CheckpointLog log, LaneContext context, HealthBoard board) {
        this.log = log;
        this.context = context;
        this.board = board;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Covers a lane from now on. */
    void add(LaneTree tree) {
        trees.add(tree);
    }

    /** The checkpoint that was signed last. */
    Optional<Checkpoint> last() {
        return log.last();
    }

    List<LaneTree> trees() {
        return trees;
    }

    @Override
    public void run() {
        while (!stopped) {
            LockSupport.parkNanos(this, LOOK_NANOS);
            try {
                turn(false);
                board.unsigned(null);
            } catch (IOException | RuntimeException | InternalError e) {
                LOG.warn("no checkpoint could be signed", e);
                board.unsigned("checkpoints cannot be written (" + e.getMessage() + "): look at the journal's disk");
            }
        }
    }

    /** Hashes what is new and signs it if it is time, or at once. */
    void turn(boolean now) throws IOException {
        turn.lock();
        try {
            long done;
            do {
                done = 0;
                for (LaneTree tree : trees) {
                    done += tree.advance(SIGN_BYTES);
                }
                pending += done;
                boolean due = pending >= SIGN_BYTES || System.nanoTime() - signedAt >= SIGN_NANOS;
                if (pending > 0 && (due || (now && done < SIGN_BYTES))) {
                    sign();
                }
            } while (done >= SIGN_BYTES);
        } finally {
            turn.unlock();
        }
    }

    private void sign() throws IOException {
        for (LaneTree tree : trees) {
            tree.force();
        }
        List<LanePoint> points = trees.stream()
                .map(LaneTree::point)
                .sorted(Comparator.comparing(LanePoint::lane))
                .toList();
        Checkpoint checkpoint = log.sign(points, context.micros());
        pending = 0;
        signedAt = System.nanoTime();
        for (JournalListener listener : board.listeners()) {
            try {
                listener.checkpoint(checkpoint);
            } catch (RuntimeException e) {
                LOG.error("a listener of the journal's checkpoints failed", e);
            }
        }
    }

    /** Stops the thread, and signs what is left. */
    void stop() throws IOException, InterruptedException {
        stopped = true;
        LockSupport.unpark(thread);
        thread.join();
        try {
            turn(true);
        } finally {
            log.close();
        }
    }
}
