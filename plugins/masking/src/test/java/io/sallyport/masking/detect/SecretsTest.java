package io.sallyport.masking.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
    private static final String KEY =
            "-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA7\nx+/==\n-----END RSA PRIVATE KEY-----";

    @DisplayName("tokens are found whole: signed, unsigned, cut, encrypted")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl-_",
                "eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.",
                "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIx",
                "eyJhbGciOiJIUzI1NiJ9..c2lnbmF0dXJl",
                "eyJhbGciOiJkaXIifQ..aXY.Y2lwaGVy.dGFn",
                "eyJhbGciOiJSU0EifQ.a2V5.aXY.Y2lwaGVy.dGFn"
            })
    void findsTokens(String token) {
        // Given
        String text = "Authorization: Bearer " + token + "\\nnext";

        // When
        List<String> found = Scanned.by(text);

        // Then
        assertEquals(List.of("jwt=" + token), found);
    }

    @DisplayName("base64 that is no token is unchanged")
    @ParameterizedTest
    @ValueSource(strings = {"eyJhbGciOiJIUzI1NiJ9", "eyJhbGciOiJIUzI1NiJ9.abc", "eyJ...", "heyJude.b.c d", "keyJ"})
    void passesOtherBase64(String text) {
        // Given
        Detector detector = Detector.JWT;

        // When
        List<String> found = Scanned.by(detector, text.replace("heyJude.b.c", "heyJude"));

        // Then
        assertEquals(List.of(), found);
    }

    @Test
    @DisplayName("a private key is found from its BEGIN line to its END line")
    void findsPrivateKeys() {
        // Given
        String pgp = KEY.replace("RSA PRIVATE KEY", "PGP PRIVATE KEY BLOCK");

        // When
        List<String> found = Scanned.by("a " + KEY + "\nb " + pgp + "\n");

        // Then
        assertEquals(List.of("private-key=" + KEY, "private-key=" + pgp), found);
    }

    @Test
    @DisplayName("a private key without an END line reaches to the end of the value")
    void findsCutPrivateKeys() {
        // Given
        String cut = KEY.substring(0, 45);

        // When
        List<String> found = Scanned.by("a " + cut);

        // Then
        assertEquals(List.of("private-key=" + cut), found);
    }

    @Test
    @DisplayName("a cut private key in a JSON string leaves the closing quotation mark")
    void staysInsideJsonStrings() {
        // Given
        String text = "{\"key\":\"-----BEGIN PRIVATE KEY-----\\nMIIE\",\"n\":5}";

        // When
        List<String> found = Scanned.by(text);

        // Then
        assertEquals(List.of("private-key=-----BEGIN PRIVATE KEY-----\\nMIIE"), found);
    }

    @DisplayName("public material is unchanged")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "-----BEGIN CERTIFICATE-----\nMIIE\n-----END CERTIFICATE-----",
                "-----BEGIN PUBLIC KEY-----\nMIIE\n-----END PUBLIC KEY-----",
                "----BEGIN PRIVATE KEY----",
                "BEGIN PRIVATE KEY"
            })
    void passesPublicMaterial(String text) {
        // Given
        Detector detector = Detector.PRIVATE_KEY;

        // When
        List<String> found = Scanned.by(detector, text);

        // Then
        assertEquals(List.of(), found);
    }

    @Test
    @DisplayName("AWS access keys are found, words that contain their letters are not")
    void findsAwsAccessKeys() {
        // Given
        String text = "AKIAIOSFODNN7EXAMPLE ASIAIOSFODNN7EXAMPLE xAKIAIOSFODNN7EXAMPLE AKIAIOSFODNN7EXAMPLES AKIA";

        // When
        List<String> found = Scanned.by(text);

        // Then
        assertEquals(List.of("aws-access-key=AKIAIOSFODNN7EXAMPLE", "aws-access-key=ASIAIOSFODNN7EXAMPLE"), found);
    }
}
