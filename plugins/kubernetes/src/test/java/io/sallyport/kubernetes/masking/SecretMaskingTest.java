package io.sallyport.kubernetes.masking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.api.guardrail.Mask.Strength;
import io.sallyport.api.guardrail.Masking;
import io.sallyport.kubernetes.naming.RequestNaming;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretMaskingTest {

    private static final String SECRETS = "/api/v1/namespaces/prod/secrets";
    private static final String PLAIN = "aHVudGVyMg==";
    private static final String REDACTED = "W3JlZGFjdGVkXQ==";
    private static final String SECRET =
            "{\"kind\":\"Secret\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"s\",\"annotations\":{\"a\":\"b\"}},"
                    + "\"data\":{\"password\":\"aHVudGVyMg==\",\"user\":\"\"},\"type\":\"Opaque\"}";

    @Test
    @DisplayName("K8S-11: the values of a Secret are masked, and stay base64; names, type and the rest stay")
    void object() {
        // When
        String answer = Maskings.answer(Maskings.secrets(), "GET", SECRETS + "/s", SECRET);

        // Then
        assertEquals(SECRET.replace(PLAIN, REDACTED).replace("\"user\":\"\"", "\"user\":\"" + REDACTED + "\""), answer);
        assertEquals("[redacted]", new String(Base64.getDecoder().decode(REDACTED), StandardCharsets.US_ASCII));
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("K8S-11: the values are masked in whatever an object may stand in")
    @ValueSource(
            strings = {
                "{\"kind\":\"SecretList\",\"items\":[%s,%s]}",
                "{\"kind\":\"List\",\"items\":[%s]}",
                "{\"type\":\"ADDED\",\"object\":%s}\n{\"type\":\"MODIFIED\",\"object\":%s}\n",
                "{\"kind\":\"Table\",\"rows\":[{\"cells\":[\"s\",\"Opaque\",2,\"1d\"],\"object\":%s}]}",
                "{\"type\":\"ADDED\",\"object\":{\"kind\":\"Table\",\"rows\":[{\"cells\":[\"s\"],\"object\":%s}]}}\n"
            })
    void containers(String container) {
        // Given
        String body = container.replace("%s", SECRET);

        // When
        String answer = Maskings.answer(Maskings.secrets(), "GET", SECRETS, body);

        // Then
        assertFalse(answer.contains(PLAIN));
        assertEquals(body.replace(PLAIN, REDACTED).replace("\"user\":\"\"", "\"user\":\"" + REDACTED + "\""), answer);
    }

    @Test
    @DisplayName("K8S-01: a Table's cells stay as they are, and the Secret in a row is masked")
    void table() {
        // Given
        String body = "{\"kind\":\"Table\",\"columnDefinitions\":[{\"name\":\"Name\",\"type\":\"string\"}],"
                + "\"rows\":[{\"cells\":[\"s\",\"Opaque\",2,\"5m\"],\"object\":" + SECRET + "}]}";

        // When
        String answer = Maskings.answer(Maskings.secrets(), "GET", SECRETS, body);

        // Then
        assertTrue(answer.contains("\"cells\":[\"s\",\"Opaque\",2,\"5m\"]"));
        assertFalse(answer.contains(PLAIN));
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("the names of fields are understood in every spelling, and in any order")
    @ValueSource(
            strings = {
                "{\"data\":{\"password\":\"aHVudGVyMg==\"},\"kind\":\"Secret\"}",
                "{ \"data\" : { \"password\" : \"aHVudGVyMg==\" } }",
                "{\"\\u0064ata\":{\"password\":\"aHVudGVyMg==\"}}",
                "{\"data\":{\"a\":\"\"},\"data\":{\"password\":\"aHVudGVyMg==\"}}",
                "{\"data\":{\"password\":\"aHVudGVy\\u004dg==\"}}",
                "{\"data\":{\"password\":\"aHVudGVyMg\\u003d=\"}}"
            })
    void spellings(String body) {
        // When
        String answer = Maskings.answer(Maskings.secrets(), "GET", SECRETS + "/s", body);

        // Then
        assertFalse(answer.contains("HVudGVy"));
        assertTrue(answer.contains(REDACTED));
    }

    @Test
    @DisplayName("K8S-11: stringData is masked by the rule on data")
    void stringData() {
        // When
        String answer = Maskings.answer(
                Maskings.secrets(), "POST", SECRETS, "{\"stringData\":{\"password\":\"hunter2\",\"n\":\"\"}}");

        // Then
        assertEquals("{\"stringData\":{\"password\":\"[redacted]\",\"n\":\"[redacted]\"}}", answer);
    }

    @Test
    @DisplayName("K8S-12: the annotation that repeats the Secret is masked, and stays a document")
    void lastApplied() {
        // Given
        String body = "{\"metadata\":{\"annotations\":{\"kubectl.kubernetes.io/last-applied-configuration\":"
                + "\"{\\\"kind\\\":\\\"Secret\\\",\\\"stringData\\\":{\\\"p\\\":\\\"hunter2\\\"},"
                + "\\\"data\\\":{\\\"q\\\":\\\"aHVudGVyMg==\\\"}}\\n\"}}}";

        // When
        String answer = Maskings.answer(Maskings.secrets(), "GET", SECRETS + "/s", body);

        // Then
        assertEquals(body.replace("hunter2", "[redacted]").replace(PLAIN, REDACTED), answer);
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("K8S-12: an annotation that cannot be read is replaced whole")
    @ValueSource(strings = {"hunter2", "{\\\"data\\\":{\\\"p\\\":\\\"hunter2", "{hunter2}", "[}hunter2", "{} hunter2"})
    void lastAppliedUnreadable(String value) {
        // When
        String answer = Maskings.answer(
                Maskings.secrets(),
                "GET",
                SECRETS + "/s",
                "{\"metadata\":{\"annotations\":{\"kubectl.kubernetes.io/last-applied-configuration\":\"" + value
                        + "\"}}}");

        // Then
        assertFalse(answer.contains("hunter2"));
        assertTrue(answer.contains("[redacted]"));
    }

    @Test
    @DisplayName("K8S-12: a copy in another annotation is masked too")
    void otherAnnotation() {
        // When
        String answer = Maskings.answer(
                Maskings.secrets(),
                "GET",
                SECRETS + "/s",
                "{\"metadata\":{\"annotations\":{\"tool/original\":\"{\\\"data\\\":{\\\"p\\\":\\\"aHVudGVyMg==\\\"}}\"}}}");

        // Then
        assertFalse(answer.contains(PLAIN));
    }

    @Test
    @DisplayName("a rule on Secrets masks nothing of other kinds")
    void otherKinds() {
        // When
        String answer = Maskings.answer(Maskings.secrets(), "GET", "/api/v1/namespaces/prod/configmaps/c", SECRET);

        // Then
        assertEquals(SECRET, answer);
    }

    @Test
    @DisplayName("the same answer is masked alike in parts of any size, and nothing is held that need not be")
    void parts() {
        // Given
        String body = "{\"items\":[" + SECRET + ",\n " + SECRET + "]}";
        String whole = Maskings.answer(Maskings.secrets(), "GET", SECRETS, body);

        for (int part = 1; part <= body.length(); part++) {
            // When
            String answer = Maskings.answer(Maskings.secrets(), "GET", SECRETS, body, part);
            // Then
            assertEquals(whole, answer);
        }
    }

    @Test
    @DisplayName("K8S-09: an event of a watch leaves with its last byte, and the next one may come much later")
    void events() {
        // Given
        AnswerMask mask = Maskings.open(Maskings.secrets(), "GET", SECRETS + "?watch=true", 200, "application/json");
        byte[] event = ("{\"type\":\"ADDED\",\"object\":" + SECRET + "}\n").getBytes(StandardCharsets.UTF_8);
        StringBuilder out = new StringBuilder();

        // When
        if (mask != null) {
            mask.feed(
                    event,
                    0,
                    event.length,
                    (bytes, from, count) -> out.append(new String(bytes, from, count, StandardCharsets.UTF_8)));
        }

        // Then
        assertTrue(out.toString().endsWith("\"type\":\"Opaque\"}}\n"));
        assertFalse(out.toString().contains(PLAIN));
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("what is not JSON never leaves half masked")
    @ValueSource(
            strings = {"k8s\0\1", "kind: Secret", "{\"a\"}", "{\"a\":1", "[1,2", "{]", "{\"a\":\"\\", "\"x", "}", "{,}"
            })
    void notJson(String body) {
        assertThrows(UnmaskableException.class, () -> Maskings.answer(Maskings.secrets(), "GET", SECRETS + "/s", body));
    }

    @Test
    @DisplayName("nesting without end is refused")
    void deep() {
        assertThrows(
                UnmaskableException.class,
                () -> Maskings.answer(Maskings.secrets(), "GET", SECRETS + "/s", "[".repeat(100_000)));
    }

    @Test
    @DisplayName("a masked value that is too long to be held is replaced whole")
    void tooLong() {
        // Given
        String value = "A".repeat(JsonMask.LONGEST_VALUE + 1000);

        // When
        String answer = Maskings.answer(
                Maskings.secrets(), "GET", SECRETS + "/s", "{\"data\":{\"a\":\"" + value + "\"},\"b\":1}", 64 << 10);

        // Then
        assertEquals("{\"data\":{\"a\":\"[redacted]\"},\"b\":1}", answer);
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("every strength leaves valid base64, or null")
    @CsvSource({
        "PARTIAL, '{\"data\":{\"p\":\"KioqKioqMg==\"}}'",
        "REDACT,  '{\"data\":{\"p\":\"W3JlZGFjdGVkXQ==\"}}'",
        "NULL,    '{\"data\":{\"p\":null}}'"
    })
    void strengths(Strength strength, String expected) {
        // When
        String answer = Maskings.answer(
                Maskings.fields(strength, "secrets/data/*"),
                "GET",
                SECRETS + "/s",
                "{\"data\":{\"p\":\"aHVudGVyMg==\"}}");

        // Then
        assertEquals(expected, answer);
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("K8S-13, K8S-30: of what the client accepts only JSON is asked for")
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "none | application/json",
                "*/* | application/json",
                "application/vnd.kubernetes.protobuf,application/json | application/json",
                "application/vnd.kubernetes.protobuf, */* | application/json",
                "application/json;as=Table;v=v1;g=meta.k8s.io,application/json |"
                        + " application/json;as=Table;v=v1;g=meta.k8s.io,application/json",
                "application/yaml | none",
                "application/vnd.kubernetes.protobuf | none",
                "application/cbor, text/html | none",
                "Application/JSON;q=0.5, application/yaml | Application/JSON;q=0.5"
            })
    void accept(String accept, String expected) {
        // When
        String asked = AnswerMasking.accept(RequestNaming.of("GET", SECRETS), Maskings.secrets(), accept);

        // Then
        assertEquals(expected, asked);
    }

    @ParameterizedTest
    @DisplayName("K8S-13, K8S-30: an answer that is not JSON does not leave where Secrets are masked")
    @ValueSource(
            strings = {"application/vnd.kubernetes.protobuf", "application/yaml", "application/cbor", "text/plain"})
    void notOffered(String contentType) {
        // When
        AnswerMask mask = Maskings.open(Maskings.secrets(), "GET", SECRETS, 200, contentType);

        // Then
        assertNull(mask);
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("masking applies to the kinds that a rule names, and to all where detectors look at any text")
    @CsvSource({
        "/api/v1/namespaces/prod/secrets/s, true,  true",
        "/api/v1/secrets?watch=1,           true,  true",
        "/api/v1/namespaces/prod/pods/p,    false, true",
        "/openapi/v2,                       false, false",
        "/apis/apps/v1,                     false, false",
        "/metrics,                          false, true"
    })
    void applies(String path, boolean fields, boolean detectors) {
        // Given
        Masking masking = Maskings.secrets();

        // When
        boolean byField = AnswerMasking.applies(RequestNaming.of("GET", path), masking);
        boolean byDetector = AnswerMasking.applies(RequestNaming.of("GET", path), Maskings.detectors());

        // Then
        assertEquals(fields, byField);
        assertEquals(detectors, byDetector);
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("K8S-21: the answer with a token is not for the record")
    @CsvSource({
        "/api/v1/namespaces/prod/serviceaccounts/ci/token,   false",
        "/apis/authentication.k8s.io/v1/tokenreviews,        false",
        "/api/v1/namespaces/prod/serviceaccounts,            true",
        "/metrics,                                           true"
    })
    void recordable(String path, boolean expected) {
        // When
        boolean recordable = AnswerMasking.recordable(RequestNaming.of("POST", path));

        // Then
        assertEquals(expected, recordable);
    }
}
