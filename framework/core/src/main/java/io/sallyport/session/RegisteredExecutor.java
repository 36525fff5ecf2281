package io.sallyport.session;

import io.sallyport.api.session.SessionExecutor;
import io.sallyport.journal.lane.Lane;
import io.sallyport.journal.record.PayloadWriter;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

/** A connector's serial executor with its journal lane and the payload writer that its sessions share. */
public final class RegisteredExecutor implements SessionExecutor {

    private final Executor executor;
    private final BooleanSupplier inThread;
    private final Lane lane;
    private final PayloadWriter payload = new PayloadWriter();

    /** Binds a lane to an executor. */
    public RegisteredExecutor(Executor executor, BooleanSupplier inThread, Lane lane) {
        this.executor = executor;
        this.inThread = inThread;
        this.lane = lane;
    }

    @Override
    public void execute(Runnable task) {
        executor.execute(task);
    }

    @Override
    public boolean inThread() {
        return inThread.getAsBoolean();
    }

    Lane lane() {
        return lane;
    }

    /** The writer that every session of this executor uses, one record at a time. */
    PayloadWriter payload() {
        return payload;
    }
}
