package io.sallyport.kubernetes.masking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.api.guardrail.Mask.Strength;
import io.sallyport.api.guardrail.Masking;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class JsonMaskPropertyTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PATH = "/api/v1/namespaces/prod/secrets/s";
    private static final int ROUNDS = 3_000;
    private static final List<String> NAMES =
            List.of("data", "metadata", "a", "items", "object", "rows", "\u00e9\"\\", "stringData");
    private static final List<String> TEXTS =
            List.of("", "x", "\u20ac \"q\" \\ \n\t", "\ud83d\ude00", "aHVudGVyMg==", "{\"a\":1}");

    private final JsonNodeFactory make = JsonNodeFactory.instance;

    private JsonNode value(Random random, int depth) {
        int kind = random.nextInt(depth > 4 ? 4 : 6);
        return switch (kind) {
            case 0 -> make.numberNode(random.nextInt());
            case 1 -> make.booleanNode(random.nextBoolean());
            case 2 -> make.nullNode();
            case 3 -> make.textNode(TEXTS.get(random.nextInt(TEXTS.size())));
            case 4 -> {
                ArrayNode array = make.arrayNode();
                for (int i = random.nextInt(4); i > 0; i--) {
                    array.add(value(random, depth + 1));
                }
                yield array;
            }
            default -> {
                ObjectNode object = make.objectNode();
                for (int i = random.nextInt(4); i > 0; i--) {
                    object.set(NAMES.get(random.nextInt(NAMES.size())), value(random, depth + 1));
                }
                yield object;
            }
        };
    }

    @Test
    @DisplayName("an answer in which nothing is masked leaves byte for byte, in parts of any size")
    void unchanged() throws Exception {
        // Given
        Random random = new Random(3);
        Masking masking = Maskings.fields(Strength.REDACT, "pods/never/here");

        for (int i = 0; i < ROUNDS; i++) {
            JsonNode document = value(random, 0);
            String body = random.nextBoolean()
                    ? document.toString()
                    : JSON.writerWithDefaultPrettyPrinter().writeValueAsString(document);
            // When
            String answer = Maskings.answer(masking, "GET", PATH, body, 1 + random.nextInt(20));
            // Then
            assertEquals(body, answer);
        }
    }

    @Test
    @DisplayName("an answer in which everything is masked is JSON of the same shape, and shows nothing")
    void everything() throws Exception {
        // Given
        Random random = new Random(4);
        Masking masking = Maskings.fields(Strength.REDACT, "secrets/**");

        for (int i = 0; i < ROUNDS; i++) {
            JsonNode document = make.objectNode().set("spec", value(random, 0));
            // When
            String answer = Maskings.answer(masking, "GET", PATH, document.toString(), 1 + random.nextInt(20));
            // Then
            assertEquals(shape(document), shape(JSON.readTree(answer)), answer);
            assertFalse(answer.contains("aHVudGVyMg"), answer);
        }
    }

    /** A document whose values are all the same. */
    private JsonNode shape(JsonNode document) {
        if (document instanceof ObjectNode object) {
            ObjectNode shape = make.objectNode();
            object.forEachEntry((name, value) -> shape.set(name, shape(value)));
            return shape;
        }
        if (document instanceof ArrayNode array) {
            ArrayNode shape = make.arrayNode();
            array.forEach(item -> shape.add(shape(item)));
            return shape;
        }
        return make.nullNode();
    }

    @Test
    @DisplayName("whatever the bytes are, they are masked or refused")
    void anyBytes() {
        // Given
        Random random = new Random(5);
        String alphabet = "{}[]\":,\\u0d8 \n1-etrufalsn";

        for (int i = 0; i < 20 * ROUNDS; i++) {
            StringBuilder body = new StringBuilder();
            for (int length = random.nextInt(24); length > 0; length--) {
                body.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            String marked = "{\"data\":{\"p\":\"aHVudGVyMg==\"}}" + body;
            // When
            String answer;
            try {
                answer = Maskings.answer(Maskings.secrets(), "GET", PATH, marked, 1 + random.nextInt(9));
            } catch (UnmaskableException e) {
                continue;
            }
            // Then
            assertFalse(answer.contains("aHVudGVyMg"), marked);
        }
    }
}
