package io.sallyport.api.surface;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.api.ApiVersion;
import io.sallyport.api.SallyportPlugin;
import io.sallyport.api.action.Action;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ApiListingTest {

    private static final Path BASELINE = Path.of("api.txt");

    @Test
    @DisplayName("api.txt is what the classes show")
    void baselineIsFresh() throws IOException {
        // Given
        String listing = ApiListing.text();
        if (Boolean.getBoolean("sallyport.api.update")) {
            Files.writeString(BASELINE, listing);
        }

        // When
        String baseline = Files.readString(BASELINE);

        // Then
        assertEquals(
                baseline,
                listing,
                "the API differs from plugin-api/api.txt: see whether its users still compile and run, set"
                        + " sallyport.api.version accordingly, and run with -Dsallyport.api.update=true");
    }

    @Test
    @DisplayName("api.txt holds the whole API: a comparison with an empty baseline would always pass")
    void baselineIsNotEmpty() throws IOException {
        // When
        String baseline = Files.readString(BASELINE);

        // Then
        assertTrue(ApiListing.types().size() > 50, () -> "only " + ApiListing.types());
        for (Class<?> type : ApiListing.types()) {
            assertTrue(baseline.contains(new ApiType(type).head().text()), () -> "no " + type);
        }
        assertTrue(ApiListing.types().contains(SallyportPlugin.class));
        assertTrue(ApiListing.types().contains(Action.class));
    }

    @Test
    @DisplayName("the version that the API states is the one of the build")
    void versionIsOneOfTheBuild() {
        // When
        String built = System.getProperty("sallyport.api.version", "");

        // Then
        assertEquals(built, ApiVersion.CURRENT);
    }
}
