package io.sallyport.journal.record;

/** UTF-8 without garbage: the length and the bytes of a string. */
final class Utf8 {

    private Utf8() {}

    /** The number of bytes that {@link #encode} writes. */
    static int length(String text) {
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                length++;
            } else if (c < 0x800) {
                length += 2;
            } else if (pairAt(text, i)) {
                length += 4;
                i++;
            } else {
                length += 3;
            }
        }
        return length;
    }

    /** Writes the text into the array; it must have room. */
    static void encode(String text, byte[] array, int offset) {
        int at = offset;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                array[at++] = (byte) c;
            } else if (c < 0x800) {
                array[at++] = (byte) (0xC0 | (c >> 6));
                array[at++] = (byte) (0x80 | (c & 0x3F));
            } else if (pairAt(text, i)) {
                int point = Character.toCodePoint(c, text.charAt(++i));
                array[at++] = (byte) (0xF0 | (point >> 18));
                array[at++] = (byte) (0x80 | ((point >> 12) & 0x3F));
                array[at++] = (byte) (0x80 | ((point >> 6) & 0x3F));
                array[at++] = (byte) (0x80 | (point & 0x3F));
            } else {
                char written = Character.isSurrogate(c) ? '\uFFFD' : c;
                array[at++] = (byte) (0xE0 | (written >> 12));
                array[at++] = (byte) (0x80 | ((written >> 6) & 0x3F));
                array[at++] = (byte) (0x80 | (written & 0x3F));
            }
        }
    }

    private static boolean pairAt(String text, int index) {
        return Character.isHighSurrogate(text.charAt(index))
                && index + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(index + 1));
    }
}
