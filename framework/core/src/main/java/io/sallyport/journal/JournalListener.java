package io.sallyport.journal;

import io.sallyport.journal.proof.Checkpoint;

/** Hears from the journal's own threads. It must return soon: what it delays is the next checkpoint or the next spare segment. */
public interface JournalListener {

    /** The journal's health changed; {@code UNAVAILABLE} arrives within two seconds of the first refused record. */
    default void health(JournalHealth health) {}

    /** A checkpoint was signed and is on the disk. */
    default void checkpoint(Checkpoint checkpoint) {}
}
