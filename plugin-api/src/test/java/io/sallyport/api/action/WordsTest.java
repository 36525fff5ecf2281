package io.sallyport.api.action;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WordsTest {

    @ParameterizedTest(name = "{0}")
    @DisplayName("verbs and traits are lower case words joined by hyphens")
    @ValueSource(strings = {"select", "copy-out", "forward-local", "sha256"})
    void accepted(String word) {
        // When
        Verb verb = new Verb(word);

        // Then
        assertEquals(word, verb.toString());
        assertEquals(word, new Trait(word).toString());
    }

    @ParameterizedTest(name = "''{0}''")
    @DisplayName("any other form is refused with the word that was read")
    @ValueSource(strings = {"", " ", "Select", "copy_out", "copy out", "-select", "séléct", "select*", "select\n"})
    void refused(String word) {
        // When
        IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, () -> new Verb(word));

        // Then
        assertTrue(refusal.toString().contains("'" + word + "'"), refusal::toString);
        assertThrows(IllegalArgumentException.class, () -> new Trait(word));
    }

    @Test
    @DisplayName("a prefix of resources has the form of a word, and one kind has none")
    void prefix() {
        // When
        ResourceKind bare = new ResourceKind("", '.', true);

        // Then
        assertEquals("", bare.prefix());
        assertThrows(IllegalArgumentException.class, () -> new ResourceKind("Function", '.', false));
    }
}
