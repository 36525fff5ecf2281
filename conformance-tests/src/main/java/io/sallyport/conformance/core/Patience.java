package io.sallyport.conformance.core;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * The two times of the kit: how long what must happen may take, and how long is watched for what must not happen. They are
 * system properties in milliseconds, for machines that are slower or faster than most.
 */
public final class Patience {

    private static final String SIGNAL = "sallyport.conformance.signal";
    private static final String SILENCE = "sallyport.conformance.silence";

    private Patience() {}

    /** How long what must happen may take. */
    public static Duration signal() {
        return Duration.ofMillis(Long.getLong(SIGNAL, 10_000));
    }

    /** How long is watched for what must not happen. */
    public static Duration silence() {
        return Duration.ofMillis(Long.getLong(SILENCE, 100));
    }

    /** Waits until it is so; an {@link AssertionError} that says what was wanted if that does not come. */
    public static void await(String what, BooleanSupplier condition) {
        await(() -> what, condition);
    }

    /** Waits until it is so. */
    public static void await(Supplier<String> what, BooleanSupplier condition) {
        if (!within(signal(), condition)) {
            throw new AssertionError("not within " + signal().toMillis() + " ms: " + what.get());
        }
    }

    /** Watches that it is not so for as long as silence takes. */
    public static void never(Supplier<String> what, BooleanSupplier condition) {
        if (within(silence(), condition)) {
            throw new AssertionError(what.get());
        }
    }

    /** Whether it becomes so within the time. */
    public static boolean within(Duration time, BooleanSupplier condition) {
        long deadline = System.nanoTime() + time.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                return condition.getAsBoolean();
            }
            java.util.concurrent.locks.LockSupport.parkNanos(500_000);
        }
        return true;
    }
}
