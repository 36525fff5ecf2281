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
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

class MaskPropertyTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> SENSITIVE = List.of(
            "4111 1111 1111 1111",
            "alice@example.com",
            "GB82 WEST 1234 5698 7654 32",
            "123-45-6789",
            "378282246310005");
    private static final List<String> BETWEEN =
            List.of(" ", "\\", "\"", "\t", "\n", "\u00a0", "é", "'", "n", "u00e9", "4111", "@", ".com", "-", "/");
    private static final List<String> BEGINNINGS =
            List.of("-----BEGIN PRIVATE KEY-----", "-----END PRIVATE KEY-----", "eyJ", "AKIA", "GB82");

    @RepeatedTest(1000)
    @DisplayName("masking what is masked changes nothing")
    void isIdempotent(RepetitionInfo repetition) {
        // Given
        Random random = new Random(repetition.getCurrentRepetition());
        String text = text(random);
        Mask.Strength with = milder(random);
        Mask mask =
                Fixture.allowed(Fixture.detecting(with), Fixture.operation()).maskFor(Fixture.NOTE);
        String once = Fixture.seen(mask, text);

        // When
        String twice = Fixture.seen(mask, String.valueOf(once));

        // Then
        assertEquals(once, twice);
    }

    @RepeatedTest(1000)
    @DisplayName("MASK-07 a JSON document keeps its structure whatever its strings hold")
    void keepsJsonReadable(RepetitionInfo repetition) throws JsonProcessingException {
        // Given
        Random random = new Random(repetition.getCurrentRepetition());
        String text = text(random);
        Mask.Strength with = milder(random);
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

    @RepeatedTest(500)
    @DisplayName("a sensitive value between ordinary words does not come out")
    void hides(RepetitionInfo repetition) {
        // Given
        Random random = new Random(repetition.getCurrentRepetition());
        String value = one(random, SENSITIVE);
        String text = words(random) + " " + value + " " + words(random);

        // When
        String seen = Fixture.seen(Fixture.detecting(Mask.Strength.PARTIAL), Fixture.NOTE, text);

        // Then
        assertFalse(String.valueOf(seen).contains(value));
    }

    private static Mask.Strength milder(Random random) {
        return one(random, List.of(Mask.Strength.PARTIAL, Mask.Strength.HASH, Mask.Strength.REDACT));
    }

    private static String words(Random random) {
        StringBuilder words = new StringBuilder();
        for (int left = random.nextInt(7); left > 0; left--) {
            words.append(one(random, List.of("note", "n 7", "\"", "\\", "\n", "é", "{", "4", "")))
                    .append(left > 1 ? " " : "");
        }
        return words.toString();
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int left = random.nextInt(13); left > 0; left--) {
            text.append(
                    switch (random.nextInt(3)) {
                        // Numbers that touch could be cut in several ways.
                        case 0 -> "|" + one(random, SENSITIVE) + "|";
                        case 1 -> one(random, BETWEEN);
                        default -> one(random, BEGINNINGS);
                    });
        }
        return text.toString();
    }

    private static <T> T one(Random random, List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
