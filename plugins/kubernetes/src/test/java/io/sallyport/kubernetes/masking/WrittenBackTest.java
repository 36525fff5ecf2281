package io.sallyport.kubernetes.masking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.sallyport.api.guardrail.Mask.Strength;
import io.sallyport.api.guardrail.Masking;
import io.sallyport.kubernetes.naming.RequestNaming;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WrittenBackTest {

    private static final String SECRET = "/api/v1/namespaces/prod/secrets/s";
    private static final String CONFIG = "/api/v1/namespaces/prod/configmaps/c";

    private static @Nullable String found(Masking masking, String method, String path, String type, String body) {
        return AnswerMasking.writtenBack(
                RequestNaming.of(method, path), masking, type, body.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest(name = "{1}: {2}")
    @DisplayName("K8S-14: a masked value that is written back is found, in every form of body")
    @CsvSource(
            delimiter = '|',
            value = {
                "PUT | application/json | {\"metadata\":{\"labels\":{\"app\":\"b\"}},\"data\":{\"p\":\"W3JlZGFjdGVkXQ==\"}} | data.p",
                "PUT | application/json | {\"stringData\":{\"p\":\"[redacted]\"}} | stringData.p",
                "PATCH | application/merge-patch+json | {\"data\":{\"p\":\"W3JlZGFjdGVkXQ==\"}} | data.p",
                "PATCH | application/strategic-merge-patch+json | {\"data\":{\"q\":\"eA==\",\"p\":\"W3JlZGFjdGVkXQ==\"}} | data.p",
                "PATCH | application/json-patch+json |"
                        + " [{\"op\":\"replace\",\"path\":\"/data/p\",\"value\":\"W3JlZGFjdGVkXQ==\"}] | [].value",
                "PATCH | application/apply-patch+yaml | {data: {p: W3JlZGFjdGVkXQ==}} | data.p",
                "PUT | application/json | {\"data\":{\"p\":\"W3JlZGFjdGVk\\u0058Q==\"}} | data.p",
                "PUT | application/json | {\"data\":{\"p\":\"KioqKioqMg==\"}} | data.p",
                "PUT | application/json | {\"data\":{\"p\":\"aGFzaC1hYmNkZWZnaGlqa2xtbm9wYWJjZA==\"}} | data.p",
                "PUT | application/vnd.kubernetes.protobuf | k8s..[redacted]..\"data\" | a body that cannot be read"
            })
    void found(String method, String type, String body, String where) {
        // When
        String found = found(Maskings.secrets(), method, SECRET, type, body);

        // Then
        assertEquals(where, found);
    }

    @Test
    @DisplayName("K8S-14: it is found in the annotation that repeats the Secret")
    void annotation() {
        // When
        String found = found(
                Maskings.secrets(),
                "PUT",
                SECRET,
                "application/json",
                "{\"metadata\":{\"annotations\":{\"kubectl.kubernetes.io/last-applied-configuration\":"
                        + "\"{\\\"data\\\":{\\\"p\\\":\\\"W3JlZGFjdGVkXQ==\\\"}}\"}}}");

        // Then
        assertEquals("metadata.annotations.kubectl.kubernetes.io/last-applied-configuration", found);
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("K8S-14: a change without masked values passes")
    @ValueSource(
            strings = {
                "{\"metadata\":{\"annotations\":{\"a\":\"b\"}}}",
                "{\"data\":{\"p\":\"aHVudGVyMg==\"}}",
                "{\"data\":{\"p\":null}}",
                "{\"metadata\":{\"labels\":{\"app\":\"b\"}},\"type\":\"Opaque\"}"
            })
    void notFound(String body) {
        // When
        String found = found(Maskings.secrets(), "PATCH", SECRET, "application/merge-patch+json", body);

        // Then
        assertNull(found);
    }

    @Test
    @DisplayName("K8S-14: a whole object whose masked values are null is found")
    void nulls() {
        // Given
        Masking masking = Maskings.fields(Strength.NULL, "secrets/data/*");

        // When
        String found = found(masking, "PUT", SECRET, "application/json", "{\"data\":{\"p\":null}}");

        // Then
        assertEquals("data.p", found);
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("what detectors left of a value is found")
    @ValueSource(
            strings = {
                "write to b**@*******.com",
                "card ************1111 expired",
                "card **** **** **** 1111",
                "ssn ***-**-****",
                "AKIA****************"
            })
    void detected(String value) {
        // When
        String found =
                found(Maskings.detectors(), "PUT", CONFIG, "application/json", "{\"data\":{\"k\":\"" + value + "\"}}");

        // Then
        assertEquals("data.k", found);
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("stars that people write are not taken for a mask's")
    @ValueSource(
            strings = {
                "*/5 * * * *",
                "/************************\\n * licence\\n ***********************/",
                "**bold** and *more*",
                "--- *** ---",
                "a * b ** c",
                "npm @scope/* and @*/x",
                "user:********"
            })
    void stars(String value) {
        // When
        String found =
                found(Maskings.detectors(), "PUT", CONFIG, "application/json", "{\"data\":{\"k\":\"" + value + "\"}}");

        // Then
        assertNull(found);
    }

    @Test
    @DisplayName("a kind of which nothing is masked may hold what looks like a mask")
    void otherKinds() {
        // When
        String found =
                found(Maskings.secrets(), "PUT", CONFIG, "application/json", "{\"data\":{\"k\":\"[redacted]\"}}");

        // Then
        assertNull(found);
    }

    @Test
    @DisplayName("reading is never writing back")
    void reading() {
        // When
        String found =
                found(Maskings.secrets(), "GET", SECRET, "application/json", "{\"data\":{\"p\":\"[redacted]\"}}");

        // Then
        assertNull(found);
    }
}
