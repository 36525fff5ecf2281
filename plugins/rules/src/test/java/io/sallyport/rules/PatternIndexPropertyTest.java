package io.sallyport.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sallyport.api.action.Resource;
import io.sallyport.api.action.ResourceKind;
import io.sallyport.api.config.ResourcePattern;
import io.sallyport.decision.ResourceGlob;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

class PatternIndexPropertyTest {
    private static final List<ResourceKind> KINDS = List.of(
            new ResourceKind("", '.', true),
            new ResourceKind("", ' ', false),
            new ResourceKind("", '/', false),
            new ResourceKind("function", '.', false));

    @Property(tries = 2000)
    @Label("the index finds exactly the patterns that touch the resource")
    void findsWhatTouches(
            @ForAll @Size(max = 20) List<@net.jqwik.api.From("patterns") String> spelled,
            @ForAll("resources") Resource resource) {
        // Given
        PatternIndex index = new PatternIndex();
        Set<Integer> expected = new TreeSet<>();
        for (int i = 0; i < spelled.size(); i++) {
            ResourcePattern pattern = ResourceGlob.parse(spelled.get(i), KINDS);
            index.add(i, List.of(pattern));
            if (pattern.touches(resource)) {
                expected.add(i);
            }
        }

        // When
        Set<Integer> found = new TreeSet<>();
        index.find(resource, found::add);

        // Then
        assertEquals(expected, found);
    }

    @Provide
    Arbitrary<String> patterns() {
        Arbitrary<String> segments = Arbitraries.of("a", "b", "c", "*", "a*")
                .list()
                .ofMinSize(1)
                .ofMaxSize(3)
                .map(list -> String.join(".", list));
        return Arbitraries.oneOf(
                segments,
                segments.map(text -> text + ".**"),
                segments.map(text -> "function:" + text),
                segments.map(text -> text.replace('.', ' ') + " **"),
                segments.map(text -> text.replace('.', '/')),
                segments.map(text -> "/" + text.replace('.', '/')),
                segments.map(text -> text.replace('.', '/') + "/**"),
                segments.map(text -> text.replace('.', ' ')));
    }

    @Provide
    Arbitrary<Resource> resources() {
        Arbitrary<List<String>> segments = Arbitraries.of("a", "b", "c", "ab", "-a", "*")
                .list()
                .ofMinSize(1)
                .ofMaxSize(4);
        return Arbitraries.oneOf(
                segments.flatMap(list -> Arbitraries.of(KINDS).map(kind -> new Resource(kind, list, true))),
                segments.map(list -> Resource.below(KINDS.get(2), list)),
                segments.map(list -> Resource.below(
                        KINDS.get(2),
                        Stream.concat(Stream.of(""), list.stream()).toList())),
                Arbitraries.of(KINDS).map(Resource::unknown),
                Arbitraries.of("a", "b", "ab")
                        .flatMap(name -> Arbitraries.of(KINDS).map(kind -> Resource.unresolved(kind, name))));
    }
}
