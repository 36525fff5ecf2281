package io.sallyport.identity;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A signed token in its compact form (RFC 7515, section 7.1), taken apart and not believed yet. Of the header only
 * {@code alg}, {@code kid} and {@code typ} are read: keys that a token brings or points to are never looked at.
 *
 * @param algorithm what the token says about its signature
 * @param kid which key it names, null if none
 * @param claims what it claims
 * @param signed the bytes that are signed
 * @param signature the signature
 */
record TokenText(String algorithm, @Nullable String kid, JsonNode claims, byte[] signed, byte[] signature) {

    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** Other kinds of signed JSON, such as logout tokens, are no logins (RFC 8725, section 3.11). */
    private static final Set<String> TYPES = Set.of("jwt", "jose", "at+jwt", "application/at+jwt", "application/jwt");

    private static final int LONGEST_KID = 512;

    /** Takes a token apart. */
    static TokenText parse(byte[] token) throws RejectedException {
        int first = indexOf(token, 0);
        int second = first < 0 ? -1 : indexOf(token, first + 1);
        if (second < 0 || indexOf(token, second + 1) >= 0) {
            throw new RejectedException("the token does not have the three parts of a signed one");
        }
        JsonNode header = json(decoded(token, 0, first), "header");
        JsonNode claims = json(decoded(token, first + 1, second), "payload");
        byte[] signature = decoded(token, second + 1, token.length);
        if (header.has("crit")) {
            throw new RejectedException("the header has critical extensions, none of which is understood");
        }
        String type = text(header, "typ");
        if (type != null && !TYPES.contains(type.toLowerCase(Locale.ROOT))) {
            throw new RejectedException("typ is " + RejectedException.shown(type) + ", expected 'JWT' or 'at+jwt'");
        }
        String algorithm = text(header, "alg");
        String kid = text(header, "kid");
        if (algorithm == null || (kid != null && kid.length() > LONGEST_KID)) {
            throw new RejectedException("the header has no alg, or a kid without end");
        }
        return new TokenText(algorithm, kid, claims, Arrays.copyOf(token, second), signature);
    }

    /** A component of text; null if absent. */
    static @Nullable String text(JsonNode object, String name) throws RejectedException {
        JsonNode node = object.get(name);
        if (node == null) {
            return null;
        }
        if (!node.isTextual()) {
            throw new RejectedException(name + " is not text");
        }
        return node.textValue();
    }

    /** An object out of bytes in which no name stands twice. */
    static JsonNode json(byte[] bytes, String what) throws RejectedException {
        try {
            JsonNode node = JSON.readTree(bytes);
            if (node != null && node.isObject()) {
                return node;
            }
        } catch (IOException e) {
            throw new RejectedException("the " + what + " is not JSON in which every name stands once");
        }
        throw new RejectedException("the " + what + " is not a JSON object");
    }

    private static byte[] decoded(byte[] token, int from, int to) throws RejectedException {
        try {
            String part = new String(token, from, to - from, StandardCharsets.ISO_8859_1);
            if (!part.isEmpty() && part.indexOf('=') < 0) {
                return Base64.getUrlDecoder().decode(part);
            }
        } catch (IllegalArgumentException e) {
            throw new RejectedException("a part of the token is not base64url");
        }
        throw new RejectedException("a part of the token is empty or padded");
    }

    private static int indexOf(byte[] token, int from) {
        for (int i = from; i < token.length; i++) {
            if (token[i] == '.') {
                return i;
            }
        }
        return -1;
    }
}
