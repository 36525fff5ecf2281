package io.sallyport.masking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.api.guardrail.Field;
import io.sallyport.api.guardrail.Mask;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class MaskPropertyTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> SENSITIVE = List.of(
            "4111 1111 1111 1111",
            "alice@example.com",
            "GB82 WEST 1234 5698 7654 32",
            "123-45-6789",
            "378282246310005");

    @Property(tries = 1000)
    @Label("masking what is masked changes nothing")
    void isIdempotent(@ForAll("texts") String text, @ForAll("milder") Mask.Strength with) {
        // Given
        Mask mask =
                Fixture.allowed(Fixture.detecting(with), Fixture.operation()).maskFor(Fixture.NOTE);
        String once = Fixture.seen(mask, text);

        // When
        String twice = Fixture.seen(mask, String.valueOf(once));

        // Then
        assertEquals(once, twice);
    }

    @Property(tries = 1000)
    @Label("MASK-07 a JSON document keeps its structure whatever its strings hold")
    void keepsJsonReadable(@ForAll("texts") String text, @ForAll("milder") Mask.Strength with)
            throws JsonProcessingException {
        // Given
        Field json = new Field("j", null, Field.Type.JSON);
        ObjectNode document = JSON.createObjectNode();
        document.put("t", text).put("n", 5).put("s", "123-45-6789").put("c", 4111111111111111L);
        String spelled = JSON.writeValueAsString(document);

        // When
        JsonNode seen = JSON.readTree(Fixture.seen(Fixture.detecting(with), json, spelled));

        // Then
        assertEquals(4, seen.size());
        assertEquals(5, seen.get("n").intValue());
        assertFalse(seen.get("s").textValue().contains("6789"));
        assertFalse(seen.get("c").asText().startsWith("4111"));
    }

    @Property(tries = 500)
    @Label("a sensitive value between ordinary words does not come out")
    void hides(@ForAll("sensitive") String value, @ForAll("words") String before, @ForAll("words") String after) {
        // Given
        String text = before + " " + value + " " + after;

        // When
        String seen = Fixture.seen(Fixture.detecting(Mask.Strength.PARTIAL), Fixture.NOTE, text);

        // Then
        assertFalse(String.valueOf(seen).contains(value));
    }

    @Provide
    Arbitrary<String> sensitive() {
        return Arbitraries.of(SENSITIVE);
    }

    @Provide
    Arbitrary<String> words() {
        return Arbitraries.of("note", "n 7", "\"", "\\", "\n", "é", "{", "4", "")
                .list()
                .ofMaxSize(6)
                .map(parts -> String.join(" ", parts));
    }

    @Provide
    Arbitrary<Mask.Strength> milder() {
        return Arbitraries.of(Mask.Strength.PARTIAL, Mask.Strength.HASH, Mask.Strength.REDACT);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                        // Numbers that touch could be cut in several ways.
                        Arbitraries.of(SENSITIVE).map(value -> "|" + value + "|"),
                        Arbitraries.of(
                                " ", "\\", "\"", "\t", "\n", "\u00a0", "é", "'", "n", "u00e9", "4111", "@", ".com", "-",
                                "/"),
                        Arbitraries.of(
                                "-----BEGIN PRIVATE KEY-----", "-----END PRIVATE KEY-----", "eyJ", "AKIA", "GB82"))
                .list()
                .ofMaxSize(12)
                .map(parts -> String.join("", parts));
    }
}
