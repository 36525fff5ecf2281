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
 * character that it cannot keep. What may be long is kept apart, so that lists need not read it.
 *
 * @param display the requester's name for people
 * @param onBehalfOf the human behind the requester
 * @param claims the requester's claims
 * @param reason why the rule holds the action
 * @param title one line
 */
record ApprovalDocument(
        String display, @Nullable String onBehalfOf, Map<String, String> claims, String reason, String title) {

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
                request.presentation().title());
    }

    static ApprovalDocument read(String json) {
        try {
            return JSON.readValue(json, ApprovalDocument.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an approval in the store is not readable", e);
        }
    }

    String write() {
        return json(this);
    }

    /** What is shown, as JSON; throws if people could not read all of it. */
    static String body(Presentation presentation) {
        long length = presentation.title().length() + (long) presentation.text().length();
        for (String parameter : presentation.parameters()) {
            length += parameter.length();
        }
        for (Map.Entry<String, String> entry : presentation.context().entrySet()) {
            length += entry.getKey().length() + (long) entry.getValue().length();
        }
        if (length > LONGEST) {
            throw new ApprovalsUnavailableException(
                    "the action has " + length + " characters, and more than " + LONGEST
                            + " cannot be shown to the people who decide; split it",
                    null);
        }
        return json(presentation);
    }

    /** What is shown; the title alone where the body was not read. */
    Presentation presentation(String body) {
        try {
            return body.isEmpty()
                    ? new Presentation(title, "", List.of(), Map.of())
                    : JSON.readValue(body, Presentation.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an approval in the store is not readable", e);
        }
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new ApprovalsUnavailableException("the action cannot be shown to the people who decide", e);
        }
    }

    static String groups(Set<String> groups) {
        return json(new TreeSet<>(groups));
    }

    static Set<String> groups(String json) {
        try {
            return Set.copyOf(List.of(JSON.readValue(json, String[].class)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an approval in the store is not readable", e);
        }
    }
}
