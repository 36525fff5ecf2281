package io.sallyport.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.api.guardrail.GuardrailFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The plugin room")
final class PluginRoomTest {

    private final Path directory;

    PluginRoomTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    @DisplayName("finds what a listed, unchanged, compatible jar offers")
    void good() throws IOException {
        // Given
        Path jar = trusted(PluginJarBuilder.guardrail("Good", "good"));

        // When
        PluginRoom room = PluginRoom.load(directory, lockFile());

        // Then
        assertNotNull(room.guardrail("good"));
        assertNull(room.guardrail("other"));
        assertEquals(Set.of("good"), room.types(PluginCatalog.Kind.GUARDRAIL));
        PluginJar loaded = room.jars().get(0);
        assertEquals(jar, loaded.file());
        assertEquals("1.2.3", loaded.version());
        assertEquals(List.of("guardrail 'good'"), loaded.offers());
    }

    @Test
    @DisplayName("gives each jar a class loader of its own and the host's API types")
    void ownLoader() throws IOException {
        // Given
        trusted(PluginJarBuilder.guardrail("One", "one"));
        trusted(PluginJarBuilder.guardrail("Two", "two"));

        // When
        PluginRoom room = PluginRoom.load(directory, lockFile());

        // Then
        GuardrailFactory<?> one = room.guardrail("one");
        GuardrailFactory<?> two = room.guardrail("two");
        assertNotNull(one);
        assertNotNull(two);
        assertNotSame(one.getClass().getClassLoader(), two.getClass().getClassLoader());
        assertThrows(
                ClassNotFoundException.class,
                () -> one.getClass().getClassLoader().loadClass("Two"));
    }

    @Test
    @DisplayName("refuses a jar that is not listed and names the command that admits it")
    void unlisted() throws IOException {
        // Given
        Path jar = PluginJarBuilder.guardrail("Unlisted", "unlisted").writeTo(directory);

        // When
        PluginException refusal = refusal();

        // Then
        assertTrue(refusal.getMessage().contains("not listed"), refusal.getMessage());
        assertTrue(refusal.getMessage().contains("sallyport plugins trust " + jar), refusal.getMessage());
    }

