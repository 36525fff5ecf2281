package io.sallyport.tree;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RoomsTest {

    private static JavaClasses core;

    @BeforeAll
    static void importCore() {
        core = new ClassFileImporter().importPath(Path.of("target/classes"));
    }

    @Test
    @DisplayName("the whole core is looked at")
    void wholeCore() {
        assertTrue(core.size() > 150, () -> "only " + core.size() + " classes");
    }

    @Test
    @DisplayName("every class of the core stands in a room")
    void everyClassHasARoom() {
        // When
        List<String> homeless = new Rooms("io.sallyport").homeless(core);

        // Then
        assertEquals(List.of(), homeless);
    }

    @Test
    @DisplayName("a room uses only the rooms below it")
    void arrowsGoDownwards() {
        // When
        List<String> upwards = new Rooms("io.sallyport").upwards(core);

        // Then
        assertEquals(List.of(), upwards);
    }

    @Test
    @DisplayName("only the plugin room knows PF4J")
    void pf4jStaysInThePluginRoom() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.sallyport.plugin..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.pf4j..")
                .check(core);
    }

    @Test
    @DisplayName("a use upwards is found, and so is a class without a room")
    void breachesAreFound() {
        // Given
        JavaClasses sample = new ClassFileImporter().importPackages("io.sallyport.tree.sample");
        Rooms rooms = new Rooms("io.sallyport.tree.sample");

        // When
        List<String> upwards = rooms.upwards(sample);
        List<String> homeless = rooms.homeless(sample);

        // Then
        assertEquals(
                List.of("io.sallyport.tree.sample.store.Below uses io.sallyport.tree.sample.journal.segment.Above"),
                upwards);
        assertEquals(List.of("io.sallyport.tree.sample.elsewhere.Homeless"), homeless);
    }
}
