package io.sallyport.grant;

import io.sallyport.api.principal.Principal;
import java.util.Map;
import java.util.Set;

/**
 * The principals of a grant. Every condition that is given must hold.
 *
 * @param issuer the issuer's name
 * @param subjects any of these subjects, or empty for all
 * @param groups any of these groups, or empty for all
 * @param claims all of these claims, with exactly these values
 */
public record Who(String issuer, Set<String> subjects, Set<String> groups, Map<String, String> claims) {

    /** Copies the collections. */
    public Who {
        subjects = Set.copyOf(subjects);
        groups = Set.copyOf(groups);
        claims = Map.copyOf(claims);
    }

    boolean matches(Principal principal) {
        return issuer.equals(principal.issuer())
                && (subjects.isEmpty() || subjects.contains(principal.subject()))
                && (groups.isEmpty() || groups.stream().anyMatch(principal.groups()::contains))
                && claims.entrySet().stream().allMatch(claim -> claim.getValue()
                        .equals(principal.claims().get(claim.getKey())));
    }
}
