package io.sallyport.approval.access;

import io.sallyport.api.principal.Principal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which requests for access to list, newest first.
 *
 * @param states in these states; all if empty
 * @param requester of this principal; of all if null
 * @param limit at most so many, 1 to 1,000
 */
public record AccessFilter(
        Set<AccessState> states, @Nullable Principal requester, int limit) {

    /** Copies the states and checks the limit. */
    public AccessFilter {
        states = Set.copyOf(states);
        if (limit < 1 || limit > 1_000) {
            throw new IllegalArgumentException("a limit is 1 to 1000");
        }
    }
}
