package io.sallyport.api.guardrail;

import java.util.Set;

/**
 * Who may decide a held action. The requester, and the human on whose behalf the requester acts, never may.
 *
 * @param issuer the name of the issuer whose groups are meant
 * @param groups any of these groups is enough
 * @param required how many distinct people must approve, at least 1
 */
public record Approvers(String issuer, Set<String> groups, int required) {

    /** Checks and copies. */
    public Approvers {
        groups = Set.copyOf(groups);
        if (required < 1 || groups.isEmpty()) {
            throw new IllegalArgumentException("an approval needs at least one group and one person");
        }
    }
}
