package io.sallyport.masking.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class DetectorsPropertyTest {
    private static final List<String> SEPARATORS = List.of(" ", "-", "\t", ".", "\u00a0", "\u202f", "\\t");

    @Property(tries = 500)
    @Label("MASK-05 a card in groups of four is found whole with any separator in each gap")
    void findsCardsWithAnySeparators(
            @ForAll("cards") String card, @ForAll @Size(3) List<@IntRange(max = 6) Integer> gaps) {
        // Given
        StringBuilder grouped = new StringBuilder(card.substring(0, 4));
        for (int i = 0; i < 3; i++) {
            grouped.append(SEPARATORS.get(gaps.get(i))).append(card, 4 * i + 4, 4 * i + 8);
        }

        // When
        List<String> found = Scanned.by("x " + grouped + " y");

        // Then
        assertEquals(List.of("credit-card=" + grouped), found);
    }

    @Property(tries = 500)
    @Label("a card with one digit changed is unchanged")
    void passesCardsWithAWrongDigit(@ForAll("cards") String card, @ForAll @IntRange(min = 4, max = 15) int at) {
        // Given
        char other = card.charAt(at) == '9' ? '0' : (char) (card.charAt(at) + 1);
        String wrong = card.substring(0, at) + other + card.substring(at + 1);

        // When
        List<String> found = Scanned.by(wrong);

        // Then
        assertEquals(List.of(), found);
    }

    @Property(tries = 500)
    @Label("text without digits, @ and capitals is unchanged")
    void passesTextWithoutTriggers(
            @ForAll @CharRange(from = 'a', to = 'z') @Chars({' ', '.', '-', '"', '\\', '\n', 'ü'}) String text) {
        // Given
        List<String> nothing = List.of();

        // When
        List<String> found = Scanned.by(text);

        // Then
        assertEquals(nothing, found);
    }

    @Property(tries = 1000)
    @Label("findings lie in the value, in order, without overlap, at the borders of characters")
    void findingsAreInOrder(@ForAll("mixtures") String text, @ForAll @IntRange(max = 5) int offset) {
        // Given
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        byte[] bytes = new byte[utf8.length + 2 * offset];
        System.arraycopy(utf8, 0, bytes, offset, utf8.length);

        // When
        Findings findings = new Detectors(EnumSet.allOf(Detector.class)).scan(bytes, offset, utf8.length);

        // Then
        int free = offset;
        while (findings.next()) {
            assertTrue(findings.start() >= free && findings.end() > findings.start());
            assertTrue(findings.end() <= offset + utf8.length);
            assertTrue(wholeCharacters(bytes, findings.start()) && wholeCharacters(bytes, findings.end()));
            free = findings.end();
        }
    }

    @Property(tries = 1000)
    @Label("where no trigger is seen nothing is found")
    void findsNothingWithoutTrigger(@ForAll("mixtures") String text) {
        // Given
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Detectors detectors = new Detectors(EnumSet.allOf(Detector.class));

        // When
        boolean mayFind = detectors.mayFind(bytes, 0, bytes.length);
        boolean finds = detectors.scan(bytes, 0, bytes.length).next();

        // Then
        assertTrue(mayFind || !finds);
    }

    private static boolean wholeCharacters(byte[] bytes, int border) {
        return border == bytes.length || (bytes[border] & 0xC0) != 0x80;
    }

    @Provide
    Arbitrary<String> cards() {
        return Combinators.combine(
                        Arbitraries.of("4", "51", "2221", "6304", "6011", "3530"),
                        Arbitraries.strings().numeric().ofLength(15))
                .as((issuer, rest) -> withLuhn((issuer + rest).substring(0, 15)));
    }

    private static String withLuhn(String body) {
        int sum = 0;
        for (int i = 0; i < body.length(); i++) {
            int digit = body.charAt(body.length() - 1 - i) - '0';
            int weighed = i % 2 == 0 ? digit * 2 : digit;
            sum += weighed > 9 ? weighed - 9 : weighed;
        }
        return body + (10 - sum % 10) % 10;
    }

    @Provide
    Arbitrary<String> mixtures() {
        return Arbitraries.of(
                        "4111",
                        "1111",
                        " ",
                        "-",
                        "\\",
                        "t",
                        "u00",
                        "a0",
                        "é",
                        "@",
                        ".",
                        "com",
                        "eyJ",
                        "GB82",
                        "WEST",
                        "12345698765432",
                        "123-45-6789",
                        "\"",
                        "-----BEGIN PRIVATE KEY-----",
                        "-----END ",
                        "AKIA",
                        "한",
                        "'")
                .list()
                .ofMaxSize(20)
                .map(parts -> String.join("", parts));
    }
}
