package io.sallyport.approval;

/** What became of somebody's attempt to decide an approval. */
public sealed interface Answer {

    /** This was the last yes that was needed. */
    record Approved() implements Answer {}

    /**
     * The yes counts, and more people are needed.
     *
     * @param count how many people have said yes
     * @param required how many are needed
     */
    record Recorded(int count, int required) implements Answer {}

    /** The no ends the request. */
    record Rejected() implements Answer {}

    /**
     * Too late: nothing changed.
     *
     * @param state how the approval stands
     */
    record AlreadyDecided(ApprovalState state) implements Answer {}

    /**
     * This person may not decide this approval: nothing changed.
     *
     * @param reason why, for this person
     */
    record NotAllowed(String reason) implements Answer {}

    /** There is no such approval. */
    record Unknown() implements Answer {}
}
