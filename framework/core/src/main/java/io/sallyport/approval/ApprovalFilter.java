package io.sallyport.approval;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which approvals to list, newest first.
 *
 * @param states in these states; all if empty
 * @param session of this session; of all if null
 * @param limit at most so many, 1 to 1,000
 */
public record ApprovalFilter(
        Set<ApprovalState> states, @Nullable String session, int limit) {

    /** Copies the states and checks the limit. */
    public ApprovalFilter {
        states = Set.copyOf(states);
        if (limit < 1 || limit > 1_000) {
            throw new IllegalArgumentException("a limit is 1 to 1000");
        }
    }

    /** Approvals in the given states, 200 at most. */
    public static ApprovalFilter in(ApprovalState... states) {
        return new ApprovalFilter(Set.of(states), null, 200);
    }
}
