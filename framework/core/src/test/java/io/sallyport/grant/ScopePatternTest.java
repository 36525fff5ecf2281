package io.sallyport.grant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.api.action.Access;
import io.sallyport.api.action.Resource;
import io.sallyport.api.action.ResourceKind;
import io.sallyport.api.action.Verb;
import io.sallyport.api.config.ResourcePattern;
import io.sallyport.decision.ResourceGlob;
import io.sallyport.decision.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Patterns of scopes against a matcher so simple that it can be read: a recursion over letters and segments. Patterns are
 * made as segments, spelled, and read back, so that the spelling is under test too.
 */
@DisplayName("A scope's pattern")
class ScopePatternTest {

    private static final int ROUNDS = 30_000;
    private static final String REST = "**";

    /** The grammars of the three protocols, as their connectors declare them. */
    private enum Grammar {
        RELATION(1, "", '.', true),
        FUNCTION(2, "function", '.', false),
        ARGUMENTS(3, "", ' ', false),
        FILE(4, "", '/', false),
        DESTINATION(5, "", ':', false),
        OBJECT(6, "", '/', true),
        ENDPOINT(7, "path", '/', false);

        private final int seed;
        private final String prefix;
        private final char separator;
        private final boolean nested;

        Grammar(int seed, String prefix, char separator, boolean nested) {
            this.seed = seed;
            this.prefix = prefix;
            this.separator = separator;
            this.nested = nested;
        }

        ResourceKind kind() {
            return new ResourceKind(prefix, separator, nested);
        }

        List<ResourceKind> declaredTogether() {
            return switch (this) {
                case RELATION, FUNCTION -> List.of(RELATION.kind(), FUNCTION.kind());
                case ARGUMENTS, FILE, DESTINATION -> List.of(ARGUMENTS.kind(), FILE.kind(), DESTINATION.kind());
                case OBJECT, ENDPOINT -> List.of(OBJECT.kind(), ENDPOINT.kind());
            };
        }

        /** Paths are absolute: they begin with an empty segment. */
        boolean absolute() {
            return this == FILE || this == ENDPOINT;
        }

        /** An address is two segments; everything else has as many as it has. */
        int longest() {
            return this == DESTINATION ? 2 : 4;
        }
    }

    /** One segment of a pattern: text that means itself, or one in which a star means any letters. */
    private record Segment(String text, boolean quoted) {

        boolean glob() {
            return !quoted && text.indexOf('*') >= 0;
        }

        boolean rest() {
            return !quoted && text.equals(REST);
        }

        String spelled() {
            return quoted ? '"' + text.replace("\"", "\"\"") + '"' : text;
        }
    }

    @ParameterizedTest
    @EnumSource(Grammar.class)
    @DisplayName("covers exactly what the simple matcher says")
    void covers(Grammar grammar) {
        // Given
        Random random = new Random(1_000 + grammar.seed);
        int covered = 0;
        for (int round = 0; round < ROUNDS; round++) {
            List<Segment> pattern = pattern(random, grammar);
            Resource resource = resource(random, grammar, pattern);

            // When
            boolean covers = parsed(pattern, grammar).covers(resource);

            // Then
            assertEquals(
                    covers(pattern, resource.segments(), grammar),
                    covers,
                    () -> spelled(pattern, grammar) + " and " + resource);
            covered += covers ? 1 : 0;
        }
        assertTrue(covered > ROUNDS / 20 && covered < ROUNDS * 19 / 20, "both answers are common: " + covered);
    }

    @ParameterizedTest
    @EnumSource(Grammar.class)
    @DisplayName("that covers something is touched by it too, so that no rule sees less than a scope")
    void touches(Grammar grammar) {
        // Given
        Random random = new Random(2_000 + grammar.seed);
        int covered = 0;
        for (int round = 0; round < ROUNDS; round++) {
            List<Segment> pattern = pattern(random, grammar);
            Resource resource = resource(random, grammar, pattern);
            ResourceGlob glob = parsed(pattern, grammar);

            // When
            boolean covers = glob.covers(resource);

            // Then
            if (covers) {
                covered++;
                assertTrue(glob.touches(resource), () -> spelled(pattern, grammar) + " and " + resource);
            }
        }
        assertTrue(covered > ROUNDS / 20, "enough was covered: " + covered);
    }

    @ParameterizedTest
    @EnumSource(
            value = Grammar.class,
            names = {"FILE", "OBJECT", "ENDPOINT"})
    @DisplayName("covers what lies below a place only if it covers each name there, at every depth")
    void below(Grammar grammar) {
        // Given
        Random random = new Random(3_000 + grammar.seed);
        int covered = 0;
        for (int round = 0; round < ROUNDS; round++) {
            List<Segment> pattern = pattern(random, grammar);
            List<String> place = resource(random, grammar, pattern).segments();

            // When
            boolean covers = parsed(pattern, grammar).covers(Resource.below(grammar.kind(), place));

            // Then
            if (covers) {
                covered++;
                for (int depth = 1; depth <= 4; depth++) {
                    List<String> name = new ArrayList<>(place);
                    for (int i = 0; i < depth; i++) {
                        name.add("unheard-of");
                    }
                    assertTrue(
                            covers(pattern, name, grammar),
                            () -> spelled(pattern, grammar) + " covers what lies below " + place + " but not " + name);
                }
            }
        }
        assertTrue(covered > ROUNDS / 100, "enough was covered: " + covered);
    }

