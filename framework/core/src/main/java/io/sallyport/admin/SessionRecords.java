package io.sallyport.admin;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Reads the journal's records of a session. */
@FunctionalInterface
public interface SessionRecords {

    /**
     * A page of records in the session's order. Must not block; completes on any thread.
     *
     * @param session the session's identifier
     * @param from where to go on, from an earlier page; null for the beginning
     * @param limit at most so many
     */
    CompletionStage<Page> read(String session, @Nullable String from, int limit);

    /**
     * Some records.
     *
     * @param records each a JSON object
     * @param next where to go on, null at the end
     */
    record Page(List<String> records, @Nullable String next) {
        /** Copies the list. */
        public Page {
            records = List.copyOf(records);
        }
    }
}
