package io.sallyport.api.compatibility;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.api.ApiVersion;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A minor version of the API")
final class CompatibilityTest {

    private static final Path BASELINES = Path.of("src/test/baselines");
    private static final int FEWEST_TYPES = 60;

    /** One jar for each minor version of the present major one. */
    static List<Path> baselines() throws IOException {
        String major = ApiVersion.CURRENT.substring(0, ApiVersion.CURRENT.indexOf('.') + 1);
        try (Stream<Path> files = Files.list(BASELINES)) {
            return files.filter(file -> name(file).startsWith("plugin-api-" + major))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("baselines")
    @DisplayName("breaks no plugin of an earlier one")
    void breaksNothing(Path baseline, @TempDir Path directory) throws IOException {
        // Given
        Path present = Jars.pack(Path.of("target/classes"), directory.resolve("present.jar"));

        // When
        Breaks breaks = Breaks.between(baseline, present);

        // Then
        assertEquals(
                List.of(),
                breaks.lines(),
                "a plugin that was compiled against " + name(baseline)
                        + " breaks: take the change back, or make it the next major version and write a decision page");
    }

    @ParameterizedTest
    @MethodSource("baselines")
    @DisplayName("is compared with a baseline that holds the whole API, of the version in its name")
    void baselineIsWhole(Path baseline, @TempDir Path directory) throws IOException {
        // Given
        Path present = Jars.pack(Path.of("target/classes"), directory.resolve("present.jar"));

        // When
        Breaks breaks = Breaks.between(baseline, present);

        // Then
        assertTrue(breaks.compared().size() >= FEWEST_TYPES, () -> "only " + breaks.compared());
        for (String type : List.of("SallyportPlugin", "action.Action", "session.Exchange", "guardrail.Mask$Sink")) {
            assertTrue(breaks.compared().contains("io.sallyport.api." + type), () -> "no " + type);
        }
        assertEquals("plugin-api-" + versionIn(baseline) + ".jar", name(baseline));
    }

    @Test
    @DisplayName("has at least one baseline")
    void baselineIsThere() throws IOException {
        // When
        List<Path> found = baselines();

        // Then
        assertFalse(found.isEmpty(), "a comparison with nothing would always pass");
    }

    @Test
    @DisplayName("may add to what the gateway implements and default methods to what plugins implement, and no more")
    void rules(@TempDir Path directory) throws IOException {
        // Given
        Path older = Sources.jar(directory.resolve("older"), """
                @java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME) @interface ProviderType {}
                @java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME) @interface ConsumerType {}
                @ProviderType public interface Provided { void old(); }
                @ConsumerType public interface Consumed { void old(); }
                public record Pair(int left) {}
                public enum Kind { ONE, TWO }
                """);
        Path newer = Sources.jar(directory.resolve("newer"), """
                @java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME) @interface ProviderType {}
                @java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME) @interface ConsumerType {}
                @ProviderType public interface Provided { void old(); void added(); }
                @ConsumerType public interface Consumed { void old(); void added(); default void harmless() {} }
                public record Pair(int left, int right) {}
                public enum Kind { ONE, THREE }
                """);

        // When
        List<String> breaks = new ArrayList<>(Breaks.between(older, newer).lines());

        // Then
        assertEquals(
                List.of(
                        "sample.Consumed added: METHOD_ADDED_TO_INTERFACE",
                        "sample.Kind TWO: FIELD_REMOVED",
                        "sample.Pair constructor (int): CONSTRUCTOR_REMOVED"),
                breaks.stream().sorted().toList());
    }

    @Test
    @DisplayName("may take nothing away from what the gateway implements")
    void removal(@TempDir Path directory) throws IOException {
        // Given
        Path older = Sources.jar(directory.resolve("older"), """
                @java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME) @interface ProviderType {}
                @ProviderType public interface Provided { void kept(); void removed(); }
                """);
        Path newer = Sources.jar(directory.resolve("newer"), """
                @java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME) @interface ProviderType {}
                @ProviderType public interface Provided { void kept(); }
                """);

        // When
        List<String> breaks = Breaks.between(older, newer).lines();

        // Then
        assertEquals(List.of("sample.Provided removed: METHOD_REMOVED"), breaks);
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    /** The constant is copied into those who use it, so it is read from the baseline's own class. */
    private static String versionIn(Path baseline) throws IOException {
        URL[] urls = {baseline.toUri().toURL()};
        try (URLClassLoader loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader())) {
            return String.valueOf(loader.loadClass(ApiVersion.class.getName())
                    .getField("CURRENT")
                    .get(null));
        } catch (ReflectiveOperationException e) {
            throw new IOException(e);
        }
    }
}