    @ParameterizedTest
    @EnumSource(Grammar.class)
    @DisplayName("among others in a scope gives what each gives alone")
    void together(Grammar grammar) {
        // Given
        Random random = new Random(4_000 + grammar.seed);
        for (int round = 0; round < ROUNDS / 10; round++) {
            List<List<Segment>> patterns = new ArrayList<>();
            for (int i = 0; i < 1 + random.nextInt(6); i++) {
                patterns.add(pattern(random, grammar));
            }
            List<ResourcePattern> globs = patterns.stream()
                    .<ResourcePattern>map(pattern -> parsed(pattern, grammar))
                    .toList();
            Scope scope = new Scope(List.of(new Scope.Entry(Set.of("get"), globs, List.of())));
            Resource resource = resource(random, grammar, patterns.get(random.nextInt(patterns.size())));

            // When
            boolean allowed = scope.firstUncovered(List.of(Access.of(new Verb("get"), resource)), false) == null;

            // Then
            boolean expected = patterns.stream().anyMatch(pattern -> covers(pattern, resource.segments(), grammar));
            assertEquals(expected, allowed, () -> globs + " and " + resource);
        }
    }

    /** The whole meaning of a pattern. */
    private static boolean covers(List<Segment> pattern, List<String> name, Grammar grammar) {
        if (pattern.isEmpty()) {
            return name.isEmpty() || grammar.nested;
        }
        Segment first = pattern.get(0);
        if (first.rest()) {
            return grammar == Grammar.ARGUMENTS || !name.isEmpty();
        }
        return !name.isEmpty()
                && covers(first, name.get(0), grammar)
                && covers(pattern.subList(1, pattern.size()), name.subList(1, name.size()), grammar);
    }

    private static boolean covers(Segment segment, String name, Grammar grammar) {
        if (!segment.glob()) {
            return segment.text().equals(name);
        }
        boolean hiddenOption = grammar == Grammar.ARGUMENTS
                && name.startsWith("-")
                && !segment.text().startsWith("-");
        return !hiddenOption && letters(segment.text(), name);
    }

    private static boolean letters(String glob, String name) {
        if (glob.isEmpty()) {
            return name.isEmpty();
        }
        if (glob.charAt(0) == '*') {
            return letters(glob.substring(1), name) || (!name.isEmpty() && letters(glob, name.substring(1)));
        }
        return !name.isEmpty() && name.charAt(0) == glob.charAt(0) && letters(glob.substring(1), name.substring(1));
    }

    private static ResourceGlob parsed(List<Segment> pattern, Grammar grammar) {
        return ResourceGlob.parse(spelled(pattern, grammar), grammar.declaredTogether());
    }

    private static String spelled(List<Segment> pattern, Grammar grammar) {
        String prefix = grammar.prefix.isEmpty() ? "" : grammar.prefix + ":";
        return pattern.stream()
                .map(Segment::spelled)
                .collect(Collectors.joining(String.valueOf(grammar.separator), prefix, ""));
    }

    private static List<Segment> pattern(Random random, Grammar grammar) {
        List<Segment> pattern = new ArrayList<>();
        if (grammar.absolute()) {
            pattern.add(new Segment("", false));
        }
        int length = 1 + random.nextInt(grammar.longest());
        boolean rest = random.nextInt(4) == 0;
        for (int i = 0; i < length; i++) {
            if (rest && i == length - 1) {
                pattern.add(new Segment(REST, false));
            } else if (random.nextInt(8) == 0 && !grammar.absolute() && grammar != Grammar.DESTINATION) {
                pattern.add(new Segment(letters(random, "ab\"* ."), true));
            } else {
                String text = letters(random, random.nextInt(3) == 0 ? "ab-*" : "ab-");
                pattern.add(new Segment(text.equals(REST) ? "*" : text, false));
            }
        }
        return pattern;
    }

    /** Something near the pattern more often than not, since chance alone would seldom be covered. */
    private static Resource resource(Random random, Grammar grammar, List<Segment> pattern) {
        List<String> segments = new ArrayList<>();
        for (Segment segment : pattern) {
            int choice = random.nextInt(12);
            if (segment.rest()) {
                for (int i = random.nextInt(3); i > 0; i--) {
                    segments.add(letters(random, "ab-"));
                }
            } else if (choice == 0) {
                String other = letters(random, "ab-*");
                // Two stars are no name: they stand for what lies below, which has a specification of its own.
                segments.add(segment.text().isEmpty() ? "" : other.equals(REST) ? Resource.ALL : other);
            } else if (choice == 1 && !segments.isEmpty() && segments.size() > 1) {
                segments.add(Resource.ALL);
            } else {
                segments.add(segment.glob() ? filled(random, segment.text()) : segment.text());
            }
        }
        for (int i = random.nextInt(6) - 3; i > 0; i--) {
            segments.add(letters(random, "ab-"));
        }
        if (random.nextInt(10) == 0 && segments.size() > 2) {
            segments.remove(segments.size() - 1);
        }
        if (segments.isEmpty()) {
            segments.add(letters(random, "ab-"));
        }
        return new Resource(grammar.kind(), segments, true);
    }

    private static String filled(Random random, String glob) {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < glob.length(); i++) {
            if (glob.charAt(i) != '*') {
                name.append(glob.charAt(i));
            } else if (random.nextBoolean()) {
                name.append(letters(random, "ab-"));
            }
        }
        return name.length() == 0 ? letters(random, "ab-") : name.toString();
    }

    private static String letters(Random random, String alphabet) {
        StringBuilder text = new StringBuilder();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }
}
