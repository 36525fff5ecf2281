package io.sallyport.approval;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Runs short tasks later, without a thread for each. */
@FunctionalInterface
public interface Scheduler {

    /** Runs the task once after the delay. The task must not block. */
    Task after(Duration delay, Runnable task);

    /** A scheduler on an executor; once that is shut down, tasks are dropped. */
    static Scheduler on(ScheduledExecutorService executor) {
        return (delay, task) -> {
            try {
                Future<?> future = executor.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
                return () -> future.cancel(false);
            } catch (RejectedExecutionException e) {
                return () -> {};
            }
        };
    }

    /** A task that has not run yet. */
    @FunctionalInterface
    interface Task {

        /** Takes it back; without effect if it has run. */
        void cancel();
    }
}
