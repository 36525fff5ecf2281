package io.sallyport.approval;

import java.util.List;

/** How a held action's wait ended. Only {@link Approved} lets it run. */
public sealed interface Decision {

    /**
     * People said yes, and this ticket has taken the approval: no other can.
     *
     * @param approval the approval's identifier
     * @param by who said yes, distinct people
     * @param carried whether an earlier request of the same principal was approved after its client had left
     */
    record Approved(String approval, List<Vote> by, boolean carried) implements Decision {
        /** Copies the list. */
        public Approved {
            by = List.copyOf(by);
        }
    }

    /** Somebody who may decide said no. */
    record Rejected(Vote by) implements Decision {}

    /** Nobody decided in time. */
    record Expired() implements Decision {}

    /** The client left. */
    record Withdrawn(String reason) implements Decision {}

    /** It cannot be known what people decided: the store does not answer. */
    record Unavailable(String reason) implements Decision {}
}
