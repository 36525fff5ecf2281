package io.sallyport.kubernetes.upstream;

import java.util.concurrent.atomic.AtomicInteger;

/** Counts the identities that may have something to give back, so that a connector can wait for them. Any thread. */
public final class Lendings {

    private final AtomicInteger open = new AtomicInteger();

    /** One has something from now on. */
    void began() {
        open.incrementAndGet();
    }

    /** One has given it back, or cannot. */
    void ended() {
        open.decrementAndGet();
    }

    /** Whether all have. */
    public boolean over() {
        return open.get() == 0;
    }
}
