package io.sallyport.kubernetes.masking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.api.guardrail.Mask.Strength;
import io.sallyport.api.guardrail.Masking;
import io.sallyport.kubernetes.naming.RequestNaming;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldMaskingTest {

    private static final String PODS = "/api/v1/namespaces/prod/pods";
    private static final String WIDGETS = "/apis/ex.org/v1/namespaces/prod/widgets";

    @Test
    @DisplayName("K8S-29: a field of any kind is masked by group and path, in arrays too")
    void paths() {
        // Given
        Masking masking = Maskings.fields(Strength.REDACT, "widgets.ex.org/spec/users/*/token", "pods/spec/**");
        String body =
                "{\"metadata\":{\"name\":\"w\"},\"spec\":{\"users\":[{\"id\":1,\"token\":\"t1\"},{\"token\":\"t2\"}]}}";

        // When
        String answer = Maskings.answer(masking, "GET", WIDGETS + "/w", body);

        // Then
        assertEquals(body.replace("t1", "[redacted]").replace("t2", "[redacted]"), answer);
    }

    @Test
    @DisplayName("a number or a truth value in a masked field becomes null")
    void scalars() {
        // Given
        Masking masking = Maskings.fields(Strength.REDACT, "widgets.ex.org/spec/**");

        // When
        String answer = Maskings.answer(
                masking, "GET", WIDGETS + "/w", "{\"spec\":{\"a\":12,\"b\":true,\"c\":-1.5e3,\"d\":[1,2]},\"e\":3}", 3);

        // Then
        assertEquals("{\"spec\":{\"a\":null,\"b\":null,\"c\":null,\"d\":[null,null]},\"e\":3}", answer);
    }

    @Test
    @DisplayName("the cells of a Table show no masked field, since a column may print one")
    void cells() {
        // Given
        Masking masking = Maskings.fields(Strength.REDACT, "widgets.ex.org/spec/token");

        // When
        String answer = Maskings.answer(
                masking,
                "GET",
                WIDGETS,
                "{\"kind\":\"Table\",\"rows\":[{\"cells\":[\"w\",\"t1\",7]},{\"cells\":[\"v\"]}]}");

        // Then
        assertEquals(
                "{\"kind\":\"Table\",\"rows\":[{\"cells\":[\"w\",\"[redacted]\",null]},{\"cells\":[\"v\"]}]}", answer);
    }

    @Test
    @DisplayName("an object's own fields of a list's or an event's names are masked too")
    void ownFields() {
        // Given
        Masking masking =
                Maskings.fields(Strength.REDACT, "widgets.ex.org/object/token", "widgets.ex.org/items/*/token");

        // When
        String answer = Maskings.answer(
                masking, "GET", WIDGETS + "/w", "{\"object\":{\"token\":\"t1\"},\"items\":[{\"token\":\"t2\"}]}");

        // Then
        assertFalse(answer.contains("t1") || answer.contains("t2"));
    }

    @Test
    @DisplayName("MASK-07: detectors change the inside of strings only, and what comes out is JSON")
    void detectors() {
        // Given
        String body = "{\"data\":{\"note\":\"say \\\"123-45-6789\\\" to\\tbob@example.com\",\"n\":\"5\"},\"n\":5}";

        // When
        String answer = Maskings.answer(Maskings.detectors(), "GET", "/api/v1/namespaces/n/configmaps/c", body);

        // Then
        assertEquals(
                "{\"data\":{\"note\":\"say \\\"***-**-****\\\" to\\u0009b**@*******.com\",\"n\":\"5\"},\"n\":5}",
                answer);
    }

    @Test
    @DisplayName("detectors see through escapes, base64 and documents in strings")
    void detectorsSeeThrough() {
        // Given
        String body = "{\"binaryData\":{\"b\":\"NDExMTExMTExMTExMTExMQ==\"},"
                + "\"data\":{\"u\":\"b\\u006fb\\u0040example.com\"},\"metadata\":{\"annotations\":{"
                + "\"kubectl.kubernetes.io/last-applied-configuration\":\"{\\\"data\\\":{\\\"u\\\":\\\"bob@example.com\\\"}}\"}}}";

        // When
        String answer = Maskings.answer(Maskings.detectors(), "GET", "/api/v1/namespaces/n/configmaps/c", body);

        // Then
        assertFalse(answer.contains("example"));
        assertFalse(answer.contains("NDExMTEx"));
        assertTrue(answer.contains("\"{\\\"data\\\":{\\\"u\\\":\\\"b**@*******.com\\\"}}\""));
    }

    @Test
    @DisplayName("MASK-02: what identifies an object is not taken for a card, and managed fields are left alone")
    void identity() {
        // Given
        String body =
                "{\"kind\":\"Pod\",\"metadata\":{\"name\":\"order-4111111111111111\",\"uid\":\"4111111111111111\","
                        + "\"resourceVersion\":\"4111111111111111\",\"managedFields\":[{\"manager\":\"a@b.example\","
                        + "\"fieldsV1\":{\"f:spec\":{\"k:{\\\"x\\\":1}\":{}}}}]}}";

        // When
        String answer = Maskings.answer(Maskings.detectors(), "GET", PODS + "/p", body);

        // Then
        assertEquals(body, answer);
    }

    @Test
    @DisplayName("errors are searched like answers")
    void errors() {
        // When
        String answer = Maskings.answer(
                Maskings.detectors(),
                "PATCH",
                PODS + "/p",
                "{\"kind\":\"Status\",\"message\":\"bad value 4111111111111111\",\"code\":422}");

        // Then
        assertEquals("{\"kind\":\"Status\",\"message\":\"bad value ************1111\",\"code\":422}", answer);
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("a masked field cannot be selected by, for that tells its value")
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "fieldSelector=spec.token%3Da | spec.token",
                "fieldSelector=metadata.name%3Dw%2Cspec.token!%3Da | spec.token",
                "labelSelector=owner%3Dbob | metadata.labels.owner",
                "labelSelector=app%3Dx%2C!owner | metadata.labels.owner",
                "labelSelector=owner+in+(a%2Cb) | metadata.labels.owner",
                "labelSelector=app%3Downer | none",
                "fieldSelector=metadata.name%3Dw | none",
                "fieldSelector= | none",
                "limit=1 | none"
            })
    void selectors(String query, String expected) {
        // Given
        Masking masking =
                Maskings.fields(Strength.REDACT, "widgets.ex.org/spec/token", "widgets.ex.org/metadata/labels/owner");

        // When
        String selected = AnswerMasking.selected(RequestNaming.of("GET", WIDGETS + "?" + query), masking);

        // Then
        assertEquals(expected, selected);
    }
}
