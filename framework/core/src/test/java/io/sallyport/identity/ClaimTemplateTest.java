package io.sallyport.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClaimTemplateTest {

    private static final ClaimTemplate PIPELINE = ClaimTemplate.parse("ci:${project_path}@${ref}");

    @Test
    @DisplayName("claims take the places that name them")
    void filled() {
        assertEquals("ci:shop/report@main", PIPELINE.fill(Map.of("project_path", "shop/report", "ref", "main")));
        assertEquals(
                "sa:system:serviceaccount:ci:deployer",
                ClaimTemplate.parse("sa:${sub}").fill(Map.of("sub", "system:serviceaccount:ci:deployer")));
    }

    @Test
    @DisplayName("a value with a character that separates claims is refused, so that no two logins look the same")
    void separators() {
        assertRefused(Map.of("project_path", "shop@main", "ref", "x"), "separates");
        assertRefused(Map.of("project_path", "shop", "ref", "main@x"), "separates");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\u0000", "a\u001B[2J", "\u202Eabc", "a\u200Bb", "a\u2028b", "a\u007F"})
    @DisplayName("a value with characters that cannot be seen is refused")
    void unseen(String value) {
        assertRefused(Map.of("project_path", value, "ref", "x"), "control character");
    }

    @Test
    @DisplayName("a missing claim is refused by its name")
    void missing() {
        assertRefused(Map.of("ref", "x"), "'project_path' is missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"no claim", "${a", "${}", "${a}${b}", "${a}and${b}"})
    @DisplayName("a template that names no claim, or does not keep two apart, is refused")
    void unusable(String text) {
        assertThrows(IllegalArgumentException.class, () -> ClaimTemplate.parse(text));
    }

    private static void assertRefused(Map<String, String> claims, String reason) {
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> PIPELINE.fill(claims));
        assertTrue(String.valueOf(refused.getMessage()).contains(reason), refused.getMessage());
    }
}
