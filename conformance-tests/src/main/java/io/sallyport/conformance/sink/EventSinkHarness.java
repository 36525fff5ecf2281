package io.sallyport.conformance.sink;

import io.sallyport.api.sink.EventSinkFactory;
import java.util.List;

/** An event sink with the place to which it delivers. One harness serves one clause; the clause closes it. */
public interface EventSinkHarness extends AutoCloseable {

    /** The sink's factory. */
    EventSinkFactory<?> factory();

    /** The sink's configuration, which leads to the place. */
    Record config();

    /** What nobody may see: the secrets in the configuration. */
    List<String> secrets();

    /** How the place behaves from now on. */
    void place(Behaviour behaviour);

    /** How often the place was reached for, by a connection or a file that was opened. */
    int touches();

    /** The {@code json} of every event that has arrived, in order, repetitions too. */
    List<String> arrived();

    /**
     * Whether the place can be silent, which a server can and a file cannot. Where it cannot, the clause about it is skipped.
     */
    default boolean canBeSilent() {
        return true;
    }

    @Override
    void close();

    /** What a place may do. */
    enum Behaviour {
        /** It takes what comes. */
        UP,
        /** It takes nothing. */
        DOWN,
        /** It lets who comes wait until it behaves otherwise. */
        SILENT
    }
}
