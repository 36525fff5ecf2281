package io.sallyport.identity;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.api.principal.Principal;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes principals of verified claims. Identity is issuer and {@code sub}; an e-mail address that the issuer does not call
 * verified can be shown, but no grant sees it.
 */
final class Principals {

    private Principals() {}

    static Principal of(JsonNode claims, IssuerSettings issuer) throws RejectedException {
        String subject = TokenText.text(claims, "sub");
        if (subject == null || subject.isEmpty() || ClaimTemplate.firstUnseen(subject) != null) {
            throw new RejectedException("sub is missing, or has characters that cannot be seen");
        }
        if (issuer.spiffe()) {
            checkWorkload(subject, issuer);
        }
        Map<String, String> all = Claims.of(claims);
        try {
            String display = issuer.display().fill(all);
            ClaimTemplate human = issuer.onBehalfOf();
            String onBehalfOf = human == null ? null : human.fill(all);
            if (!"true".equals(all.get("email_verified"))) {
                all.remove("email");
            }
            return new Principal(issuer.name(), subject, display, groups(claims, issuer), all, onBehalfOf);
        } catch (IllegalArgumentException e) {
            throw new RejectedException(String.valueOf(e.getMessage()));
        }
    }

    private static void checkWorkload(String subject, IssuerSettings issuer) throws RejectedException {
        try {
            SpiffeId id = SpiffeId.parse(subject);
            if (!id.path().isEmpty() && issuer.issuer().equals(SpiffeId.SCHEME + id.trustDomain())) {
                return;
            }
        } catch (IllegalArgumentException e) {
            throw new RejectedException("sub is " + RejectedException.shown(subject) + ": " + e.getMessage());
        }
        throw new RejectedException(
                "sub is " + RejectedException.shown(subject) + ", expected a workload of " + issuer.issuer());
    }

    /** Whether the issuer has groups to tell but left them out; the address that it offers instead is never asked. */
    static boolean groupsLeftOut(JsonNode claims, IssuerSettings issuer) {
        String name = issuer.groups();
        JsonNode elsewhere = claims.get("_claim_names");
        JsonNode has = claims.get("hasgroups");
        return name != null
                && ((elsewhere != null && elsewhere.has(name))
                        || (has != null && !has.asText().equals("false")));
    }

    private static Set<String> groups(JsonNode claims, IssuerSettings issuer) throws RejectedException {
        Set<String> groups = new LinkedHashSet<>();
        String name = issuer.groups();
        JsonNode node = name == null || groupsLeftOut(claims, issuer) ? null : find(claims, name);
        if (node == null || node.isNull()) {
            return groups;
        }
        if (node.isTextual()) {
            groups.add(node.textValue());
            return groups;
        }
        if (!node.isArray()) {
            throw new RejectedException("the claim '" + name + "' is no list of groups");
        }
        for (JsonNode group : node) {
            if (!group.isTextual()) {
                throw new RejectedException("the claim '" + name + "' has a group that is not text");
            }
            groups.add(group.textValue());
        }
        return groups;
    }

    /** The claim of that name; else, where the name has dots, what lies there in nested claims. */
    private static @Nullable JsonNode find(JsonNode claims, String name) {
        JsonNode node = claims.get(name);
        if (node != null) {
            return node;
        }
        node = claims;
        for (String part : name.split("\\.", -1)) {
            node = node == null ? null : node.get(part);
        }
        return node;
    }
}
