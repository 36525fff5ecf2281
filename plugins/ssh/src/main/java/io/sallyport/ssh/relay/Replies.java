package io.sallyport.ssh.relay;

import java.util.ArrayDeque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Answers to requests, which leave in the order in which the requests came, see RFC 4254 section 4 and 5.4. */
final class Replies {

    private final ArrayDeque<Slot> slots = new ArrayDeque<>();

    /** The place of one answer. */
    final class Slot {

        private final Consumer<Boolean> send;
        private @Nullable Boolean answer;

        private Slot(Consumer<Boolean> send) {
            this.send = send;
        }

        /** Answers; a second answer has no effect. */
        void answer(boolean success) {
            if (answer == null) {
                answer = success;
                flush();
            }
        }
    }

    /**
     * The next answer.
     *
     * @param wanted whether the peer waits for one
     */
    Slot next(boolean wanted, Consumer<Boolean> send) {
        Slot slot = new Slot(send);
        if (wanted) {
            slots.add(slot);
        }
        return slot;
    }

    int waiting() {
        return slots.size();
    }

    private void flush() {
        Slot head = slots.peek();
        while (head != null && head.answer != null) {
            slots.poll();
            head.send.accept(head.answer);
            head = slots.peek();
        }
    }
}
