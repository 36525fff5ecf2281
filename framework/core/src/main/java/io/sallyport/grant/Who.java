package io.sallyport.grant;

import io.sallyport.api.principal.Principal;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The principals of a grant. Every condition that is given must hold.
 *
 * @param issuer the issuer's name
 * @param subjects any of these subjects, or empty for all
 * @param groups any of these groups, or empty for all
 * @param claims all of these claims, with exactly these values
 */
public record Who(String issuer, Set<String> subjects, Set<String> groups, Map<String, String> claims) {

    private static final int LONGEST_SHOWN = 200;

    /** Copies the collections. */
    public Who {
        subjects = Set.copyOf(subjects);
        groups = Set.copyOf(groups);
        claims = Map.copyOf(claims);
    }

    boolean matches(Principal principal) {
        return difference(principal) == null;
    }

    /** What a principal lacks, for operators; null if nothing. */
    public @Nullable String difference(Principal principal) {
        if (!issuer.equals(principal.issuer())) {
            return "issuer is '" + principal.issuer() + "', expected '" + issuer + "'";
        }
        if (!subjects.isEmpty() && !subjects.contains(principal.subject())) {
            return "sub is " + shown(principal.subject()) + ", expected '"
                    + String.join("' or '", new TreeSet<>(subjects)) + "'";
        }
        if (!groups.isEmpty() && groups.stream().noneMatch(principal.groups()::contains)) {
            return "none of the groups is '" + String.join("' or '", new TreeSet<>(groups)) + "'";
        }
        for (Map.Entry<String, String> claim : new TreeMap<>(claims).entrySet()) {
            String value = principal.claims().get(claim.getKey());
            if (!claim.getValue().equals(value)) {
                return claim.getKey() + " is " + (value == null ? "missing" : shown(value)) + ", expected '"
                        + claim.getValue() + "'";
            }
        }
        return null;
    }

    /** A value out of a token as a log may show it. */
    private static String shown(String value) {
        StringBuilder text = new StringBuilder("'");
        value.codePoints()
                .limit(LONGEST_SHOWN)
                .forEach(c -> text.appendCodePoint(
                        c == ' ' || (c > ' ' && c < 0x7F) || Character.isLetterOrDigit(c) ? c : '?'));
        return text.append(value.length() > LONGEST_SHOWN ? "…'" : "'").toString();
    }
}
