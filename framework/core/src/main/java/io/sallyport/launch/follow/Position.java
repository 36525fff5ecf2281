package io.sallyport.launch.follow;

import io.sallyport.journal.read.Cursor;
import io.sallyport.store.SinkCursors;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far one follower has come. This process goes by what it knows itself; the store is told at leisure and asked after a
 * restart, so that a store that is away delays nobody and costs repetitions only if the process ends as well.
 *
 * <p>Used by the follower's thread, except for {@link #known()}.
 */
final class Position {

    private static final Logger log = LoggerFactory.getLogger(Position.class);
    private static final int STORE_SECONDS = 10;

    private final JournalFollower.Name name;
    private final SinkCursors cursors;
    private final InstantSource clock;
    private volatile @Nullable Cursor known;
    private CompletableFuture<Integer> saving = CompletableFuture.completedFuture(0);
    private boolean unsaved;
    private volatile boolean complained;

    Position(JournalFollower.Name name, SinkCursors cursors, InstantSource clock) {
        this.name = name;
        this.cursors = cursors;
        this.clock = clock;
    }

    /** How far it has come; null while the store has not said. */
    @Nullable
    Cursor known() {
        return known;
    }

    /** Where it goes on; the first time, what the store says. */
    Cursor begin() throws Exception {
        Cursor here = known;
        if (here == null) {
            here = cursors.position(name.node(), name.sink())
                    .toCompletableFuture()
                    .get(STORE_SECONDS, TimeUnit.SECONDS)
                    .map(Cursor::parse)
                    .orElse(Cursor.start());
            known = here;
        }
        return here;
    }

    /** It has passed over what concerns it not. */
    void skip(Cursor cursor) {
        known = cursor;
    }

    /** It has come so far. */
    void move(Cursor cursor) {
        known = cursor;
        unsaved = true;
        save();
    }

    /** Tells the store what it does not know yet, unless it is being told something else. */
    void save() {
        Cursor here = known;
        if (here == null || !saving.isDone()) {
            return;
        }
        if (saving.isCompletedExceptionally()) {
            unsaved = true;
        }
        if (unsaved) {
            unsaved = false;
            saving = cursors.move(name.node(), name.sink(), here.text(), clock.instant())
                    .toCompletableFuture();
            saving.whenComplete((moved, failure) -> told(failure));
        }
    }

    /** Waits until the store knows, or for as long as it may take to answer. */
    void finish() {
        try {
            saving.get(STORE_SECONDS, TimeUnit.SECONDS);
            save();
            saving.get(STORE_SECONDS, TimeUnit.SECONDS);
        } catch (Exception e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            log.warn(
                    "{} will repeat records at the next start: the store was not told of them: {}",
                    name.sink(),
                    e.toString());
        }
    }

    private void told(@Nullable Throwable failure) {
        if (failure != null && !complained) {
            log.warn("the store does not keep how far {} has come; tried again: {}", name.sink(), failure.toString());
        }
        complained = failure != null;
    }
}
