package io.sallyport.approval.access;

import java.util.Locale;

/**
 * Where a request for access stands.
 *
 * <pre>
 *   PENDING ──┬── people ──────────► APPROVED ──┬── its time is over ──► ENDED
 *             ├── one of them ─────► REJECTED   └── somebody ends it ──► REVOKED
 *             ├── time ────────────► EXPIRED
 *             └── requester ───────► REVOKED
 * </pre>
 *
 * Break-glass access begins as APPROVED.
 */
public enum AccessState {
    /** It waits for people. */
    PENDING,
    /** The grant is in force for the requester. */
    APPROVED,
    /** Somebody said no. */
    REJECTED,
    /** Nobody decided in time. */
    EXPIRED,
    /** Somebody ended it before its time. */
    REVOKED,
    /** Its time is over. */
    ENDED;

    /** The word used in the store, the API and the command line. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads the word.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static AccessState of(String word) {
        for (AccessState state : values()) {
            if (state.word().equals(word)) {
                return state;
            }
        }
        throw new IllegalArgumentException(
                "'" + word + "' is no state; states are pending, approved, rejected, expired, revoked, ended");
    }
}
