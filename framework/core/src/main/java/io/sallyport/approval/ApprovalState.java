package io.sallyport.approval;

import java.util.Locale;

/**
 * Where an approval stands.
 *
 * <pre>
 *              ┌── people ──► APPROVED ── the waiting node ──► USED
 *              │                 └── client left ──► CARRIED (carry) or WITHDRAWN
 *   PENDING ───┼── one of them ──► REJECTED
 *              ├── time ──► EXPIRED
 *              └── client left ──► ORPHANED (carry) or WITHDRAWN
 *   ORPHANED ──── people ──► CARRIED ── an identical request ──► USED
 *      │  └── an identical request ──► PENDING
 *      └── as PENDING: REJECTED, EXPIRED
 * </pre>
 */
public enum ApprovalState {
    /** A client waits for people. */
    PENDING,
    /** The client left, but an identical request may come back: people can still decide. */
    ORPHANED,
    /** People said yes; the waiting node has not taken it yet. */
    APPROVED,
    /** People said yes and nobody waits: an identical request may take it within the carry time. */
    CARRIED,
    /** Taken: it allowed one action. */
    USED,
    /** Somebody said no. */
    REJECTED,
    /** Nobody decided in time, or nobody came back for it. */
    EXPIRED,
    /** The client left. */
    WITHDRAWN;

    /** Whether people can still decide it. */
    public boolean open() {
        return this == PENDING || this == ORPHANED;
    }

    /** The word used in the store, the API and the command line. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads the word.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static ApprovalState of(String word) {
        for (ApprovalState state : values()) {
            if (state.word().equals(word)) {
                return state;
            }
        }
        throw new IllegalArgumentException("'" + word
                + "' is no state; states are pending, orphaned, approved, carried, used, rejected, expired, withdrawn");
    }
}
