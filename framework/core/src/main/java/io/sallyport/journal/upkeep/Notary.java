package io.sallyport.journal.upkeep;

import io.sallyport.journal.lane.LaneContext;
import io.sallyport.journal.proof.Checkpoint;
import io.sallyport.journal.proof.CheckpointLog;
import io.sallyport.journal.proof.LanePoint;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread that hashes what the lanes append and signs a checkpoint every second, or every 16 MiB, while there is anything new. */
public final class Notary implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Notary.class);
    private static final long LOOK_NANOS = 100_000_000L;
    private static final long SIGN_NANOS = 1_000_000_000L;
    private static final long SIGN_BYTES = 16 << 20;

    private final CheckpointLog log;
    private final LaneContext context;
    private final Consumer<Checkpoint> offer;
    private final List<LaneTree> trees = new CopyOnWriteArrayList<>();
    private final Lock turn = new ReentrantLock();
    private final Thread thread = new Thread(this, "journal-notary");
    private volatile @Nullable String failure;
    private volatile boolean stopped;
    private long pending;
    private long signedAt = System.nanoTime();

    public Notary(CheckpointLog log, LaneContext context, Consumer<Checkpoint> offer) {
        this.log = log;
        this.context = context;
        this.offer = offer;
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    /** Covers a lane from now on. */
    public void add(LaneTree tree) {
        trees.add(tree);
    }

    /** The checkpoint that was signed last. */
    public Optional<Checkpoint> last() {
        return log.last();
    }

    /** Why nothing can be signed; null while it can. */
    public @Nullable String failure() {
        return failure;
    }

    @Override
    public void run() {
        while (!stopped) {
            LockSupport.parkNanos(this, LOOK_NANOS);
            try {
                turn(false);
                failure = null;
            } catch (IOException | RuntimeException | InternalError e) {
                LOG.warn("no checkpoint could be signed", e);
                failure = "checkpoints cannot be written (" + e.getMessage() + "): look at the journal's disk";
            }
        }
    }

    /** Hashes what is new and signs it if it is time, or at once. */
    public void turn(boolean now) throws IOException {
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
        Checkpoint checkpoint = log.sign(current(), context.micros());
        pending = 0;
        signedAt = System.nanoTime();
        offer.accept(checkpoint);
    }

    private List<LanePoint> current() {
        return trees.stream()
                .map(LaneTree::point)
                .sorted(Comparator.comparing(LanePoint::lane))
                .toList();
    }

    /** How far each lane is hashed. */
    List<LanePoint> points() {
        turn.lock();
        try {
            return current();
        } finally {
            turn.unlock();
        }
    }

    /** Signs that the segments of these lanes before these numbers need not be there. */
    void retire(Map<String, Long> firsts) throws IOException {
        turn.lock();
        try {
            for (LaneTree tree : trees) {
                tree.first(firsts.getOrDefault(tree.lane(), tree.first()));
            }
            sign();
        } finally {
            turn.unlock();
        }
    }

    /** Stops the thread, and signs what is left. */
    public void stop() throws IOException, InterruptedException {
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
