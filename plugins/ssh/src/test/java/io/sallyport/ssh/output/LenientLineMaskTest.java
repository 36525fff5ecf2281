package io.sallyport.ssh.output;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.api.guardrail.Mask;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LenientLineMaskTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** Hides every letter s. */
    private static final class NoS implements Mask {

        @Override
        public Strength strength() {
            return Strength.PARTIAL;
        }

        @Override
        public boolean apply(byte[] value, int offset, int length, Sink sink) {
            byte[] masked = new String(value, offset, length, StandardCharsets.ISO_8859_1)
                    .replace('s', '*')
                    .getBytes(StandardCharsets.ISO_8859_1);
            sink.write(masked, 0, masked.length);
            return true;
        }
    }

    private LineMask mask(boolean lenient) {
        return new LineMask(new NoS(), out::write, lenient);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    @DisplayName("lines that are not text pass as they are, those around them are masked")
    void passesBinaryLines() {
        // Given
        byte[] stream = bytes("yes\nsss\u0000\n\u00c3\u009fs\n\u00ffs\nsos\nsos");
        LineMask mask = mask(true);

        // When
        boolean judged = mask.feed(stream, 0, stream.length);
        mask.end();

        // Then
        assertTrue(judged);
        assertEquals("ye*\nsss\u0000\n\u00c3\u009f*\n\u00ffs\n*o*\n*o*", out.toString(StandardCharsets.ISO_8859_1));
    }

    @Test
    @DisplayName("random bytes pass unchanged, in whatever pieces they come")
    void passesRandomBytes() {
        // Given
        byte[] stream = new byte[1 << 20];
        Random random = new Random(5);
        random.nextBytes(stream);
        for (int i = 0; i < stream.length; i += 7) {
            stream[i] = (byte) 0xFF;
        }
        LineMask mask = mask(true);

        // When
        for (int at = 0; at < stream.length; ) {
            int part = Math.min(stream.length - at, 1 + random.nextInt(40_000));
            mask.feed(stream, at, part);
            at += part;
        }
        mask.end();

        // Then
        byte[] passed = out.toByteArray();
        for (int i = 0; i < stream.length; i++) {
            // A line of a few bytes may be text by chance.
            stream[i] = stream[i] == 's' ? (byte) '*' : stream[i];
            passed[i] = passed[i] == 's' ? (byte) '*' : passed[i];
        }
        assertArrayEquals(stream, passed);
    }

    @Test
    @DisplayName("a line longer than the window passes in parts where that is allowed, and not at all where it is not")
    void passesLongLines() {
        // Given
        byte[] line = "s".repeat(3 * LineMask.WINDOW).getBytes(StandardCharsets.US_ASCII);

        // When
        boolean strict = mask(false).feed(line, 0, line.length);
        int before = out.size();
        LineMask lenient = mask(true);
        boolean judged = lenient.feed(line, 0, line.length);
        lenient.end();

        // Then
        assertFalse(strict);
        assertEquals(0, before);
        assertTrue(judged);
        assertEquals("*".repeat(line.length), out.toString(StandardCharsets.US_ASCII));
    }
}
