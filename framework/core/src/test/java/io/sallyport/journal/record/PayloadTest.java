package io.sallyport.journal.record;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PayloadTest {

    @Test
    @DisplayName("Every kind of value comes back as it was written, nested ones too")
    void rendersAll() {
        // Given
        PayloadWriter writer = new PayloadWriter();

        // When
        writer.text(PayloadKey.TEXT, "a\"b\n\u001b")
                .number(PayloadKey.ROWS, Long.MIN_VALUE)
                .number(PayloadKey.BYTES, Long.MAX_VALUE)
                .flag(PayloadKey.OPAQUE, true)
                .list(PayloadKey.ACCESSES)
                .map(PayloadKey.ITEM)
                .text(PayloadKey.VERB, "select")
                .list(PayloadKey.TRAITS)
                .end()
                .end()
                .map(PayloadKey.ITEM)
                .flag(PayloadKey.OPAQUE, false)
                .end()
                .end()
                .bytes(PayloadKey.CONTENT, new byte[] {0, -1}, 0, 2);

        // Then
        assertEquals(
                "{\"text\":\"a\\\"b\\n\\u001b\",\"rows\":-9223372036854775808,\"bytes\":9223372036854775807,\"opaque\":true,"
                        + "\"accesses\":[{\"verb\":\"select\",\"traits\":[]},{\"opaque\":false}],\"content\":{\"base64\":\"AP8=\"}}",
                RecordJson.payload(writer.toByteArray()));
    }

    @Test
    @DisplayName("REC-03: bytes that are not UTF-8 are kept and shown recoverably, in valid JSON")
    void notUtf8() {
        // Given
        byte[] cut = {(byte) 0xE3, (byte) 0x81};

        // When
        String json = RecordJson.payload(
                new PayloadWriter().text(PayloadKey.TEXT, ByteBuffer.wrap(cut)).toByteArray());

        // Then
        assertEquals("{\"text\":{\"base64\":\"44E=\"}}", json);
    }

    @Test
    @DisplayName("Text is encoded as the platform encodes it, and half a surrogate pair becomes U+FFFD")
    void utf8() {
        Random random = new Random(3);
        for (int i = 0; i < 2_000; i++) {
            // Given
            String text = random.ints(random.nextInt(20), 0, 0x11_0000)
                    .map(point -> point >= 0xD800 && point < 0xE000 ? 'x' : point)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();

            // When
            byte[] bytes = new byte[Utf8.length(text)];
            Utf8.encode(text, bytes, 0);

            // Then
            assertArrayEquals(text.getBytes(StandardCharsets.UTF_8), bytes);
        }
        byte[] half = new byte[Utf8.length("a\ud83d")];
        Utf8.encode("a\ud83d", half, 0);
        assertArrayEquals("a\ufffd".getBytes(StandardCharsets.UTF_8), half);
    }

    @Test
    @DisplayName("Bytes that are no payload are refused as such, whatever they are")
    void malformed() {
        // Given
        Random random = new Random(4);
        byte[] good = new PayloadWriter()
                .list(PayloadKey.ACCESSES)
                .text(PayloadKey.ITEM, "one")
                .end()
                .number(PayloadKey.ROWS, 3)
                .toByteArray();
        int refused = 0;
        for (int i = 0; i < 5_000; i++) {
            byte[] changed = Arrays.copyOf(good, random.nextInt(good.length + 1));
            if (changed.length > 1) {
                changed[1 + random.nextInt(changed.length - 1)] = (byte) random.nextInt();
            }

            // When
            try {
                RecordJson.payload(changed);
            } catch (MalformedRecordException e) {
                refused++;
            }
        }

        // Then
        assertTrue(refused > 500, "refused " + refused);
    }

    @Test
    @DisplayName("A payload above the limit, and one with an open list, are refused")
    void limits() {
        // Given
        PayloadWriter writer = new PayloadWriter(1_000);

        // When, Then
        assertThrows(IllegalArgumentException.class, () -> writer.text(PayloadKey.TEXT, "x".repeat(2_000)));
        assertThrows(
                IllegalStateException.class,
                () -> writer.reset().list(PayloadKey.GROUPS).length());
        assertEquals("{}", RecordJson.payload(writer.reset().toByteArray()));
    }

    @Test
    @DisplayName("Numbers and names of keys and types are unique")
    void uniqueKeys() {
        // Given
        Set<Object> seen = new HashSet<>();

        // When, Then
        for (PayloadKey key : PayloadKey.values()) {
            assertTrue(seen.add(key.id()) && seen.add(key.label()), key.label());
        }
        Set<Object> types = new HashSet<>();
        for (RecordType type : RecordType.values()) {
            assertTrue(types.add(type.id()) && types.add(type.label()), type.label());
            assertEquals(type, RecordType.of(type.id()));
        }
        assertEquals("key-119", PayloadKey.labelOf(119));
    }

    @Test
    @DisplayName("A session's id goes through text and back")
    void sessionText() {
        // Given
        long high = 0x0192_3456_789A_BCDEL;
        long low = 0xF0E1_D2C3_B4A5_9687L;

        // When
        String text = SessionText.of(high, low);

        // Then
        assertEquals(26, text.length());
        assertArrayEquals(new long[] {high, low}, SessionText.parse(text));
        assertEquals("7ZZZZZZZZZZZZZZZZZZZZZZZZZ", SessionText.of(-1, -1));
        assertThrows(IllegalArgumentException.class, () -> SessionText.parse("8" + text.substring(1)));
    }
}
