package io.sallyport.hours;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sallyport.api.action.Access;
import io.sallyport.api.action.Analysis;
import io.sallyport.api.action.ApiRequest;
import io.sallyport.api.action.Resource;
import io.sallyport.api.action.ResourceKind;
import io.sallyport.api.action.Verb;
import io.sallyport.api.guardrail.Operation;
import io.sallyport.api.guardrail.Verdict;
import io.sallyport.api.principal.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The guardrail of hours")
final class HoursGuardrailTest {

    private static final Principal WHO = new Principal("issuer", "robot", "robot", Set.of(), Map.of(), null);
    private static final Verb WRITE = new Verb("write");
    private static final Verb READ = new Verb("read");

    @ParameterizedTest(name = "{0} to {1} at {2}: {3}")
    @CsvSource({
        "08:00, 18:00, 07:59:59Z, false",
        "08:00, 18:00, 08:00:00Z, true",
        "08:00, 18:00, 17:59:59Z, true",
        "08:00, 18:00, 18:00:00Z, false",
        "22:00, 06:00, 21:59:59Z, false",
        "22:00, 06:00, 23:30:00Z, true",
        "22:00, 06:00, 05:59:59Z, true",
        "22:00, 06:00, 06:00:00Z, false"
    })
    @DisplayName("is open from its first moment to just before its last, over midnight as well")
    void hours(String from, String to, String time, boolean open) {
        // When
        Verdict verdict = ask(new HoursConfig(from, to, "UTC", List.of()), READ, time, false);

        // Then
        assertEquals(open, verdict instanceof Verdict.Allow);
    }

    @Test
    @DisplayName("reads the clock of its own time zone")
    void zone() {
        // When
        Verdict verdict = ask(new HoursConfig("08:00", "18:00", "Asia/Tokyo", List.of()), READ, "23:30:00Z", false);

        // Then
        assertInstanceOf(Verdict.Allow.class, verdict);
    }

    @Test
    @DisplayName("binds only the verbs that it names, and whatever cannot be read completely")
    void verbs() {
        // Given
        HoursConfig config = new HoursConfig("08:00", "18:00", "UTC", List.of(WRITE));

        // When
        Verdict read = ask(config, READ, "03:00:00Z", false);
        Verdict write = ask(config, WRITE, "03:00:00Z", false);
        Verdict unclear = ask(config, READ, "03:00:00Z", true);

        // Then
        assertInstanceOf(Verdict.Allow.class, read);
        assertInstanceOf(Verdict.Deny.class, unclear);
        assertEquals(new Verdict.Deny("night", "this is allowed from 08:00 to 18:00 UTC only; ask again then"), write);
    }

    @ParameterizedTest
    @ValueSource(strings = {"8", "25:00", "", "18:00"})
    @DisplayName("takes no hours that cannot be read or never end")
    void configuration(String from) {
        assertThrows(IllegalArgumentException.class, () -> new HoursConfig(from, "18:00", "UTC", List.of()));
    }

    private static Verdict ask(HoursConfig config, Verb verb, String time, boolean opaque) {
        List<Access> accesses = List.of(Access.of(verb, Resource.of(new ResourceKind("", '/', true), "a")));
        Analysis analysis = opaque ? Analysis.opaque("?", accesses, "a test") : Analysis.exact("?", accesses);
        Operation operation = new Operation(
                WHO,
                "toy",
                "gateway",
                null,
                new ApiRequest(analysis, "?", "a", null),
                Instant.parse("2026-06-01T" + time));
        return new HoursPlugin()
                .create("night", config)
                .evaluate(operation)
                .toCompletableFuture()
                .join();
    }
}
