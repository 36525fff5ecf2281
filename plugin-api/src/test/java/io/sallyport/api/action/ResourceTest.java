package io.sallyport.api.action;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceTest {

    private static final ResourceKind RELATION = new ResourceKind("", '.', true);
    private static final ResourceKind FUNCTION = new ResourceKind("function", '.', false);

    @Test
    @DisplayName("a resource is spelled with its prefix and its separator")
    void spelled() {
        // When
        String relation = Resource.of(RELATION, "public", "customers", "ssn").toString();
        String function = Resource.of(FUNCTION, "public", "purge").toString();

        // Then
        assertEquals("public.customers.ssn", relation);
        assertEquals("function:public.purge", function);
    }

    @ParameterizedTest(name = "''{0}''")
    @DisplayName("a segment that could be read as something else is quoted")
    @ValueSource(strings = {"", "a.b", "a b", "tab\there", "line\nhere", "every*", "**"})
    void quoted(String segment) {
        // When
        String text = Resource.of(RELATION, "public", segment).toString();

        // Then
        assertEquals("public.\"" + segment + "\"", text);
    }

    @Test
    @DisplayName("a quote within a segment is doubled")
    void quoteDoubled() {
        // When
        String text = Resource.of(RELATION, "public", "a\"b").toString();

        // Then
        assertEquals("public.\"a\"\"b\"", text);
    }

    @Test
    @DisplayName("no segment can be spelled like two")
    void notForged() {
        // When
        String one = Resource.of(RELATION, "public.customers").toString();
        String two = Resource.of(RELATION, "public", "customers").toString();
        String forged = Resource.of(RELATION, "public\".\"customers").toString();

        // Then
        assertNotEquals(two, one);
        assertNotEquals(two, forged);
        assertNotEquals(one, forged);
    }

    @Test
    @DisplayName("a star alone is a name in its own right, as a collection's is")
    void star() {
        // When
        String text = Resource.of(new ResourceKind("", '/', false), "prod", "pods", "*")
                .toString();

        // Then
        assertEquals("prod/pods/*", text);
    }

    @Test
    @DisplayName("a path keeps its first slash, and its other empty segments are seen")
    void path() {
        // Given
        ResourceKind kind = new ResourceKind("path", '/', false);

        // When
        String path = Resource.of(kind, "", "metrics", "").toString();

        // Then
        assertEquals("path:/metrics/\"\"", path);
    }

    @Test
    @DisplayName("a resource of which only the name is known says so")
    void unresolved() {
        // When
        Resource resource = Resource.unresolved(RELATION, "customers");

        // Then
        assertEquals("?.customers", resource.toString());
        assertEquals("customers", resource.lastSegment());
        assertNotEquals(Resource.of(RELATION, "customers"), resource);
    }

    @Test
    @DisplayName("a resource has a segment")
    void empty() {
        assertThrows(IllegalArgumentException.class, () -> Resource.of(RELATION));
    }

    @Test
    @DisplayName("changing the given list changes no resource")
    void copied() {
        // Given
        List<String> segments = new ArrayList<>(List.of("public", "customers"));
        Resource resource = new Resource(RELATION, segments, true);

        // When
        segments.set(1, "orders");

        // Then
        assertEquals("public.customers", resource.toString());
    }

    @Test
    @DisplayName("an absolute path begins with a slash, and what lies below it ends with two stars")
    void paths() {
        // Given
        ResourceKind path = new ResourceKind("", '/', false);

        // When
        List<String> texts = List.of(
                Resource.of(path, "", "").toString(),
                Resource.of(path, "", "srv", "a b").toString(),
                Resource.below(path, List.of("", "srv")).toString(),
                Resource.below(path, List.of("")).toString());

        // Then
        assertEquals(List.of("/", "/srv/\"a b\"", "/srv/**", "/**"), texts);
    }

    @Test
    @DisplayName("a resource of which nothing is known says so")
    void unknown() {
        // When
        Resource unknown = Resource.unknown(RELATION);

        // Then
        assertEquals(List.of(true, false), List.of(unknown.unknown(), unknown.resolved()));
        assertEquals(false, Resource.unresolved(RELATION, "a").unknown());
    }

    @Test
    @DisplayName("only what is spelled with slashes has something below it")
    void below() {
        // When / Then
        assertThrows(IllegalArgumentException.class, () -> Resource.below(RELATION, List.of("public")));
        assertThrows(IllegalArgumentException.class, () -> Resource.below(new ResourceKind("", '/', false), List.of()));
    }
}
