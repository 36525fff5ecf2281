package io.sallyport.acceptance.datapath;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class DataPathTest {

    private static JavaClasses product;

    @BeforeAll
    static void importProduct() {
        product = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .withImportOption(location -> !location.contains("/io/sallyport/acceptance/"))
                .importPackages("io.sallyport");
    }

    @Test
    @DisplayName("the core, the toolkit and every plugin are looked at")
    void wholeProduct() {
        for (String module : List.of("session", "netty", "postgres", "rules", "denylist", "approval", "masking")) {
            assertTrue(
                    product.stream().anyMatch(type -> type.getPackageName().startsWith("io.sallyport." + module)),
                    () -> "nothing of " + module);
        }
    }

    @Test
    @DisplayName("no backtracking expression meets traffic")
    void noRegularExpressions() {
        // When
        List<String> uses = Calls.ofRegularExpressions(product);

        // Then
        assertEquals(List.of(), uses);
    }

    @Test
    @DisplayName("only ReadGate turns a channel's reading on and off")
    void onlyReadGateTouchesAutoRead() {
        // When
        List<String> uses = Calls.ofAutoRead(product).stream()
                .filter(use -> !use.startsWith("io.sallyport.netty.ReadGate uses "))
                .toList();

        // Then
        assertEquals(List.of(), uses);
    }

    @Test
    @DisplayName("a call that breaks a rule is found")
    void breachesAreFound() {
        // Given
        JavaClasses sample = new ClassFileImporter().importClasses(Breach.class);

        // When
        List<String> expressions = Calls.ofRegularExpressions(sample);
        List<String> reading = Calls.ofAutoRead(sample);

        // Then
        String breach = Breach.class.getName();
        assertEquals(
                List.of(
                        breach + " uses Matcher.find",
                        breach + " uses Pattern.compile",
                        breach + " uses Pattern.matcher",
                        breach + " uses String.matches"),
                expressions);
        assertEquals(List.of(breach + " uses ChannelConfig.setAutoRead"), reading);
    }
}
