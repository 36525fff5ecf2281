package io.sallyport.masking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.api.guardrail.Mask;
import io.sallyport.masking.detect.Detector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class DocumentationTest {
    private static final Path PAGE = Path.of("..", "..", "docs", "masking-detectors.md");

    private static List<String[]> examples() throws IOException {
        return Files.readAllLines(PAGE).stream()
                .filter(line -> line.matches("\\| (`[a-z-]+`|unchanged) \\| `.*` \\| `.*` \\|"))
                .map(line -> line.substring(2, line.length() - 2).split(" \\| ", -1))
                .toList();
    }

    private static String plain(String code) {
        return code.substring(1, code.length() - 1);
    }

    @Test
    @DisplayName("each example of the page comes out as it says")
    void showsWhatIsTrue() throws IOException {
        // Given
        MaskingConfig config = Fixture.detecting(Mask.Strength.PARTIAL);

        for (String[] example : examples()) {
            // When
            String seen = Fixture.seen(config, Fixture.NOTE, plain(example[1]));

            // Then
            assertEquals(plain(example[2]), seen);
            assertEquals(example[0].equals("unchanged"), example[1].equals(example[2]), () -> example[1]);
        }
    }

    @Test
    @DisplayName("the page has an example for each detector")
    void showsAllDetectors() throws IOException {
        // Given
        Set<String> shown = new TreeSet<>();

        // When
        examples().forEach(example -> shown.add(example[0].replace("`", "")));

        // Then
        assertTrue(shown.containsAll(Detector.labels()), () -> "only " + shown);
    }
}
