package io.sallyport.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/**
 * A copy in memory of something in the store. Whoever changes the original moves its generation on; the copy is read again
 * only when that has happened.
 *
 * <ol>
 *   <li>{@link #value} and {@link #isFresh} never block, whatever the store does.
 *   <li>A copy never goes back to an older generation, in whatever order looks complete.
 *   <li>A copy that was last compared more than five seconds ago is not fresh.
 * </ol>
 *
 * @param <T> what is copied; immutable
 */
public final class StoreCopy<T> {

    /** How old the copy may be. */
    public static final Duration FRESH = Duration.ofSeconds(5);

    private final Store store;
    private final InstantSource clock;
    private final String name;
    private final Store.Work<T> reading;
    private volatile Copy<T> copy;
    private volatile Instant compared = Instant.MIN;

    /**
     * A copy that has not been read yet.
     *
     * @param name the name of the generation in the store
     * @param empty what it is until then
     * @param reading reads the original
     */
    public StoreCopy(Store store, InstantSource clock, String name, T empty, Store.Work<T> reading) {
        this.store = store;
        this.clock = clock;
        this.name = name;
        this.reading = reading;
        this.copy = new Copy<>(-1, empty);
    }

    /**
     * What a look has changed.
     *
     * @param before the copy until now
     * @param after the copy from now on
     */
    public record Change<T>(T before, T after) {}

    private record Copy<T>(long generation, T value) {}

    /** The copy. */
    public T value() {
        return copy.value();
    }

    /** Whether the copy is recent enough to admit by. */
    public boolean isFresh() {
        Instant last = compared;
        if (last.equals(Instant.MIN)) {
            return false;
        }
        Duration age = Duration.between(last, clock.instant());
        // A clock that was set back says nothing about the copy's age.
        return age.compareTo(FRESH) <= 0 && age.compareTo(FRESH.negated()) >= 0;
    }

    /** Compares the copy with the store. */
    public CompletionStage<Optional<Change<T>>> look() {
        Instant begun = clock.instant();
        long known = copy.generation();
        return taken(begun, store.read(handle -> changed(handle, known)));
    }

    /** Writes something, and compares the copy with the store in the same transaction. */
    public CompletionStage<Optional<Change<T>>> look(Consumer<Handle> first) {
        Instant begun = clock.instant();
        long known = copy.generation();
        return taken(begun, store.write(handle -> {
            first.accept(handle);
            return changed(handle, known);
        }));
    }

    /** Says that the original changes; within the transaction that changes it. */
    public static void moveOn(Handle handle, String name) {
        handle.createUpdate("UPDATE generations SET value = value + 1 WHERE name = :name")
                .bind("name", name)
                .execute();
    }

    private CompletionStage<Optional<Change<T>>> taken(Instant begun, CompletionStage<Optional<Copy<T>>> read) {
        return read.thenApply(next -> {
            Optional<Change<T>> change = next.flatMap(this::take);
            compared = begun;
            return change;
        });
    }

    private Optional<Copy<T>> changed(Handle handle, long known) {
        // The number first: rows that come between the two reads are read again next time.
        long generation = handle.createQuery("SELECT value FROM generations WHERE name = :name")
                .bind("name", name)
                .mapTo(Long.class)
                .one();
        return generation == known ? Optional.empty() : Optional.of(new Copy<>(generation, reading.run(handle)));
    }

    private synchronized Optional<Change<T>> take(Copy<T> next) {
        Copy<T> previous = copy;
        if (next.generation() <= previous.generation()) {
            return Optional.empty();
        }
        copy = next;
        return Optional.of(new Change<>(previous.value(), next.value()));
    }
}
