package io.sallyport.launch;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads that the core itself owns; each pool is bounded and refuses what it cannot take. */
final class Pools implements AutoCloseable {

    private static final int THREADS = 8;
    private static final int QUEUE = 512;

    private final ThreadPoolExecutor guardrails = bounded("guardrail");
    private final ThreadPoolExecutor credentials = bounded("credential");
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, named("timer"));

    Pools() {
        timer.setRemoveOnCancelPolicy(true);
    }

    /** For guardrails that may block. */
    ThreadPoolExecutor guardrails() {
        return guardrails;
    }

    /** For credential sources. */
    ThreadPoolExecutor credentials() {
        return credentials;
    }

    /** For short tasks later; one thread. */
    ScheduledThreadPoolExecutor timer() {
        return timer;
    }

    @Override
    public void close() {
        timer.shutdownNow();
        guardrails.shutdownNow();
        credentials.shutdownNow();
    }

    private static ThreadPoolExecutor bounded(String name) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                THREADS, THREADS, 30, TimeUnit.SECONDS, new ArrayBlockingQueue<>(QUEUE), named(name));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private static ThreadFactory named(String name) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, "sallyport-" + name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
