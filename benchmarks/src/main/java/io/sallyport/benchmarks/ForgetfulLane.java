package io.sallyport.benchmarks;

import io.sallyport.journal.lane.Lane;
import io.sallyport.journal.record.PayloadWriter;
import io.sallyport.journal.record.RecordType;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Takes every record and keeps none. */
final class ForgetfulLane implements Lane {

    private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);

    private long position;

    @Override
    public String name() {
        return "forgetful";
    }

    @Override
    public long append(RecordType type, long sessionHigh, long sessionLow, long sequence, PayloadWriter payload) {
        return position += payload.length();
    }

    @Override
    public long append(RecordType type, long sessionHigh, long sessionLow, long sequence, ByteBuffer payload) {
        return position += payload.remaining();
    }

    @Override
    public CompletionStage<Void> durable(long upTo) {
        return DONE;
    }
}
