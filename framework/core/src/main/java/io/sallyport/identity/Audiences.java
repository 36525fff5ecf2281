package io.sallyport.identity;

import java.util.HashSet;
import java.util.Set;

/**
 * Which of an issuer's audiences open a door. The admin API has one of its own, and its tokens open nothing else.
 *
 * @param named the audiences that are named
 * @param only whether these alone are accepted, or all others
 */
public record Audiences(Set<String> named, boolean only) {

    /** Copies the audiences. */
    public Audiences {
        named = Set.copyOf(named);
    }

    /** That audience alone. */
    public static Audiences only(String audience) {
        return new Audiences(Set.of(audience), true);
    }

    /** Every audience of the issuer but that one. */
    public static Audiences except(String audience) {
        return new Audiences(Set.of(audience), false);
    }

    /** Every audience of the issuer. */
    public static Audiences any() {
        return new Audiences(Set.of(), false);
    }

    /** The issuer's audiences that are accepted. */
    Set<String> of(IssuerSettings issuer) {
        Set<String> accepted = new HashSet<>(issuer.audiences());
        if (only) {
            accepted.retainAll(named);
        } else {
            accepted.removeAll(named);
        }
        return accepted;
    }
}
