package io.sallyport.launch.follow;

import io.sallyport.journal.record.JournalRecord;
import java.util.List;

/** Takes what is new in the journal. */
@FunctionalInterface
public interface Delivery {

    /**
     * Takes a batch, in the journal's order. A normal return acknowledges all of it; after an exception the same records come
     * again.
     *
     * @throws Exception if it cannot take them now
     */
    void deliver(List<JournalRecord> batch) throws Exception;
}
