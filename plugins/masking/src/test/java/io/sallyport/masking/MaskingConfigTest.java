package io.sallyport.masking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.api.guardrail.Mask;
import io.sallyport.config.binding.Binder;
import io.sallyport.config.binding.BindingWords;
import io.sallyport.config.binding.Node;
import io.sallyport.config.binding.Problems;
import io.sallyport.config.binding.References;
import io.sallyport.config.binding.YamlReader;
import io.sallyport.decision.Re2Text;
import io.sallyport.decision.ResourceGlob;
import io.sallyport.masking.detect.Detector;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaskingConfigTest {
    private static final BindingWords WORDS = new BindingWords(
            Set.of(), Set.of(), text -> ResourceGlob.parse(text, List.of(Fixture.RELATION)), Re2Text::compile);

    private static @Nullable MaskingConfig bound(String yaml, Problems problems) {
        Node node = YamlReader.read(yaml, problems);
        References references = new References(name -> null, Path.of(""));
        return node == null ? null : new Binder(WORDS, references, problems).bind(node, MaskingConfig.class, "config");
    }

    @Test
    @DisplayName("every detector and every way to mask has its word")
    void readsWords() {
        // Given
        String yaml = "{ fields: [ { field: public.customers.ssn, with: \"null\" } ], detectors: ["
                + String.join(", ", Detector.labels()) + "], with: partial, hash-key: 0123456789abcdef }";
        Problems problems = new Problems("sallyport.yaml");

        // When
        MaskingConfig config = bound(yaml, problems);

        // Then
        assertEquals(List.of(), problems.all());
        assertEquals(Arrays.asList(Detector.values()), config == null ? null : config.detectors());
        assertEquals(
                Mask.Strength.NULL,
                config == null ? null : config.fields().get(0).with());
    }

    @Test
    @DisplayName("MASK-08 a configuration without detectors has none")
    void hasNoDetectorsByDefault() {
        // Given
        Problems problems = new Problems("sallyport.yaml");

        // When
        MaskingConfig config = bound("{ fields: [ { field: public.customers.ssn, with: redact } ] }", problems);

        // Then
        assertEquals(List.of(), config == null ? null : config.detectors());
    }

    @DisplayName("half a configuration and unknown words are refused")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ detectors: [ email ] }",
                "{ with: partial }",
                "{ detectors: [ emial ], with: partial }",
                "{ detectors: [ email ], with: null }",
                "{ detectors: [ email ], with: stars }",
                "{ fields: [ { field: public.customers.ssn } ] }",
                "{ detectors: [ email ], with: hash, hash-key: short }"
            })
    void refuses(String yaml) {
        // Given
        Problems problems = new Problems("sallyport.yaml");

        // When
        MaskingConfig config = bound(yaml, problems);

        // Then
        assertNull(config);
        assertTrue(problems.count() > 0);
    }
}
