package io.sallyport.masking;

import static io.sallyport.masking.Fixture.NOTE;
import static io.sallyport.masking.Fixture.detecting;
import static io.sallyport.masking.Fixture.seen;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.sallyport.api.guardrail.Field;
import io.sallyport.api.guardrail.Mask;
import io.sallyport.masking.detect.Detector;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DetectorMaskTest {

    @DisplayName("partial keeps the shape of a finding and little of its content")
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            value = {
                "pay 4111 1111 1111 1111 now, pay **** **** **** 1111 now",
                "4111-1111-1111-1111, ****-****-****-1111",
                "378282246310005, ***********0005",
                "to alice@example.com., to a****@*******.com.",
                "é.b@mail.example.org, é**@****.*******.org",
                "a@example.com, *@*******.com",
                "GB82 WEST 1234 5698 7654 32, **** **** **** **** **** **",
                "IBAN:IT60-X054-2811-1010-0000-0123-456, IBAN:****-****-****-****-****-****-***",
                "ssn 123-45-6789, ssn ***-**-****",
                "AKIAIOSFODNN7EXAMPLE, AKIA****************",
                "eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.c2ln_-, *******************.***************.******"
            })
    void keepsTheShape(String value, String expected) {
        // Given
        MaskingConfig config = detecting(Mask.Strength.PARTIAL);

        // When
        String seen = seen(config, NOTE, value);

        // Then
        assertEquals(expected, seen);
    }

    @Test
    @DisplayName("partial keeps the lines around a private key and its line breaks")
    void keepsTheLinesOfAKey() {
        // Given
        String key = "-----BEGIN PRIVATE KEY-----\\nMIIE+/=\n7x\n-----END PRIVATE KEY-----\n";

        // When
        String seen = seen(detecting(Mask.Strength.PARTIAL), NOTE, key);

        // Then
        assertEquals("-----BEGIN PRIVATE KEY-----\\n*******\n**\n-----END PRIVATE KEY-----\n", seen);
    }

    @Test
    @DisplayName("redact puts a fixed text in the place of each finding")
    void redacts() {
        // Given
        String value = "a 123-45-6789 b alice@example.com c";

        // When
        String seen = seen(detecting(Mask.Strength.REDACT), NOTE, value);

        // Then
        assertEquals("a [redacted] b [redacted] c", seen);
    }

    @Test
    @DisplayName("null leaves nothing of a value that holds a finding")
    void leavesNothing() {
        // Given
        MaskingConfig config = detecting(Mask.Strength.NULL);

        // When
        String sensitive = seen(config, NOTE, "a 123-45-6789 b");
        String ordinary = seen(config, NOTE, "a b");

        // Then
        assertNull(sensitive);
        assertEquals("a b", ordinary);
    }

    @Test
    @DisplayName("hash keeps equal values equal, however they are written")
    void hashesAlike() {
        // Given
        Mask mask = Fixture.allowed(detecting(Mask.Strength.HASH), Fixture.operation())
                .maskFor(NOTE);

        // When
        String plain = seen(mask, "4111111111111111 Alice@Example.com");
        String varied = seen(mask, "4111\\u00a01111-1111.1111 alice@example.com");
        String other = seen(mask, "5555555555554444 bob@example.com");

        // Then
        assertEquals(plain, varied);
        assertNotEquals(plain, other);
        assertFalse(String.valueOf(plain).contains("1111"));
    }

    @Test
    @DisplayName("hashes of two guardrails differ unless they share a key")
    void hashesWithTheirOwnKeys() {
        // Given
        String value = "alice@example.com";

        // When
        String first = seen(detecting(Mask.Strength.HASH), NOTE, value);
        String second = seen(detecting(Mask.Strength.HASH), NOTE, value);

        // Then
        assertNotEquals(first, second);
    }

    @DisplayName("MASK-07 JSON stays valid: only the sensitive strings differ")
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            delimiter = '|',
            value = {
                "{\"n\": 5, \"t\": \"say \\\"123-45-6789\\\"\"} | {\"n\": 5, \"t\": \"say \\\"***-**-****\\\"\"}",
                "{\"t\": \"a\\nalice@example.com\\nb\"} | {\"t\": \"a\\na****@*******.com\\nb\"}",
                "{\"t\": \"4111\\t1111\\u00a01111 1111\"} | {\"t\": \"****\\t****\\u00a0**** 1111\"}",
                "{\"n\": -4111111111111111} | {\"n\": \"************1111\"}",
                "[4111111111111111, 7] | [\"************1111\", 7]",
                "[4111111111111111.5e3,4111111111111111] | [\"************1111\",\"************1111\"]",
                "{\"k\": \"-----BEGIN PRIVATE KEY-----\\nMI\", \"e\": \"-----END PRIVATE KEY-----\"} |"
                        + " {\"k\": \"-----BEGIN PRIVATE KEY-----\\n**\", \"e\": \"-----END PRIVATE KEY-----\"}"
            })
    void keepsJsonValid(String document, String expected) {
        // Given
        Field json = new Field("j", null, Field.Type.JSON);

        // When
        String seen = seen(detecting(Mask.Strength.PARTIAL), json, document);

        // Then
        assertEquals(expected, seen);
    }

    @Test
    @DisplayName("MASK-07 a number or date has no textual mask: it becomes null if it is sensitive")
    void nullsScalars() {
        // Given
        Field number = new Field("n", null, Field.Type.SCALAR);
        MaskingConfig config = detecting(Mask.Strength.PARTIAL);

        // When
        String card = seen(config, number, "4111111111111111");
        String ordinary = seen(config, number, "4010232137");

        // Then
        assertNull(card);
        assertEquals("4010232137", ordinary);
    }

    @Test
    @DisplayName("MASK-08 detectors that are not listed do not run")
    void runsOnlyListedDetectors() {
        // Given
        MaskingConfig config = new MaskingConfig(List.of(), List.of(Detector.EMAIL), Mask.Strength.REDACT, null);

        // When
        String seen = seen(config, NOTE, "123-45-6789 a@example.com");

        // Then
        assertEquals("123-45-6789 [redacted]", seen);
    }
}
