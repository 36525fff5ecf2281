package io.sallyport.conformance.guardrail;

import io.sallyport.conformance.core.Patience;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;

/** Several threads that begin the same work at the same moment. */
final class Threads {

    private Threads() {}

    static void together(int count, Runnable work) {
        CyclicBarrier start = new CyclicBarrier(count);
        List<CompletableFuture<?>> done = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            CompletableFuture<Object> one = new CompletableFuture<>();
            done.add(one);
            Thread thread = new Thread(() -> run(start, work, one), "conformance-together");
            thread.setDaemon(true);
            thread.start();
        }
        CompletableFuture.allOf(done.toArray(CompletableFuture<?>[]::new))
                .orTimeout(Patience.signal().toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    private static void run(CyclicBarrier start, Runnable work, CompletableFuture<Object> done) {
        try {
            start.await();
            work.run();
            done.complete("done");
        } catch (Exception | AssertionError e) {
            done.completeExceptionally(e);
        }
    }
}
