package io.sallyport.masking;

import static io.sallyport.masking.Fixture.NOTE;
import static io.sallyport.masking.Fixture.RELATION;
import static io.sallyport.masking.Fixture.allowed;
import static io.sallyport.masking.Fixture.masking;
import static io.sallyport.masking.Fixture.operation;
import static io.sallyport.masking.Fixture.resource;
import static io.sallyport.masking.Fixture.seen;
import static io.sallyport.masking.Fixture.select;
import static io.sallyport.masking.Fixture.verdict;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.api.action.Action;
import io.sallyport.api.action.Analysis;
import io.sallyport.api.action.Command;
import io.sallyport.api.action.FileAccess;
import io.sallyport.api.action.Resource;
import io.sallyport.api.action.SqlStatement;
import io.sallyport.api.action.Trait;
import io.sallyport.api.action.Tunnel;
import io.sallyport.api.guardrail.Field;
import io.sallyport.api.guardrail.Guardrail;
import io.sallyport.api.guardrail.Mask;
import io.sallyport.api.guardrail.Masking;
import io.sallyport.api.guardrail.Verdict;
import io.sallyport.decision.ResourceGlob;
import io.sallyport.masking.detect.Detector;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaskingGuardrailTest {
    private static final Resource SSN = resource("public", "customers", "ssn");

    @Test
    @DisplayName("what is recorded of a request passes the same detectors")
    void masksRequests() {
        // Given
        MaskingConfig config = new MaskingConfig(List.of(), List.of(Detector.US_SSN), Mask.Strength.REDACT, null);
        Guardrail guardrail = new MaskingGuardrailFactory().create("mask-pii", config);

        // When
        String recorded = String.valueOf(seen(guardrail.requestMask(), "SELECT '123-45-6789'"));

        // Then
        assertFalse(recorded.contains("123-45-6789"), recorded);
    }

    @DisplayName("a masked field may not be computed with, tested or stored")
    @ParameterizedTest
    @ValueSource(strings = {"computed", "tested", "stored"})
    void deniesWhatNoMaskCanUndo(String use) {
        // Given
        MaskingConfig config = masking("public.customers.ssn", Mask.Strength.REDACT);

        // When
        Verdict verdict = verdict(config, operation(select(SSN, Trait.OUTPUT, new Trait(use))));

        // Then
        Verdict.Deny deny = assertInstanceOf(Verdict.Deny.class, verdict);
        assertEquals("mask-pii", deny.rule());
        assertTrue(deny.reason().contains("public.customers.ssn"), deny::reason);
    }

    @Test
    @DisplayName("a whole row and an unresolved name may be the masked field")
    void deniesWhatMayBeTheField() {
        // Given
        MaskingConfig config = masking("public.customers.ssn", Mask.Strength.REDACT);

        // When
        Verdict row = verdict(config, operation(select(resource("public", "customers"), Trait.COMPUTED)));
        Verdict unresolved = verdict(config, operation(select(Resource.unresolved(RELATION, "ssn"), Trait.TESTED)));

        // Then
        assertInstanceOf(Verdict.Deny.class, row);
        assertInstanceOf(Verdict.Deny.class, unresolved);
    }

    @Test
    @DisplayName("other fields may be used in any way")
    void allowsOtherFields() {
        // Given
        MaskingConfig config = masking("public.customers.ssn", Mask.Strength.REDACT);

        // When
        Masking masking = allowed(config, operation(select(resource("public", "customers", "ssn_hash"), Trait.TESTED)));

        // Then
        assertFalse(masking.masksFields());
    }

    @Test
    @DisplayName("an opaque statement is denied while fields are masked, with what could not be read")
    void deniesOpaqueStatements() {
        // Given
        SqlStatement statement = SqlStatement.of(Analysis.opaque("DO $$$$", List.of(), "DO runs any code"), Map.of());

        // When
        Verdict verdict = verdict(masking("public.customers.ssn", Mask.Strength.REDACT), operation(statement));

        // Then
        Verdict.Deny deny = assertInstanceOf(Verdict.Deny.class, verdict);
        assertTrue(deny.reason().contains("DO runs any code"), deny::reason);
    }

    @Test
    @DisplayName("an opaque statement is allowed where only detectors mask")
    void allowsOpaqueStatementsUnderDetectors() {
        // Given
        SqlStatement statement = SqlStatement.of(Analysis.opaque("DO $$$$", List.of(), "DO runs any code"), Map.of());

        // When
        Masking masking = allowed(Fixture.detecting(Mask.Strength.PARTIAL), operation(statement));

        // Then
        assertEquals("***-**-****", seen(masking.textMask(), "123-45-6789"));
    }

    @Test
    @DisplayName(
            "what has no fields is allowed with the detectors' mask, opaque or not: its connector applies it or lets nothing pass")
    void masksBytes() {
        // Given
        Analysis opaque = Analysis.opaque("any", List.of(), "it is not read");
        MaskingConfig config = new MaskingConfig(
                masking("public.customers.ssn", Mask.Strength.REDACT).fields(),
                List.of(Detector.US_SSN),
                Mask.Strength.PARTIAL,
                null);

        for (Action action : List.of(
                new Command(opaque, List.of(), false),
                new FileAccess(opaque, FileAccess.Mode.READ, "/x"),
                new Tunnel(opaque, "host", 1))) {
            // When
            Masking masking = allowed(config, operation(action));

            // Then
            assertEquals("***-**-****", seen(masking.textMask(), "123-45-6789"));
        }
    }

    @DisplayName("a masked field comes out by its origin, in each way")
    @ParameterizedTest
    @CsvSource({"REDACT, [redacted]", "PARTIAL, ***-**-**89", "NULL,"})
    void masksByOrigin(Mask.Strength with, String expected) {
        // Given
        Masking masking = allowed(masking("public.customers.ssn", with), operation(select(SSN, Trait.OUTPUT)));

        // When
        String seen = seen(masking.maskFor(new Field("anything", SSN, Field.Type.TEXT)), "123-45-6789");

        // Then
        assertEquals(expected, seen);
        assertTrue(masking.masksFields());
    }

    @DisplayName("MASK-08 what only looks like the masked field is unchanged")
    @ParameterizedTest
    @ValueSource(strings = {"orders.ssn", "customers.ssn_hash", "customers.session", "ssn.note"})
    void passesLookalikes(String column) {
        // Given
        String[] names = ("public." + column).split("\\.", -1);
        MaskingConfig config = masking("public.customers.ssn", Mask.Strength.REDACT);

        // When
        Mask origin = allowed(config, operation()).maskFor(new Field("ssn", resource(names), Field.Type.TEXT));
        Mask literal = allowed(config, operation()).maskFor(new Field("ssn", null, Field.Type.TEXT));

        // Then
        assertNull(origin);
        assertNull(literal);
    }

    @DisplayName("MASK-07 a masked field without a textual form comes out as null")
    @ParameterizedTest
    @EnumSource(
            value = Field.Type.class,
            names = {"SCALAR", "COMPOSITE", "BYTES"})
    void nullsFieldsWithoutText(Field.Type type) {
        // Given
        Masking masking = allowed(masking("public.customers.ssn", Mask.Strength.REDACT), operation());

        // When
        String seen = seen(masking.maskFor(new Field("ssn", SSN, type)), "7");

        // Then
        assertNull(seen);
    }

    @Test
    @DisplayName("MASK-07 a masked JSON field comes out as a JSON string")
    void keepsJsonFieldsValid() {
        // Given
        Masking masking = allowed(masking("public.customers.ssn", Mask.Strength.PARTIAL), operation());

        // When
        String seen = seen(masking.maskFor(new Field("ssn", SSN, Field.Type.JSON)), "{\"a\": 1}");

        // Then
        assertEquals("\"[redacted]\"", seen);
    }

    @Test
    @DisplayName("the strictest of a field's masks works first and the others see what it left")
    void combinesMasks() {
        // Given
        ResourceGlob note = ResourceGlob.parse("public.orders.note", List.of(RELATION));
        MaskingConfig config = new MaskingConfig(
                List.of(new MaskingConfig.MaskedField(note, Mask.Strength.PARTIAL)),
                List.of(Detector.US_SSN),
                Mask.Strength.REDACT,
                null);

        // When
        Mask mask = allowed(config, operation()).maskFor(NOTE);
        String seen = seen(mask, "123-45-6789 abcdefgh");

        // Then
        assertEquals(Mask.Strength.REDACT, mask == null ? null : mask.strength());
        assertEquals("[********] ****efgh", seen);
    }

    @Test
    @DisplayName("without fields and detectors nothing is masked")
    void isIdleWhenEmpty() {
        // Given
        MaskingConfig config = new MaskingConfig(List.of(), List.of(), null, null);

        // When
        Verdict verdict = verdict(config, operation());

        // Then
        assertSame(Verdict.Allow.PLAIN, verdict);
    }

    @Test
    @DisplayName("detectors without 'with', and 'with' without detectors, are refused")
    void refusesHalfConfigurations() {
        // Given
        List<Detector> detectors = List.of(Detector.EMAIL);

        // When
        IllegalArgumentException noWith =
                assertThrows(IllegalArgumentException.class, () -> new MaskingConfig(List.of(), detectors, null, null));
        IllegalArgumentException noDetectors = assertThrows(
                IllegalArgumentException.class,
                () -> new MaskingConfig(List.of(), List.of(), Mask.Strength.HASH, null));

        // Then
        assertTrue(String.valueOf(noWith.getMessage()).contains("partial, hash, redact"));
        assertTrue(String.valueOf(noDetectors.getMessage()).contains("no detectors"));
    }

    @Test
    @DisplayName("verdicts depend on accesses only if fields are masked")
    void declaresWhatItReads() {
        // Given
        MaskingGuardrailFactory factory = new MaskingGuardrailFactory();

        // When
        Set<Guardrail.Part> withFields = factory.create("m", masking("public.customers.ssn", Mask.Strength.HASH))
                .reads();
        Set<Guardrail.Part> withDetectors =
                factory.create("m", Fixture.detecting(Mask.Strength.HASH)).reads();

        // Then
        assertEquals(Set.of(Guardrail.Part.ACCESSES), withFields);
        assertEquals(Set.of(), withDetectors);
    }
}
