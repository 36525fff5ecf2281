package io.sallyport.sink.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.sallyport.config.ConfigurationReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("docs/sinks.md")
final class DocumentationTest {

    private static final Path PAGE = Path.of("..", "..", "docs", "sinks.md");

    @Test
    @DisplayName("has every key of the webhook sink")
    void keys() throws IOException {
        // Given
        List<String> page = Files.readAllLines(PAGE);

        // When
        List<String> keys = ConfigurationReference.plugin("webhook", Map.of("sinks[].config", WebhookSinkConfig.class))
                .lines()
                .filter(line -> line.startsWith("| `"))
                .toList();

        // Then
        assertFalse(keys.isEmpty());
        assertEquals(
                List.of(), keys.stream().filter(line -> !page.contains(line)).toList());
    }
}
