package io.sallyport.conformance.core;

import io.sallyport.approval.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** A clock and a scheduler that move only when a clause says so. Safe for several threads. */
public final class VirtualTime implements InstantSource, Scheduler {

    private final PriorityQueue<Due> tasks =
            new PriorityQueue<>(Comparator.comparing(Due::at).thenComparing(Due::number));
    private Instant now = Instant.parse("2027-01-01T00:00:00Z");
    private long number;

    @Override
    public synchronized Instant instant() {
        return now;
    }

    @Override
    public synchronized Task after(Duration delay, Runnable task) {
        Due due = new Due(now.plus(delay), number++, task);
        tasks.add(due);
        return () -> remove(due);
    }

    /** Moves on, running what falls due at its time. */
    public void advance(Duration step) {
        Instant end = instant().plus(step);
        for (Due due = next(end); due != null; due = next(end)) {
            due.task().run();
        }
        synchronized (this) {
            now = end;
        }
    }

    private synchronized @Nullable Due next(Instant end) {
        Due due = tasks.peek();
        if (due == null || due.at().isAfter(end)) {
            return null;
        }
        tasks.remove();
        now = due.at().isAfter(now) ? due.at() : now;
        return due;
    }

    private synchronized void remove(Due due) {
        tasks.remove(due);
    }

    private record Due(Instant at, long number, Runnable task) {}
}
