package io.sallyport.netty.front;

import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** The connector's object for one client connection of a {@link Front}. Confined to that connection's loop. */
public interface FrontSession {

    /**
     * Ends with the protocol's own words.
     *
     * @param now whether at once, or when no action runs
     */
    void drain(boolean now);

    /** Something went wrong that nobody foresaw: the session must end. */
    void failed(Throwable cause);

    /** Goes on when a stage of this session is complete; {@link #failed} if it fails, or if going on throws. */
    default <T> void then(CompletionStage<T> stage, Consumer<? super T> next) {
        stage.whenComplete((value, failure) -> {
            try {
                if (failure == null) {
                    next.accept(value);
                } else {
                    failed(failure);
                }
            } catch (RuntimeException e) {
                failed(e);
            }
        });
    }
}
