package io.sallyport.approval.access;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sallyport.api.principal.Principal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The part of a request that the store keeps without looking into it, as JSON in ASCII: neither database then meets a
 * character that it cannot keep.
 *
 * @param display the requester's name for people
 * @param onBehalfOf the human behind the requester
 * @param claims the requester's claims, without long ones
 * @param reason why access is asked for
 * @param ticket the ticket
 * @param opens what the grant opens
 */
record AccessDocument(
        String display,
        @Nullable String onBehalfOf,
        Map<String, String> claims,
        String reason,
        @Nullable String ticket,
        List<String> opens) {

    private static final int CLAIMS = 32;
    private static final int CLAIM_LENGTH = 256;
    private static final int LINES = 200;

    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    static AccessDocument of(AccessRequest request) {
        Principal principal = request.principal();
        Map<String, String> claims = new TreeMap<>();
        new TreeMap<>(principal.claims())
                .entrySet().stream()
                        .filter(claim -> claim.getValue().length() <= CLAIM_LENGTH)
                        .limit(CLAIMS)
                        .forEach(claim -> claims.put(claim.getKey(), claim.getValue()));
        List<String> opens = request.terms().opens();
        return new AccessDocument(
                principal.display(),
                principal.onBehalfOf(),
                claims,
                request.reason(),
                request.ticket(),
                opens.size() > LINES ? opens.subList(0, LINES) : opens);
    }

    static AccessDocument read(String json) {
        return read(json, AccessDocument.class);
    }

    String write() {
        return json(this);
    }

    static String groups(Set<String> groups) {
        return json(new TreeSet<>(groups));
    }

    static Set<String> groups(String json) {
        return Set.copyOf(List.of(read(json, String[].class)));
    }

    private static <T> T read(String json, Class<T> type) {
        try {
            return JSON.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a request for access in the store is not readable", e);
        }
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a request for access cannot be kept", e);
        }
    }
}
