package io.sallyport.postgres.relay;

import java.util.Arrays;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What the target will answer, in order: a ring that grows with the number of messages in flight and makes no garbage.
 *
 * <p>Bounded by {@link #isFull()}: the relay reads no more of the client then.
 */
final class Expectations {

    private static final int FIRST_CAPACITY = 32;
    private static final int MOST = 8192;

    private Expected[] kinds = new Expected[FIRST_CAPACITY];
    private @Nullable Object[] contexts = new @Nullable Object[FIRST_CAPACITY];
    private int head;
    private int size;

    void add(Expected kind, @Nullable Object context) {
        if (size == kinds.length) {
            grow();
        }
        int at = (head + size) & (kinds.length - 1);
        kinds[at] = kind;
        contexts[at] = context;
        size++;
    }

    private void grow() {
        int length = kinds.length;
        Expected[] moreKinds = Arrays.copyOf(kinds, length * 2);
        @Nullable Object[] moreContexts = Arrays.copyOf(contexts, length * 2);
        for (int i = 0; i < size; i++) {
            int from = (head + i) & (length - 1);
            moreKinds[i] = kinds[from];
            moreContexts[i] = contexts[from];
        }
        kinds = moreKinds;
        contexts = moreContexts;
        head = 0;
    }

    /** The next answer's kind, null if the target owes none. */
    @Nullable
    Expected kind() {
        return size == 0 ? null : kinds[head];
    }

    /** The next answer's context. */
    @Nullable
    Object context() {
        return size == 0 ? null : contexts[head];
    }

    /** Removes the next answer. */
    void remove() {
        contexts[head] = null;
        head = (head + 1) & (kinds.length - 1);
        size--;
    }

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }

    boolean isFull() {
        return size >= MOST;
    }

    /**
     * Removes what the target skips after an error: everything up to the next Sync.
     *
     * @return whether there is such a Sync
     */
    boolean skipToSync(BiConsumer<Expected, @Nullable Object> skipped) {
        while (size > 0) {
            Expected kind = kinds[head];
            if (kind == Expected.SYNC || kind == Expected.OWN_SYNC) {
                return true;
            }
            Object context = contexts[head];
            remove();
            skipped.accept(kind, context);
        }
        return false;
    }
}
