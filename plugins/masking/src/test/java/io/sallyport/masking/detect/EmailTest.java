package io.sallyport.masking.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailTest {

    @DisplayName("an address is found whole in its surroundings")
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            value = {
                "alice@example.com, alice@example.com",
                "<Alice.O'Hara+news@mail.example.co.uk>, Alice.O'Hara+news@mail.example.co.uk",
                "mailto:bob_99@example.org?subject=x, bob_99@example.org",
                "'alice@example.com', alice@example.com",
                "write to alice@example.com., alice@example.com",
                "{\"m\":\"alice@example.com\"}, alice@example.com",
                "x=alice@example.com;y, alice@example.com",
                "a\\nalice@example.com\\nb, alice@example.com",
                "a\\u00e9alice@example.com, alice@example.com",
                "jürgen@münchen.example, jürgen@münchen.example",
                "alice@example.com4711, alice@example.com",
                "alice@example.com.4711, alice@example.com",
                "alice@example.com-4711, alice@example.com",
                "see alice@xn--mnchen-3ya.de!, alice@xn--mnchen-3ya.de",
                "see alice@mail.xn--p1ai!, alice@mail.xn--p1ai"
            })
    void findsAddresses(String text, String address) {
        // Given
        Detector detector = Detector.EMAIL;

        // When
        List<String> found = Scanned.by(detector, text);

        // Then
        assertEquals(List.of("email=" + address), found);
    }

    @DisplayName("other uses of @ are unchanged")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "@",
                "@@@@",
                "@alice",
                "root@localhost",
                "lodash@4.17.21",
                "actions/checkout@v4.1.0",
                "@scope/package.json",
                "a@b.c",
                "a@.com",
                "image@sha256:0123"
            })
    void passesOthers(String text) {
        // Given
        Detector detector = Detector.EMAIL;

        // When
        List<String> found = Scanned.by(detector, text);

        // Then
        assertEquals(List.of(), found);
    }

    @Test
    @DisplayName("addresses that share bytes are found one after the other")
    void findsNeighbours() {
        // Given
        String text = "a@b.example@c.example,d@e.example";

        // When
        List<String> found = Scanned.by(Detector.EMAIL, text);

        // Then
        assertEquals(List.of("email=a@b.example", "email=d@e.example"), found);
    }
}
