package io.sallyport.masking.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CardTest {

    @DisplayName("MASK-05 card numbers are found with all separators and in all lengths")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "4111 1111 1111 1111",
                "4111-1111-1111-1111",
                "4111\t1111\t1111\t1111",
                "4111.1111.1111.1111",
                "4111\u00a01111\u00a01111\u00a01111",
                "4111\u202f1111\u202f1111\u202f1111",
                "4111 1111-1111.1111",
                "4111  1111  1111  1111",
                "4111 - 1111 - 1111 - 1111",
                "41111111 11111111",
                "4111111111111111",
                "378282246310005",
                "3782 822463 10005",
                "30569309025904",
                "3056 930902 5904",
                "6304000000000000",
                "4222222222222",
                "501800000009",
                "4000000000000000006",
                "6799990100000000019",
                "6799 9901 0000 0000 019",
                "5555555555554444",
                "2223000048400011",
                "6011111111111117",
                "3530111333300000",
                "6200000000000005",
                "9792030394440796"
            })
    void findsCards(String card) {
        // Given
        String text = "paid with " + card + ", thanks";

        // When
        List<String> found = Scanned.by(text);

        // Then
        assertEquals(List.of("credit-card=" + card), found);
    }

    @DisplayName("MASK-05 a number whose Luhn digit is false is unchanged")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "4111111111111112",
                "4111 1111 1111 1112",
                "4929123456789012",
                "378282246310006",
                "30569309025905",
                "6304000000000001"
            })
    void passesWrongLuhn(String number) {
        // Given
        String text = "order " + number;

        // When
        List<String> found = Scanned.by(text);

        // Then
        assertEquals(List.of(), found);
    }

    @DisplayName("a card is found wherever text around it ends")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "1\t4111111111111111\t20",
                "1\t4111 1111 1111 1111\t20",
                "20 4111 1111 1111 1111 20",
                "{\"n\":\"4111 1111 1111 1111\"}",
                "card=4111 1111 1111 1111&x=1",
                "Karte4111 1111 1111 1111",
                "ref-4111 1111 1111 1111-9",
                "a\\n4111 1111 1111 1111\\n",
                "\\u00e94111 1111 1111 1111",
                "(4111 1111 1111 1111)"
            })
    void findsCardsInTheirSurroundings(String text) {
        // Given
        String compact = text.replace("4111 1111 1111 1111", "4111111111111111");

        // When
        List<String> grouped = Scanned.by(text);
        List<String> plain = Scanned.by(compact);

        // Then
        assertEquals(1, grouped.size(), grouped::toString);
        assertEquals(List.of("credit-card=4111111111111111"), plain);
    }

    @DisplayName("a card whose separators are JSON escapes is found whole")
    @ParameterizedTest
    @ValueSource(strings = {"4111\\t1111\\t1111\\t1111", "4111\\u00a01111\\u00a01111\\u00A01111"})
    void findsCardsWithEscapedSeparators(String card) {
        // Given
        String text = "{\"card\": \"" + card + "\"}";

        // When
        List<String> found = Scanned.by(text);

        // Then
        assertEquals(List.of("credit-card=" + card), found);
    }

    @DisplayName("numbers that only look like cards are unchanged")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.4111111111111111",
                "41111111111111111111",
                "12345678-4111-4111-8111-111111111111",
                "e4111111111111111",
                "4111111111111111c0ffee",
                "+4917112345678",
                "4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1",
                "1764035208123",
                "1764035208123456",
                "7111111111111114",
                "41111\t11111\t111111",
                "7\t4111\t1111\t1111\t1111",
                "4111\t1111\t1111\t1111\t7",
                "4111,1111,1111,1111"
            })
    void passesLookalikes(String text) {
        // Given
        Detector detector = Detector.CREDIT_CARD;

        // When
        List<String> found = Scanned.by(detector, text);

        // Then
        assertEquals(List.of(), found);
    }
}
