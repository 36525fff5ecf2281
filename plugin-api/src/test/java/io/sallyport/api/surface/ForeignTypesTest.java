package io.sallyport.api.surface;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForeignTypesTest {

    @Test
    @DisplayName("the API shows only types of java.base, of itself and JSpecify's annotations")
    void apiShowsNoForeignType() {
        // Given
        List<Class<?>> types = ApiListing.types();

        // When
        List<String> foreign =
                types.stream().flatMap(type -> ForeignTypes.of(type).stream()).toList();

        // Then
        assertEquals(List.of(), foreign);
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("a foreign type is found wherever it may stand")
    @ValueSource(
            classes = {
                Shows.InField.class,
                Shows.InParameter.class,
                Shows.InReturn.class,
                Shows.InArray.class,
                Shows.InArgument.class,
                Shows.InWildcard.class,
                Shows.InBound.class,
                Shows.InMethodBound.class,
                Shows.InException.class,
                Shows.InComponent.class,
                Shows.InSupertype.class,
                Shows.InAnnotation.class,
                Shows.InMemberAnnotation.class,
                Shows.InProtectedConstructor.class
            })
    void foreignTypeIsFound(Class<?> type) {
        // When
        int lines = ForeignTypes.of(type).size();

        // Then
        assertEquals(1, lines);
    }

    @Test
    @DisplayName("what a plugin cannot see may use any type")
    void privateMembersAreFree() {
        // When
        List<String> foreign = ForeignTypes.of(Shows.Inside.class);

        // Then
        assertEquals(List.of(), foreign);
    }
}
