package io.sallyport.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sallyport.api.action.Resource;
import io.sallyport.api.action.ResourceKind;
import io.sallyport.api.config.ResourcePattern;
import io.sallyport.decision.ResourceGlob;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

class PatternIndexPropertyTest {
    private static final List<ResourceKind> KINDS = List.of(
            new ResourceKind("", '.', true),
            new ResourceKind("", ' ', false),
            new ResourceKind("", '/', false),
            new ResourceKind("function", '.', false));

    @RepeatedTest(2000)
    @DisplayName("the index finds exactly the patterns that touch the resource")
    void findsWhatTouches(RepetitionInfo repetition) {
        // Given
        Random random = new Random(repetition.getCurrentRepetition());
        Resource resource = resource(random);
        int count = random.nextInt(21);
        List<String> spelled = new ArrayList<>();
        PatternIndex index = new PatternIndex();
        Set<Integer> expected = new TreeSet<>();
        for (int i = 0; i < count; i++) {
            spelled.add(pattern(random));
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
        assertEquals(expected, found, () -> resource + " and " + spelled);
    }

    private static String pattern(Random random) {
        String text = String.join(".", some(random, 3, "a", "b", "c", "*", "a*"));
        return switch (random.nextInt(8)) {
            case 0 -> text;
            case 1 -> text + ".**";
            case 2 -> "function:" + text;
            case 3 -> text.replace('.', ' ') + " **";
            case 4 -> text.replace('.', '/');
            case 5 -> "/" + text.replace('.', '/');
            case 6 -> text.replace('.', '/') + "/**";
            default -> text.replace('.', ' ');
        };
    }

    private static Resource resource(Random random) {
        List<String> segments = some(random, 4, "a", "b", "c", "ab", "-a", "*");
        ResourceKind kind = KINDS.get(random.nextInt(KINDS.size()));
        return switch (random.nextInt(5)) {
            case 0 -> new Resource(kind, segments, true);
            case 1 -> Resource.below(KINDS.get(2), segments);
            case 2 ->
                Resource.below(
                        KINDS.get(2),
                        Stream.concat(Stream.of(""), segments.stream()).toList());
            case 3 -> Resource.unknown(kind);
            default -> Resource.unresolved(kind, some(random, 1, "a", "b", "ab").get(0));
        };
    }

    /** One to so many of the words. */
    private static List<String> some(Random random, int most, String... words) {
        return random.ints(1 + random.nextInt(most), 0, words.length)
                .mapToObj(i -> words[i])
                .toList();
    }
}
