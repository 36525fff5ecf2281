package io.sallyport.conformance.sink;

import io.sallyport.conformance.sink.EventSinkHarness.Behaviour;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Keeps texts in its memory. */
final class SmallPlace {

    private final List<String> arrived = new ArrayList<>();
    private Behaviour behaviour = Behaviour.UP;
    private int touches;

    synchronized void behave(Behaviour now) {
        behaviour = now;
        notifyAll();
    }

    synchronized int touches() {
        return touches;
    }

    synchronized List<String> arrived() {
        return List.copyOf(arrived);
    }

    synchronized void touch() {
        touches++;
    }

    synchronized void clear() {
        arrived.clear();
    }

    synchronized void take(String text, boolean deaf) throws IOException {
        touches++;
        while (behaviour == Behaviour.SILENT) {
            try {
                wait();
            } catch (InterruptedException e) {
                if (!deaf) {
                    throw new IOException("interrupted", e);
                }
            }
        }
        if (behaviour == Behaviour.DOWN) {
            throw new IOException("nobody is there");
        }
        arrived.add(text);
    }
}
