package io.sallyport.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sallyport.api.action.Access;
import io.sallyport.api.action.Resource;
import io.sallyport.api.action.ResourceKind;
import io.sallyport.api.action.Verb;
import io.sallyport.api.config.ResourcePattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A scope")
class ScopeTest {

    private static final ResourceKind RELATION = new ResourceKind("", '.', true);
    private static final Verb SELECT = new Verb("select");

    private static List<ResourcePattern> patterns(String... spelled) {
        return Stream.of(spelled)
                .<ResourcePattern>map(text -> ResourceGlob.parse(text, List.of(RELATION)))
                .toList();
    }

    private static boolean passes(Scope scope, String... segments) {
        return scope.firstUncovered(List.of(Access.of(SELECT, Resource.of(RELATION, segments))), false) == null;
    }

    @Test
    @DisplayName("with an exception leaves it out, with everything in it, and nothing else")
    void exceptions() {
        // Given
        Scope scope = new Scope(List.of(new Scope.Entry(
                Set.of("select"),
                patterns("pg_catalog.**"),
                patterns("pg_catalog.pg_authid", "pg_catalog.sub.secret"))));
        // When
        List<Boolean> passed = List.of(
                passes(scope, "pg_catalog", "pg_class"),
                passes(scope, "pg_catalog", "pg_authid"),
                passes(scope, "pg_catalog", "pg_authid", "rolname"),
                passes(scope, "pg_catalog", "sub"),
                passes(scope, "pg_catalog", "sub", "name"),
                passes(scope, "pg_catalog", "sub", "secret"));
        // Then
        assertEquals(List.of(true, false, false, true, true, false), passed);
    }

    @Test
    @DisplayName("finds an exact entry and its columns among ten thousand, and no neighbour")
    void exactEntries() {
        // Given
        List<Scope.Entry> entries = new ArrayList<>();
        IntStream.range(0, 10_000)
                .forEach(i -> entries.add(new Scope.Entry(Set.of("select"), patterns("public.t" + i), List.of())));
        Scope scope = new Scope(entries);
        // When
        List<Boolean> passed = List.of(
                passes(scope, "public", "t9999"),
                passes(scope, "public", "t9999", "id"),
                passes(scope, "public", "t10000"),
                passes(scope, "public"));
        // Then
        assertEquals(List.of(true, true, false, false), passed);
    }

    @Test
    @DisplayName("with the verb * allows every verb on its resources")
    void anyVerb() {
        // Given
        Scope scope = new Scope(List.of(new Scope.Entry(Set.of("*"), patterns("public.t"), List.of())));
        // When / Then
        assertEquals(List.of(true, false), List.of(passes(scope, "public", "t"), passes(scope, "other", "t")));
    }
}
