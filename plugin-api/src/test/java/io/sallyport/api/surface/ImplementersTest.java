package io.sallyport.api.surface;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.api.ConsumerType;
import io.sallyport.api.ProviderType;
import io.sallyport.api.guardrail.Guardrail;
import io.sallyport.api.session.Session;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Who implements the API")
final class ImplementersTest {

    @Test
    @DisplayName("every interface says whether plugins or the gateway implement it; a sealed one is closed to both")
    void everyInterfaceSays() {
        // When
        List<String> wrong = new ArrayList<>();
        for (Class<?> type : ApiListing.types()) {
            boolean open = type.isInterface() && !type.isAnnotation() && !type.isSealed();
            int said = (type.isAnnotationPresent(ProviderType.class) ? 1 : 0)
                    + (type.isAnnotationPresent(ConsumerType.class) ? 1 : 0);
            if (said != (open ? 1 : 0)) {
                wrong.add(type.getName());
            }
        }

        // Then
        assertEquals(List.of(), wrong, "each open interface has @ProviderType or @ConsumerType, nothing else has one");
    }

    @Test
    @DisplayName("no class can be extended, so that a new method in one is never overridden by accident")
    void classesAreFinal() {
        // When
        List<String> open = ApiListing.types().stream()
                .filter(type -> !type.isInterface() && !Modifier.isFinal(type.getModifiers()) && !type.isEnum())
                .map(Class::getName)
                .toList();

        // Then
        assertEquals(List.of(), open);
    }

    @Test
    @DisplayName("what the core hands to plugins is the core's to implement, what they hand to it is theirs")
    void examples() {
        assertTrue(Session.class.isAnnotationPresent(ProviderType.class));
        assertTrue(Guardrail.class.isAnnotationPresent(ConsumerType.class));
    }
}
