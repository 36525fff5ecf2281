package io.sallyport.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceRulesTest {

    private static final SourceTree TREE = SourceTree.here();
    private static final SourceRules RULES = new SourceRules(TREE);

    @Test
    @DisplayName("the sources of all modules are looked at")
    void allModules() {
        for (String module : List.of("/plugin-api/", "/framework/core/", "/framework/demo/", "/plugins/masking/")) {
            assertTrue(
                    TREE.mainSources().stream().anyMatch(file -> TREE.name(file).startsWith(module)),
                    () -> "none of " + module);
        }
    }

    @Test
    @DisplayName("no main source is longer than 400 lines")
    void length() {
        assertEquals(List.of(), RULES.tooLong());
    }

    @Test
    @DisplayName("no file keeps its leave to be long once it is short")
    void leave() {
        assertEquals(List.of(), RULES.longNoMore());
    }

    @Test
    @DisplayName("texts are split at separators, not at expressions")
    void splits() {
        assertEquals(List.of(), RULES.splitsAtExpressions());
    }

    @Test
    @DisplayName("every package says what it does and is @NullMarked")
    void packages() {
        assertEquals(List.of(), RULES.unmarkedPackages());
    }

    @Test
    @DisplayName("only the command line, the demo and the benchmarks write to the standard streams")
    void standardStreams() {
        assertEquals(List.of(), RULES.prints());
    }

    @Test
    @DisplayName("no file names a directory of one machine")
    void machines() {
        assertEquals(List.of(), RULES.tiedToAMachine());
    }

    @Test
    @DisplayName("the build names no server that it loads from: that is a matter of the machine's settings")
    void servers() {
        assertEquals(List.of(), RULES.serversOfTheBuild());
    }

    @Test
    @DisplayName("what breaks a rule is found")
    void breachesAreFound(@TempDir Path directory) throws IOException {
        // Given
        Path source = directory.resolve("module/src/main/java/io/sallyport/sample/Sample.java");
        Files.createDirectories(source.getParent());
        String code = "System.out.println();\na.split(\"(a+)+\"); b.split(\",\", -1); c.split(\"\\\\.\");\n";
        Files.writeString(source, code + "\n".repeat(SourceRules.MOST_LINES));
        Files.writeString(directory.resolve("notes.md"), "see /" + "home/someone/notes\n");
        Files.writeString(directory.resolve("pom.xml"), "<url>https:/" + "/mirror.example/maven</url>\n");
        SourceRules rules = new SourceRules(SourceTree.at(directory));

        // When
        List<String> found = List.of(
                rules.tooLong().toString(),
                rules.unmarkedPackages().toString(),
                rules.prints().toString(),
                rules.tiedToAMachine().toString(),
                rules.serversOfTheBuild().toString(),
                rules.splitsAtExpressions().toString());

        // Then
        String name = "/module/src/main/java/io/sallyport/sample";
        assertEquals(
                List.of(
                        "[" + name + "/Sample.java has 402 lines]",
                        "[" + name + "]",
                        "[" + name + "/Sample.java:1: System.out.println();]",
                        "[/notes.md:1: see /" + "home/someone/notes]",
                        "[/pom.xml:1: mirror.example]",
                        "[" + name + "/Sample.java: (a+)+]"),
                found);
    }
}
