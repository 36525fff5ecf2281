package io.sallyport.kubernetes.masking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TextMaskTest {

    private static final String LOG = "/api/v1/namespaces/prod/pods/p/log?follow=true";

    private static AnswerMask log() {
        AnswerMask mask = Maskings.open(Maskings.detectors(), "GET", LOG, 200, "text/plain");
        if (mask == null) {
            throw new AssertionError("no mask for a log");
        }
        return mask;
    }

    @Test
    @DisplayName("K8S-10, MASK-06: a value in a log is masked wherever it was cut")
    void parts() {
        // Given
        byte[] text = "one 4111111111111111 two\nbob@example.com\nlast 123-45-6789".getBytes(StandardCharsets.UTF_8);

        for (int part = 1; part <= text.length; part++) {
            // When
            String answer = Maskings.through(log(), text, part);
            // Then
            assertEquals("one ************1111 two\nb**@*******.com\nlast ***-**-****", answer);
        }
    }

    @Test
    @DisplayName("K8S-10: a line leaves with its end, and one without an end when nothing more comes")
    void lines() {
        // Given
        AnswerMask mask = log();
        StringBuilder out = new StringBuilder();
        AnswerMask.Sink sink =
                (bytes, from, count) -> out.append(new String(bytes, from, count, StandardCharsets.UTF_8));
        byte[] text = "whole\nprompt> 4111111111111111".getBytes(StandardCharsets.UTF_8);

        // When
        mask.feed(text, 0, text.length, sink);
        String before = out.toString();
        mask.idle(sink);
        String after = out.toString();
        mask.end(sink);

        // Then
        assertEquals("whole\n", before);
        assertEquals("whole\nprompt> ", after);
        assertEquals("whole\nprompt> ************1111", out.toString());
    }

    @Test
    @DisplayName("MASK-06: a value that a container writes with pauses is masked, however long they are")
    void pauses() {
        for (String[] parts : new String[][] {
            {"card 4111", "1111", "11111111", " paid\n"},
            {"card 4111 ", "1111", " 1111 11", "11 paid\n"},
            {"card 4111-", "1111-", "1111-1111", " paid\n"},
            {"to bob", "@exam", "ple.com", " sent\n"},
            {"ssn 123-", "45-67", "89\n"}
        }) {
            // Given
            AnswerMask mask = log();
            StringBuilder out = new StringBuilder();
            AnswerMask.Sink sink =
                    (bytes, from, count) -> out.append(new String(bytes, from, count, StandardCharsets.UTF_8));

            // When
            for (String part : parts) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                mask.feed(bytes, 0, bytes.length, sink);
                mask.idle(sink);
            }
            mask.end(sink);

            // Then
            assertTrue(out.toString().contains("**"), out.toString());
            assertFalse(out.toString().contains("4111")
                    || out.toString().contains("bob@")
                    || out.toString().contains("123-"));
        }
    }

    @Test
    @DisplayName("K8S-10: fifty megabytes without a line break are masked across every limit, with little memory")
    void endless() {
        // Given
        AnswerMask mask = log();
        String unit = "x".repeat(997) + " 4111111111111111 ";
        byte[] text = unit.repeat(64).getBytes(StandardCharsets.UTF_8);
        int rounds = 50 * 1024 * 1024 / text.length;
        long[] seen = new long[2];
        AnswerMask.Sink sink = (bytes, from, count) -> {
            seen[0] += count;
            String part = new String(bytes, from, count, StandardCharsets.US_ASCII);
            seen[1] += part.contains("4111") ? 1 : 0;
        };

        // When
        for (int i = 0; i < rounds; i++) {
            mask.feed(text, 0, text.length, sink);
        }
        mask.end(sink);

        // Then
        assertEquals((long) rounds * text.length, seen[0]);
        assertEquals(0, seen[1]);
    }

    @Test
    @DisplayName("a private key is masked over its lines")
    void armour() {
        // Given
        String key =
                "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC\nBKcwggSjAgEAAoIBAQ\n-----END PRIVATE KEY-----\n";
        byte[] text = ("before\n" + key + "after\n").getBytes(StandardCharsets.UTF_8);

        // When
        String answer = Maskings.through(log(), text, 5);

        // Then
        assertFalse(answer.contains("MIIEvQ"));
        assertFalse(answer.contains("BKcwgg"));
        assertTrue(answer.startsWith("before\n"));
        assertTrue(answer.endsWith("after\n"));
    }
}
