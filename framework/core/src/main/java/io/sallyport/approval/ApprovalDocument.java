package io.sallyport.approval;

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
 * The part of an approval that the store keeps without looking into it, as JSON in ASCII: neither database then meets a
 * character that it cannot keep.
 *
 * @param display the requester's name for people
 * @param onBehalfOf the human behind the requester
 * @param claims the requester's claims
 * @param reason why the rule holds the action
 * @param presentation what is shown
 */
record ApprovalDocument(
        String display,
        @Nullable String onBehalfOf,
        Map<String, String> claims,
        String reason,
        Presentation presentation) {

    private static final int LONGEST = 1 << 20;
    private static final int CLAIMS = 32;
    private static final int CLAIM_LENGTH = 256;

    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    static ApprovalDocument of(ApprovalRequest request) {
        Principal principal = request.principal();
        Map<String, String> claims = new TreeMap<>();
        new TreeMap<>(principal.claims())
                .entrySet().stream()
                        .filter(claim -> claim.getValue().length() <= CLAIM_LENGTH)
                        .limit(CLAIMS)
                        .forEach(claim -> claims.put(claim.getKey(), claim.getValue()));
        return new ApprovalDocument(
                principal.display(),
                principal.onBehalfOf(),
                claims,
                request.hold().reason(),
                request.presentation());
    }

    static ApprovalDocument read(String json) {
        try {
            return JSON.readValue(json, ApprovalDocument.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an approval in the store is not readable", e);
        }
    }

    /** The JSON text; throws if people could not read all of it. */
    String write() {
        long length = presentation.title().length() + (long) presentation.text().length();
        for (String parameter : presentation.parameters()) {
            length += parameter.length();
        }
        if (length > LONGEST) {
            throw new ApprovalsUnavailableException(
                    "the action has " + length + " characters, and more than " + LONGEST
                            + " cannot be shown to the people who decide; split it",
                    null);
        }
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new ApprovalsUnavailableException("the action cannot be shown to the people who decide", e);
        }
    }

    static String groups(Set<String> groups) {
        try {
            return JSON.writeValueAsString(new TreeSet<>(groups));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("group names cannot be written", e);
        }
    }

    static Set<String> groups(String json) {
        try {
            return Set.copyOf(List.of(JSON.readValue(json, String[].class)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an approval in the store is not readable", e);
        }
    }
}
