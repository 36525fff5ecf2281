package io.sallyport.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import java.text.ParseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An issuer's public keys as they were at one time (RFC 7517, section 5). */
final class KeySet {

    private static final int MOST_KEYS = 100;

    private final List<JWK> keys;
    private final Set<String> thumbprints;
    private final Instant fetched;

    private KeySet(List<JWK> keys, Set<String> thumbprints, Instant fetched) {
        this.keys = List.copyOf(keys);
        this.thumbprints = Set.copyOf(thumbprints);
        this.fetched = fetched;
    }

    /**
     * Reads a key set; keys that are not understood are left out, and a set without any other is refused.
     *
     * @param bundle whether it is a trust domain's bundle, in which only keys for tokens count (SPIFFE Trust Domain and
     *     Bundle, section 4.2)
     */
    static KeySet parse(byte[] json, boolean bundle, Instant fetched) throws RejectedException {
        List<JWK> keys = new ArrayList<>();
        Set<String> thumbprints = new HashSet<>();
        for (JsonNode node : TokenText.json(json, "key set").path("keys")) {
            JWK key = bundle ? parseOfBundle(node) : parse(node);
            if (key != null && keys.size() < MOST_KEYS) {
                keys.add(key);
                thumbprints.add(thumbprint(key));
            }
        }
        if (keys.isEmpty()) {
            throw new RejectedException("the key set has no usable key");
        }
        return new KeySet(keys, thumbprints, fetched);
    }

    /** When the set was fetched. */
    Instant fetched() {
        return fetched;
    }

    /**
     * The keys that may verify: those of that name; without a name the only one of the right type.
     *
     * @throws RejectedException if the token names no key and several would do
     */
    List<JWK> select(String algorithm, @Nullable String kid) throws RejectedException {
        List<JWK> fitting = new ArrayList<>();
        for (JWK key : keys) {
            if ((kid == null || kid.equals(key.getKeyID())) && Signatures.fits(key, algorithm)) {
                fitting.add(key);
            }
        }
        if (kid == null && fitting.size() > 1) {
            throw new RejectedException("the token names no key, and the issuer has several for " + algorithm);
        }
        return fitting;
    }

    /** Whether the key of that thumbprint is in the set. */
    boolean contains(String thumbprint) {
        return thumbprints.contains(thumbprint);
    }

    /** What identifies a key whatever its name (RFC 7638). */
    static String thumbprint(JWK key) {
        try {
            return key.computeThumbprint().toString();
        } catch (JOSEException e) {
            throw new IllegalStateException("the JDK has SHA-256", e);
        }
    }

    private static @Nullable JWK parseOfBundle(JsonNode node) {
        return node instanceof ObjectNode key && key.path("use").asText().equals("jwt-svid")
                ? parse(key.deepCopy().put("use", "sig"))
                : null;
    }

    private static @Nullable JWK parse(JsonNode node) {
        try {
            JWK key = JWK.parse(node.toString());
            boolean usable = Signatures.ALGORITHMS.stream().anyMatch(algorithm -> Signatures.fits(key, algorithm));
            return usable ? key.toPublicJWK() : null;
        } catch (ParseException | IllegalArgumentException e) {
            return null;
        }
    }
}
