package io.sallyport.journal.lane;

import io.sallyport.journal.segment.Segment;
import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;

/**
 * Who waits for the disk in one lane, and how far the disk has confirmed. Waiters come from the lane's thread; the confirming thread
 * completes them on the lane's executor.
 */
final class Durables {

    /** For a position that is durable already. */
    static final CompletionStage<Void> DONE = CompletableFuture.completedStage(null);

    private final Queue<Waiter> waiters = new ConcurrentLinkedQueue<>();
    private volatile Executor executor = Runnable::run;
    private volatile long confirmed;
    private Segment segment;
    private int offset;

    Durables(Segment segment, int offset) {
        this.segment = segment;
        this.offset = offset;
        this.confirmed = SegmentLane.position(segment.number(), offset);
    }

    void completeOn(Executor completions) {
        executor = completions;
    }

    CompletionStage<Void> when(long position) {
        if (position <= confirmed) {
            return DONE;
        }
        Waiter waiter = new Waiter(position, new CompletableFuture<>());
        waiters.add(waiter);
        return waiter.stage();
    }

    void force(long end) throws IOException {
        if (end > confirmed) {
            while (segment.number() < end >>> 32) {
                segment.force(offset, segment.capacity());
                Segment next = segment.next();
                if (next == null) {
                    throw new IOException("a segment that ended has none behind it");
                }
                segment = next;
                offset = 0;
            }
            segment.force(offset, (int) end);
            offset = (int) end;
            confirmed = end;
        }
        for (Waiter head = waiters.peek(); head != null && head.position() <= confirmed; head = waiters.peek()) {
            CompletableFuture<Void> stage = waiters.remove().stage();
            executor.execute(() -> stage.complete(null));
        }
    }

    void fail(JournalUnavailableException reason) {
        for (Waiter head = waiters.poll(); head != null; head = waiters.poll()) {
            CompletableFuture<Void> stage = head.stage();
            executor.execute(() -> stage.completeExceptionally(reason));
        }
    }

    private record Waiter(long position, CompletableFuture<Void> stage) {}
}
