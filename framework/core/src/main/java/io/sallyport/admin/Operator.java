package io.sallyport.admin;

import io.sallyport.api.principal.Principal;
import java.util.Collections;
import java.util.Set;

/**
 * Principals with a role.
 *
 * @param issuer the issuer's name
 * @param groups any of these is enough
 * @param role what they may do
 */
public record Operator(String issuer, Set<String> groups, Role role) {

    /** Copies the groups. */
    public Operator {
        groups = Set.copyOf(groups);
    }

    boolean matches(Principal principal) {
        return issuer.equals(principal.issuer()) && !Collections.disjoint(groups, principal.groups());
    }
}
