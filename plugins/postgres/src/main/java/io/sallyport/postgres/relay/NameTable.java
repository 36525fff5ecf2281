package io.sallyport.postgres.relay;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the names of prepared statements, or of portals, mean: to the client, who may run ahead, and to the target.
 *
 * <p>A change is sent, and then either confirmed by the target's answer or revoked when the target skipped it. A pipeline
 * that fails skips everything up to its Sync, so that within one pipeline the newest change is what counts; behind a Sync
 * nothing is certain until the answers are there.
 *
 * @param <T> what a name stands for
 */
final class NameTable<T> {

    private final Map<String, Slot<T>> slots = new HashMap<>();
    private final Slot<T> unnamed = new Slot<>("");

    /** The slot of a name, made if there is none. */
    Slot<T> slot(String name) {
        return name.isEmpty() ? unnamed : slots.computeIfAbsent(name, Slot::new);
    }

    /** The slot of a name, null if the name was never used. */
    @Nullable
    Slot<T> find(String name) {
        return name.isEmpty() ? unnamed : slots.get(name);
    }

    /** The target has done what was sent. */
    void confirm(Slot<T> slot, @Nullable T value, Consumer<T> replaced) {
        T before = slot.confirmed;
        slot.confirmed = value;
        if (before != null && before != value) {
            replaced.accept(before);
        }
        settle(slot);
    }

    /** The target has skipped what was sent. */
    void revoke(Slot<T> slot) {
        settle(slot);
    }

    private void settle(Slot<T> slot) {
        if (--slot.unconfirmed == 0) {
            slot.now = slot.confirmed;
            dropIfUnused(slot);
        }
    }

    private void dropIfUnused(Slot<T> slot) {
        if (slot.now == null && slot.confirmed == null && slot.unconfirmed == 0 && !slot.name.isEmpty()) {
            slots.remove(slot.name);
        }
    }

    /** The target has forgotten everything that it had confirmed. */
    void forget(Consumer<T> forgotten) {
        forget(unnamed, forgotten);
        if (!slots.isEmpty()) {
            for (Slot<T> slot : slots.values().toArray(NameTable.<T>slots())) {
                forget(slot, forgotten);
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static <T> Slot<T>[] slots() {
        return (Slot<T>[]) new Slot<?>[0];
    }

    private void forget(Slot<T> slot, Consumer<T> forgotten) {
        T value = slot.confirmed;
        if (value != null) {
            slot.confirmed = null;
            forgotten.accept(value);
        }
        if (slot.unconfirmed == 0) {
            slot.now = null;
            dropIfUnused(slot);
        }
    }

    int size() {
        return slots.size();
    }

    /** What one name means. */
    static final class Slot<T> {

        private final String name;
        private @Nullable T now;
        private @Nullable T confirmed;
        private int unconfirmed;
        private long segment;
        private boolean poisoned;

        Slot(String name) {
            this.name = name;
        }

        String name() {
            return name;
        }

        /** What the name will mean when the target has done everything that it was sent. */
        @Nullable
        T now() {
            return poisoned ? null : now;
        }

        /** The name may mean something else by now; it means nothing until it is given anew. */
        void poison() {
            poisoned = true;
        }

        /** Whether {@link #now()} is what a message sent in this segment would find. */
        boolean certainIn(long currentSegment) {
            return unconfirmed == 0 || segment == currentSegment;
        }

        /** A change is being sent. */
        void change(@Nullable T value, long currentSegment) {
            now = value;
            poisoned = false;
            unconfirmed++;
            segment = currentSegment;
        }
    }
}
