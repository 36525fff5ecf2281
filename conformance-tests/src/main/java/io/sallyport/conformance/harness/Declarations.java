package io.sallyport.conformance.harness;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Modifier;

/** What every factory declares, whatever it makes. */
public final class Declarations {

    /** Why a type is a word. */
    public static final String WORD =
            "A configuration names the type, and a word that cannot be written there cannot be used.";

    /** Why a configuration is a public record. */
    public static final String RECORD =
            "The core binds the record from outside of the plugin's jar, and a record is what it can bind and check.";

    private Declarations() {}

    /** That a type can be written in the configuration. */
    public static void assertWord(String type) {
        assertTrue(
                !type.isEmpty()
                        && type.chars().allMatch(c -> c == '-' || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')),
                () -> "'" + type + "' is not lower case words joined by hyphens");
    }

    /** That the core can bind it. */
    public static void assertPublicRecord(Class<?> type) {
        assertTrue(type.isRecord() && Modifier.isPublic(type.getModifiers()), () -> type + " is no public record");
    }
}
