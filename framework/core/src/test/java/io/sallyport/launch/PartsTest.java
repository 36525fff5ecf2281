package io.sallyport.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Parts of a running whole")
final class PartsTest {

    private final List<String> stopped = new ArrayList<>();
    private final Parts parts = new Parts();

    @Test
    @DisplayName("stop in the opposite order, once")
    void order() {
        // Given
        parts.add("one", () -> stopped.add("one"));
        parts.add("two", () -> stopped.add("two"));

        // When
        parts.close();
        parts.close();

        // Then
        assertEquals(List.of("two", "one"), stopped);
    }

    @Test
    @DisplayName("are all stopped, even if one of them fails to")
    void failure() {
        // Given
        parts.add("one", () -> stopped.add("one"));
        parts.add("two", () -> {
            throw new IOException("no");
        });

        // When
        parts.close();

        // Then
        assertEquals(List.of("one"), stopped);
    }

    @Test
    @DisplayName("stop at once if they come after the end")
    void late() {
        // Given
        parts.close();

        // When
        assertThrows(IllegalStateException.class, () -> parts.add("late", () -> stopped.add("late")));

        // Then
        assertEquals(List.of("late"), stopped);
    }
}
