package io.sallyport.journal;

/**
 * Whether the journal can write.
 *
 * @param state how it stands
 * @param reason why, for a person; empty when healthy
 */
public record JournalHealth(State state, String reason) {

    /** How the journal stands. */
    public enum State {
        /** Everything works. */
        HEALTHY,
        /** Records are still taken, but there is no segment to go on with or no signature: open no new session. */
        LOW,
        /** Records are refused: end the sessions. */
        UNAVAILABLE
    }

    static JournalHealth healthy() {
        return new JournalHealth(State.HEALTHY, "");
    }
}
