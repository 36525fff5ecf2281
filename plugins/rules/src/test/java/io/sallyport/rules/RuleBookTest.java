package io.sallyport.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.api.action.Access;
import io.sallyport.api.action.Action;
import io.sallyport.api.action.Analysis;
import io.sallyport.api.action.Command;
import io.sallyport.api.action.Resource;
import io.sallyport.api.action.ResourceKind;
import io.sallyport.api.action.SqlStatement;
import io.sallyport.api.action.Trait;
import io.sallyport.api.action.Verb;
import io.sallyport.api.config.ResourcePattern;
import io.sallyport.api.config.TextPattern;
import io.sallyport.decision.Re2Text;
import io.sallyport.decision.ResourceGlob;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleBookTest {
    private static final ResourceKind RELATION = new ResourceKind("", '.', true);
    private static final ResourceKind FUNCTION = new ResourceKind("function", '.', false);
    private static final ResourceKind PATH = new ResourceKind("", '/', false);
    private static final List<ResourceKind> KINDS = List.of(RELATION, FUNCTION, PATH);

    private static Rule rule(String verb, String pattern) {
        return new Rule(null, verbs(verb), patterns(pattern), List.of(), null, null, List.of(), false, null);
    }

    private static List<Verb> verbs(String verb) {
        return verb.isEmpty() ? List.of() : List.of(new Verb(verb));
    }

    private static List<ResourcePattern> patterns(String pattern) {
        return pattern.isEmpty() ? List.of() : List.of(ResourceGlob.parse(pattern, KINDS));
    }

    private static Action action(String text, Access... accesses) {
        return SqlStatement.of(Analysis.exact(text, List.of(accesses)), Map.of());
    }

    private static Access access(String verb, String resource) {
        return Access.of(new Verb(verb), new Resource(RELATION, List.of(resource.split("\\.", -1)), true));
    }

    private static int number(@Nullable Match match) {
        return match == null ? 0 : match.number();
    }

    @DisplayName("a rule matches what its patterns touch: the thing, its parts, what contains it")
    @ParameterizedTest
    @CsvSource({
        "drop, public.customers, drop, public.customers, 1",
        "drop, public.customers, drop, public.customers.ssn, 1",
        "drop, public.customers, drop, public, 1",
        "drop, public.customers, drop, public.orders, 0",
        "drop, public.customers, select, public.customers, 0",
        "drop, '', drop, public.orders, 1",
        "'', public.customers, select, public.customers, 1",
        "drop, public.*, drop, public.orders, 1",
        "drop, public.**, drop, public.orders, 1",
        "drop, public.**, drop, other.orders, 0",
        "drop, *.customers, drop, public.customers, 1",
        "drop, *.customers, drop, public, 1",
        "drop, public.cust*, drop, public.customers, 1",
        "drop, function:public.purge, drop, public.purge, 0"
    })
    void matchesWhatItTouches(String verb, String pattern, String asked, String resource, int expected) {
        // Given
        RuleBook book = new RuleBook(List.of(rule(verb, pattern)));

        // When
        Match match = book.first(action("a text", access(asked, resource)));

        // Then
        assertEquals(expected, number(match));
    }

    @DisplayName("a name that is not resolved matches every rule that could mean it")
    @ParameterizedTest
    @CsvSource({"public.customers, 1", "public.*, 1", "**, 1", "public.orders, 0", "function:public.customers, 0"})
    void matchesUnresolvedNames(String pattern, int expected) {
        // Given
        RuleBook book = new RuleBook(List.of(rule("drop", pattern)));
        Access unresolved = Access.of(new Verb("drop"), Resource.unresolved(RELATION, "customers"));

        // When
        Match match = book.first(action("a text", unresolved));

        // Then
        assertEquals(expected, number(match));
    }

    @Test
    @DisplayName("verb, resource and trait must hold for one access")
    void holdsForOneAccess() {
        // Given
        Trait noWhere = new Trait("no-where");
        RuleBook book = new RuleBook(List.of(new Rule(
                null, verbs("delete"), patterns("public.t"), List.of(noWhere), null, null, List.of(), false, null)));
        Resource table = Resource.of(RELATION, "public", "t");

        // When
        Match spread = book.first(action(
                "a text",
                new Access(new Verb("select"), table, Set.of(noWhere)),
                new Access(new Verb("delete"), table, Set.of())));
        Match together = book.first(action("a text", new Access(new Verb("delete"), table, Set.of(noWhere))));

        // Then
        assertNull(spread);
        assertEquals(1, number(together));
    }

    @Test
    @DisplayName("all conditions must hold")
    void holdsAltogether() {
        // Given
        TextPattern curl = Re2Text.compile("curl .*\\| *(ba)?sh");
        RuleBook book = new RuleBook(
                List.of(new Rule(null, verbs("exec"), List.of(), List.of(), curl, null, List.of(), false, null)));

        // When
        Match both = book.first(action("curl x | bash", access("exec", "x")));
        Match textOnly = book.first(action("curl x | bash", access("select", "x")));
        Match verbOnly = book.first(action("curl x", access("exec", "x")));

        // Then
        assertEquals(1, number(both));
        assertNull(textOnly);
        assertNull(verbOnly);
    }

    @Test
    @DisplayName("a rule on opaque actions matches what cannot be read, and says why")
    void matchesOpaqueActions() {
        // Given
        RuleBook book = new RuleBook(
                List.of(new Rule("unread", List.of(), List.of(), List.of(), null, null, List.of(), true, null)));
        Action opaque = SqlStatement.of(Analysis.opaque("DO", List.of(), "DO runs any code"), Map.of());

        // When
        Match match = book.first(opaque);
        Match exact = book.first(action("a text", access("select", "t")));

        // Then
        assertNotNull(match);
        assertEquals("guard/unread", match.label("guard"));
        assertTrue(match.reason(opaque, "is not allowed").endsWith("DO runs any code"));
        assertNull(exact);
    }

    @Test
    @DisplayName("a command matches by name and flags, and where its name is not known")
    void matchesCommands() {
        // Given
        RuleBook book = new RuleBook(List.of(
                new Rule(null, List.of(), List.of(), List.of(), null, "rm", List.of("r", "f"), false, null),
                new Rule(null, List.of(), List.of(), List.of(), null, "sudo", List.of(), false, null)));

        // When
        List<Integer> numbers = new ArrayList<>();
        for (String text : List.of("rm -rf /", "rm -r /", "sudo id", "sudo rm -rf /", "$X", "echo sudo")) {
            numbers.add(number(book.first(new Command(Analysis.exact(text, List.of()), List.of(), false))));
        }

        // Then
        assertEquals(List.of(1, 0, 2, 1, 1, 0), numbers);
    }

    @Test
    @DisplayName("of several matching rules the first in the configuration is found")
    void findsTheFirst() {
        // Given
        RuleBook book = new RuleBook(List.of(
                rule("select", "public.t"), rule("drop", "public.**"), rule("", "public.customers"), rule("drop", "")));

        // When
        Match match = book.first(action("a text", access("drop", "public.customers")));

        // Then
        assertEquals(2, number(match));
    }

    @Test
    @DisplayName("with 10,000 rules no more patterns are asked than with ten")
    void looksUpInFlatTime() {
        // Given
        AtomicInteger asked = new AtomicInteger();
        RuleBook few = new RuleBook(counted(10, asked));
        RuleBook many = new RuleBook(counted(10_000, asked));
        Action allowed = action("a text", access("drop", "public.other"), access("drop", "public.table7.note"));
        Action unresolved = action("a text", Access.of(new Verb("drop"), Resource.unresolved(RELATION, "table7")));
        few.first(allowed);
        many.first(allowed);

        // When
        List<Integer> counts = new ArrayList<>();
        for (RuleBook book : List.of(few, many)) {
            for (Action action : List.of(allowed, unresolved)) {
                asked.set(0);
                book.first(action);
                counts.add(asked.get());
            }
        }

        // Then
        assertEquals(List.of(1, 1, 1, 1), counts);
    }

    private static List<Rule> counted(int count, AtomicInteger asked) {
        List<Rule> rules = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ResourcePattern pattern = new Counted(ResourceGlob.parse("public.table" + i, KINDS), asked);
            rules.add(new Rule(null, verbs("drop"), List.of(pattern), List.of(), null, null, List.of(), false, null));
        }
        return rules;
    }

    private record Counted(ResourcePattern pattern, AtomicInteger asked) implements ResourcePattern {
        @Override
        public boolean covers(Resource resource) {
            return pattern.covers(resource);
        }

        @Override
        public boolean touches(Resource resource) {
            asked.incrementAndGet();
            return pattern.touches(resource);
        }

        @Override
        public @Nullable List<String> prefix(ResourceKind kind) {
            return pattern.prefix(kind);
        }
    }

    @Test
    @DisplayName("a rule without a condition, flags without a command and a command with a path are refused")
    void refusesRulesThatCannotBeMeant() {
        // Given
        String path = "/bin/rm";

        // When
        List<IllegalArgumentException> refusals = List.of(
                assertThrows(IllegalArgumentException.class, () -> rule("", "")),
                assertThrows(
                        IllegalArgumentException.class,
                        () -> new Rule(
                                null, verbs("exec"), List.of(), List.of(), null, null, List.of("r"), false, null)),
                assertThrows(
                        IllegalArgumentException.class,
                        () -> new Rule(null, List.of(), List.of(), List.of(), null, path, List.of(), false, null)));

        // Then
        assertTrue(String.valueOf(refusals.get(0).getMessage()).contains("condition"));
        assertTrue(String.valueOf(refusals.get(1).getMessage()).contains("command"));
        assertTrue(String.valueOf(refusals.get(2).getMessage()).contains("without path"));
    }
}
