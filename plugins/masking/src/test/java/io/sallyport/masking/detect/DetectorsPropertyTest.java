package io.sallyport.masking.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

class DetectorsPropertyTest {
    private static final List<String> SEPARATORS = List.of(" ", "-", "\t", ".", "\u00a0", "\u202f", "\\t");
    private static final String WITHOUT_TRIGGERS = "abcdefghijklmnopqrstuvwxyz .-\"\\\nü";
    private static final List<String> PIECES = List.of(
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
            "'");

    @RepeatedTest(500)
    @DisplayName("MASK-05 a card in groups of four is found whole with any separator in each gap")
    void findsCardsWithAnySeparators(RepetitionInfo repetition) {
        // Given
        Random random = new Random(repetition.getCurrentRepetition());
        String card = card(random);
        StringBuilder grouped = new StringBuilder(card.substring(0, 4));
        for (int i = 0; i < 3; i++) {
            grouped.append(one(random, SEPARATORS)).append(card, 4 * i + 4, 4 * i + 8);
        }

        // When
        List<String> found = Scanned.by("x " + grouped + " y");

        // Then
        assertEquals(List.of("credit-card=" + grouped), found);
    }

    @RepeatedTest(500)
    @DisplayName("a card with one digit changed is unchanged")
    void passesCardsWithAWrongDigit(RepetitionInfo repetition) {
        // Given
        Random random = new Random(repetition.getCurrentRepetition());
        String card = card(random);
        int at = 4 + random.nextInt(12);
        char other = card.charAt(at) == '9' ? '0' : (char) (card.charAt(at) + 1);
        String wrong = card.substring(0, at) + other + card.substring(at + 1);

        // When
        List<String> found = Scanned.by(wrong);

        // Then
        assertEquals(List.of(), found);
    }

    @RepeatedTest(500)
    @DisplayName("text without digits, @ and capitals is unchanged")
    void passesTextWithoutTriggers(RepetitionInfo repetition) {
        // Given
        Random random = new Random(repetition.getCurrentRepetition());
        StringBuilder text = new StringBuilder();
        for (int left = random.nextInt(256); left > 0; left--) {
            text.append(WITHOUT_TRIGGERS.charAt(random.nextInt(WITHOUT_TRIGGERS.length())));
        }

        // When
        List<String> found = Scanned.by(text.toString());

        // Then
        assertEquals(List.of(), found, text::toString);
    }

    @RepeatedTest(1000)
    @DisplayName("findings lie in the value, in order, without overlap, at the borders of characters")
    void findingsAreInOrder(RepetitionInfo repetition) {
        // Given
        Random random = new Random(repetition.getCurrentRepetition());
        String text = mixture(random);
        int offset = random.nextInt(6);
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

    @RepeatedTest(1000)
    @DisplayName("where no trigger is seen nothing is found")
    void findsNothingWithoutTrigger(RepetitionInfo repetition) {
        // Given
        String text = mixture(new Random(repetition.getCurrentRepetition()));
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

    private static String card(Random random) {
        StringBuilder body = new StringBuilder(one(random, List.of("4", "51", "2221", "6304", "6011", "3530")));
        while (body.length() < 15) {
            body.append(random.nextInt(10));
        }
        return withLuhn(body.toString());
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

    private static String mixture(Random random) {
        StringBuilder text = new StringBuilder();
        for (int left = random.nextInt(21); left > 0; left--) {
            text.append(one(random, PIECES));
        }
        return text.toString();
    }

    private static String one(Random random, List<String> of) {
        return of.get(random.nextInt(of.size()));
    }
}
