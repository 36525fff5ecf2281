package io.sallyport.masking.detect;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Work is counted in bytes that verifiers look at, so that the test does not depend on the machine. */
class LinearWorkTest {
    private static final int SIZE = 1 << 20;
    private static final int MOST_PER_BYTE = 64;

    @DisplayName("the work is linear in the length, whatever the value is")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "4",
                "1",
                "@",
                "a@",
                "a@b",
                "a@b.cc",
                "a1",
                "AKIA",
                "eyJ",
                "eyJ.",
                "eyJa.b",
                "GB82 ",
                "GB82",
                "DE00 0",
                "4111 ",
                "4111 1111 1111 111\t",
                "411 ",
                "411-",
                "4111\\t",
                "4111\\u00a0",
                "\\",
                "\\4",
                "\\\\n4a@",
                "\\u00e94",
                "-----BEGIN ",
                "-----BEGIN PRIVATE KEY-----\"",
                "-----BEGIN PRIVATE KEY-----\\\"",
                "-----BEGIN PRIVATE KEY-----END\"",
                "123-45-678 ",
                "123-",
                "6304000000000000",
                "e6304000000000000",
                "fedcba4111111111111111",
                "-4111-4111-",
                "\u00e9@",
                "\u00e9",
                "x'"
            })
    void isLinear(String unit) {
        // Given
        byte[] value = unit.repeat(SIZE / unit.length() + 1).getBytes(StandardCharsets.UTF_8);
        Findings findings = new Detectors(EnumSet.allOf(Detector.class)).scan(value, 0, value.length);

        // When
        while (findings.next()) {
            // Then
            assertTrue(findings.end() > findings.start());
        }

        // Then
        assertTrue(
                findings.examined() < (long) MOST_PER_BYTE * value.length,
                () -> findings.examined() / value.length + " bytes were looked at for each byte of the value");
    }
}
