package io.sallyport.tree.sample.store;

import io.sallyport.tree.sample.journal.segment.Above;

/** Breaks the order. */
public final class Below {

    /** Uses a room that stands before its own. */
    public Above above() {
        return new Above();
    }
}
