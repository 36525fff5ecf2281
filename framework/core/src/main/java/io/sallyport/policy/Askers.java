package io.sallyport.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.api.principal.Principal;
import io.sallyport.config.Configuration;
import io.sallyport.identity.IssuerSettings;
import io.sallyport.identity.WrittenClaims;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes principals of what a person writes: {@code ISSUER:SUBJECT} with claims, or the claims of a token alone. Nothing is
 * verified; the claims are read as a verified token's are.
 */
public final class Askers {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<IssuerSettings> issuers;

    /** Knows the issuers of a configuration. */
    public Askers(Configuration configuration) {
        this.issuers = configuration.issuers();
    }

    /**
     * The principal that somebody means.
     *
     * @param spelled {@code ISSUER:SUBJECT}, with the issuer's name in the configuration; or claims as a JSON object, or a
     *     token, of both of which {@code iss} names the issuer
     * @param claims more claims as a JSON object, null for none
     * @param groups groups beside those in the claims
     * @throws IllegalArgumentException if nobody can be meant, or a token like this would be refused
     */
    public Principal read(String spelled, @Nullable String claims, List<String> groups) {
        String text = spelled.strip();
        if (text.startsWith("{")) {
            return read(object(text), claims, groups);
        }
        if (text.startsWith("eyJ") && text.indexOf('.') > 0) {
            return read(payload(text), claims, groups);
        }
        int colon = text.indexOf(':');
        if (colon < 1 || colon == text.length() - 1) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no principal: write ISSUER:SUBJECT, claims as a JSON object, or a token");
        }
        ObjectNode object = JSON.createObjectNode().put("sub", text.substring(colon + 1));
        return principal(named(text.substring(0, colon)), object, claims, groups);
    }

    private Principal read(ObjectNode object, @Nullable String claims, List<String> groups) {
        String iss = object.path("iss").asText();
        IssuerSettings issuer = issuers.stream()
                .filter(candidate -> candidate.issuer().equals(iss))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the claims have "
                        + (iss.isEmpty() ? "no iss" : "the iss '" + iss + "'") + "; known are "
                        + issuers.stream().map(IssuerSettings::issuer).toList()));
        return principal(issuer, object, claims, groups);
    }

    private Principal principal(
            IssuerSettings issuer, ObjectNode object, @Nullable String claims, List<String> groups) {
        if (claims != null) {
            object.setAll(object(claims));
        }
        issuer.require().forEach((name, value) -> {
            if (!object.has(name)) {
                object.put(name, value);
            }
        });
        if (!groups.isEmpty()) {
            addGroups(issuer, object, groups);
        }
        return WrittenClaims.principal(object.toString(), issuer);
    }

    private static void addGroups(IssuerSettings issuer, ObjectNode object, List<String> groups) {
        String claim = issuer.groups();
        if (claim == null) {
            throw new IllegalArgumentException("issuer " + issuer.name() + " has no claim with groups");
        }
        ArrayNode all = JSON.createArrayNode();
        groups.forEach(all::add);
        if (object.get(claim) instanceof ArrayNode known) {
            known.forEach(all::add);
        }
        object.set(claim, all);
    }

    private IssuerSettings named(String name) {
        return issuers.stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no issuer '" + name + "'; known are "
                        + issuers.stream().map(IssuerSettings::name).collect(Collectors.toCollection(TreeSet::new))));
    }

    private static ObjectNode payload(String token) {
        int from = token.indexOf('.') + 1;
        int to = token.indexOf('.', from);
        try {
            byte[] payload = Base64.getUrlDecoder().decode(token.substring(from, to < 0 ? token.length() : to));
            return object(new String(payload, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the token cannot be read", e);
        }
    }

    private static ObjectNode object(String text) {
        try {
            JsonNode node = JSON.readTree(text);
            if (node instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the claims are not JSON: " + e.getOriginalMessage(), e);
        }
        throw new IllegalArgumentException("the claims are no JSON object");
    }
}
