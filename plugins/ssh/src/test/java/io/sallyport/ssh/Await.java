package io.sallyport.ssh;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for conditions, never for time alone. */
final class Await {

    private Await() {}

    static void until(String what, Callable<Boolean> condition) {
        within(Duration.ofSeconds(10), what, condition);
    }

    static void within(Duration limit, String what, Callable<Boolean> condition) {
        long deadline = System.nanoTime() + limit.toNanos();
        try {
            while (!condition.call()) {
                if (System.nanoTime() - deadline > 0) {
                    throw new AssertionError("not within " + limit + ": " + what);
                }
                LockSupport.parkNanos(5_000_000);
            }
        } catch (AssertionError e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError(what, e);
        }
    }
}
