package io.sallyport.netty;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A few threads for what must not run on an event loop: name resolution and password derivation. */
public final class Helpers implements AutoCloseable {

    private static final int THREADS = 4;
    private static final int WAITING = 10_000;
    private static final int IDLE_SECONDS = 30;

    private final ThreadPoolExecutor pool;

    /** Threads that start when they are needed. */
    public Helpers(String name) {
        pool = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(WAITING),
                new DefaultThreadFactory(name + "-helper", true));
        pool.allowCoreThreadTimeOut(true);
    }

    /** Runs work on a helper; the stage completes on {@code back}, with a failure if too much waits already. */
    public <T> CompletionStage<T> call(Callable<T> work, Executor back) {
        CompletableFuture<T> result = new CompletableFuture<>();
        try {
            pool.execute(() -> run(work, back, result));
        } catch (RejectedExecutionException e) {
            result.completeExceptionally(e);
        }
        return result;
    }

    @SuppressWarnings({"FutureReturnValueIgnored", "PMD.AvoidCatchingGenericException"})
    private static <T> void run(Callable<T> work, Executor back, CompletableFuture<T> result) {
        T value;
        try {
            value = work.call();
        } catch (Exception e) {
            back.execute(() -> result.completeExceptionally(e));
            return;
        }
        back.execute(() -> result.complete(value));
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }
}