    @Test
    @DisplayName("refuses a jar that changed after it was listed")
    void changed() throws IOException {
        // Given
        Path jar = trusted(PluginJarBuilder.guardrail("Changed", "changed"));
        Files.write(jar, new byte[] {0}, StandardOpenOption.APPEND);

        // When
        PluginException refusal = refusal();

        // Then
        assertTrue(refusal.getMessage().contains("hash differs"), refusal.getMessage());
        assertTrue(refusal.getMessage().contains("sallyport plugins trust " + jar), refusal.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {">=2.0.0 & <3.0.0", "<1.0.0", "=1.0.1", "0.x"})
    @DisplayName("refuses a jar for another version of the API")
    void wrongVersion(String requires) throws IOException {
        // Given
        trusted(PluginJarBuilder.guardrail("Other", "other").manifest("Plugin-Requires", requires));

        // When
        PluginException refusal = refusal();

        // Then
        assertTrue(refusal.getMessage().contains("this gateway has 1.0.0"), refusal.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {">=1.0.0", "*", "!=2.0.0", "<2.0.0 | >=3.0.0"})
    @DisplayName("refuses a range of versions without an upper bound")
    void unbounded(String requires) throws IOException {
        // Given
        trusted(PluginJarBuilder.guardrail("Endless", "endless").manifest("Plugin-Requires", requires));

        // When
        PluginException refusal = refusal();

        // Then
        assertTrue(refusal.getMessage().contains("no upper bound"), refusal.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"^1.0.0", "~1.0", "1.x", "1.0.0", ">=1.0.0 & <1.1.0"})
    @DisplayName("takes every spelling of a bounded range that contains the API's version")
    void bounded(String requires) throws IOException {
        // Given
        trusted(PluginJarBuilder.guardrail("Bounded", "bounded").manifest("Plugin-Requires", requires));

        // When
        PluginRoom room = PluginRoom.load(directory, lockFile());

        // Then
        assertEquals(requires, room.jars().get(0).requires());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Plugin-Id", "Plugin-Version", "Plugin-Requires"})
    @DisplayName("refuses a jar whose manifest does not say what it is")
    void incompleteManifest(String name) throws IOException {
        // Given
        trusted(PluginJarBuilder.guardrail("Blank", "blank").manifest(name, " "));

        // When
        PluginException refusal = refusal();

        // Then
        assertTrue(refusal.getMessage().contains("lacks " + name), refusal.getMessage());
    }

    @Test
    @DisplayName("refuses a jar that would draw in files which no hash pins")
    void classPath() throws IOException {
        // Given
        trusted(PluginJarBuilder.guardrail("Drawing", "drawing").manifest("Class-Path", "other.jar"));

        // When
        PluginException refusal = refusal();

        // Then
        assertTrue(refusal.getMessage().contains("Class-Path"), refusal.getMessage());
    }

    @Test
    @DisplayName("refuses a jar without a service")
    void noService() throws IOException {
        // Given
        trusted(PluginJarBuilder.guardrail("Silent", "silent").services());

        // When
        PluginException refusal = refusal();

        // Then
        assertTrue(refusal.getMessage().contains("names 0 implementations"), refusal.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"throw new IllegalStateException(\"no\");", "throw new NoClassDefFoundError(\"no\");"})
    @DisplayName("refuses a jar whose plugin cannot be made, with the cause")
    void throwingConstructor(String statement) throws IOException {
        // Given
        trusted(PluginJarBuilder.constructing("Throwing", statement));

        // When
        PluginException refusal = refusal();

        // Then
        assertTrue(
                refusal.getMessage().contains("Throwing.jar: its plugin class cannot be made"), refusal.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "com.fasterxml.jackson.databind.ObjectMapper",
                "io.sallyport.plugin.PluginRoom",
                "org.pf4j.Plugin",
                "com.google.re2j.Pattern",
                "ch.qos.logback.classic.Logger"
            })
    @DisplayName("hides the host's classes, also from the context class loader")
    void hostClasses(String name) throws IOException {
        // Given
        Class<?> visibleToHost = assertExists(name);
        trusted(PluginJarBuilder.constructing("Curious", refuteClass(name)));

        // When
        PluginRoom room = PluginRoom.load(directory, lockFile());

        // Then
        assertEquals(name, visibleToHost.getName());
        assertNotNull(room.guardrail("Curious"));
    }

    @Test
    @DisplayName("hides the host's resources and services")
    void hostResources() throws IOException {
        // Given
        String resource = "META-INF/services/org.slf4j.spi.SLF4JServiceProvider";
        assertNotNull(PluginRoom.class.getClassLoader().getResource(resource));
        trusted(PluginJarBuilder.constructing(
                "Curious",
                "if (getClass().getClassLoader().getResource(\"%s\") != null) throw new IllegalStateException(\"seen\");"
                        .formatted(resource)));

        // When
        PluginRoom room = PluginRoom.load(directory, lockFile());

        // Then
        assertNotNull(room.guardrail("Curious"));
    }

    @Test
    @DisplayName("shows the JDK and SLF4J to plugins")
    void sharedTypes() throws IOException {
        // Given
        trusted(PluginJarBuilder.constructing(
                "Sharing",
                "try { Class.forName(\"org.slf4j.LoggerFactory\"); Class.forName(\"java.sql.Driver\"); }"
                        + " catch (ClassNotFoundException e) { throw new IllegalStateException(e); }"));

        // When
        PluginRoom room = PluginRoom.load(directory, lockFile());

        // Then
        assertNotNull(room.guardrail("Sharing"));
    }

    @Test
    @DisplayName("refuses two jars that offer the same type and names both")
    void sameType() throws IOException {
        // Given
        Path first = trusted(PluginJarBuilder.guardrail("First", "same"));
        Path second = trusted(PluginJarBuilder.guardrail("Second", "same"));

        // When
        PluginException refusal = refusal();

        // Then
        assertTrue(refusal.getMessage().contains(first.toString()), refusal.getMessage());
        assertTrue(refusal.getMessage().contains(second.toString()), refusal.getMessage());
        assertTrue(refusal.getMessage().contains("guardrail 'same'"), refusal.getMessage());
    }

    @Test
    @DisplayName("reports all problems at once and loads nothing")
    void allAtOnce() throws IOException {
        // Given
        trusted(PluginJarBuilder.guardrail("Silent", "silent").services());
        trusted(PluginJarBuilder.guardrail("Endless", "endless").manifest("Plugin-Requires", "*"));
        trusted(PluginJarBuilder.guardrail("Good", "good"));

        // When
        PluginException refusal = refusal();

        // Then
        assertEquals(2, refusal.problems().size(), refusal.getMessage());
    }

    @Test
    @DisplayName("is not impressed by a file that would switch plugins off in PF4J")
    void disabledFile() throws IOException {
        // Given
        trusted(PluginJarBuilder.guardrail("Good", "good"));
        Files.writeString(directory.resolve("disabled.txt"), "Good\n");

        // When
        PluginRoom room = PluginRoom.load(directory, lockFile());

        // Then
        assertNotNull(room.guardrail("good"));
    }

    private static Class<?> assertExists(String name) {
        try {
            return Class.forName(name, false, PluginRoom.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new AssertionError("the host has no " + name + ", so that hiding it shows nothing", e);
        }
    }

    private static String refuteClass(String name) {
        return """
               for (ClassLoader loader : new ClassLoader[] {
                       getClass().getClassLoader(), Thread.currentThread().getContextClassLoader()}) {
                   try {
                       loader.loadClass("%s");
                       throw new IllegalStateException("seen");
                   } catch (ClassNotFoundException expected) {
                       continue;
                   }
               }
               """.formatted(name);
    }

    private PluginException refusal() {
        return assertThrows(PluginException.class, () -> PluginRoom.load(directory, lockFile()));
    }

    private Path trusted(PluginJarBuilder builder) throws IOException {
        Path jar = builder.writeTo(directory);
        PluginLock.read(lockFile()).trust(jar).write(lockFile());
        return jar;
    }

    private Path lockFile() {
        return directory.resolve("plugins.lock");
    }
}
