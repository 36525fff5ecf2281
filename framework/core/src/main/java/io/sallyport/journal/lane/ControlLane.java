package io.sallyport.journal.lane;

import io.sallyport.journal.record.PayloadWriter;
import io.sallyport.journal.record.RecordType;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** The control lane: a lane behind a lock, for logins, approvals, administration and configuration, from any thread. */
public final class ControlLane implements Lane {

    /** The control lane's name. */
    public static final String NAME = "control";

    private final Lock lock = new ReentrantLock();
    private final SegmentLane lane;

    public ControlLane(SegmentLane lane) {
        this.lane = lane;
    }

    @Override
    public String name() {
        return lane.name();
    }

    @Override
    public long append(RecordType type, long sessionHigh, long sessionLow, long sequence, PayloadWriter payload) {
        lock.lock();
        try {
            return lane.append(type, sessionHigh, sessionLow, sequence, payload);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long append(RecordType type, long sessionHigh, long sessionLow, long sequence, ByteBuffer payload) {
        lock.lock();
        try {
            return lane.append(type, sessionHigh, sessionLow, sequence, payload);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public CompletionStage<Void> durable(long position) {
        return lane.durable(position);
    }
}
