package io.sallyport.api.principal;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who acts: an identity that an issuer vouches for. Two principals are the same if and only if {@link #issuer()} and
 * {@link #subject()} are; everything else is description.
 *
 * @param issuer the issuer's name in the configuration
 * @param subject the issuer's stable identifier, the {@code sub} claim of a token
 * @param display a name for people
 * @param groups the groups as the issuer says
 * @param claims the verified claims that are text, number or truth value, as text
 * @param onBehalfOf the human behind an automation, who cannot approve it; null if the issuer names none
 */
public record Principal(
        String issuer,
        String subject,
        String display,
        Set<String> groups,
        Map<String, String> claims,
        @Nullable String onBehalfOf) {

    /** Copies the collections. */
    public Principal {
        groups = Set.copyOf(groups);
        claims = Map.copyOf(claims);
    }

    /** Whether both are the same identity. */
    public boolean same(Principal other) {
        return issuer.equals(other.issuer) && subject.equals(other.subject);
    }
}
