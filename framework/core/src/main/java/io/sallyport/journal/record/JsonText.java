package io.sallyport.journal.record;

/** Strings of JSON (RFC 8259) that are safe on a terminal: control characters, and marks that reorder or hide text, are escaped. */
public final class JsonText {

    private JsonText() {}

    /** The text as a JSON string, in quotes. */
    public static String quote(String text) {
        StringBuilder out = new StringBuilder(text.length() + 2);
        string(text, out);
        return out.toString();
    }

    /** Adds the text as a JSON string, in quotes. */
    public static void string(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c == '\n') {
                out.append("\\n");
            } else if (unsafe(c)) {
                out.append("\\u").append(Character.forDigit(c >> 12, 16)).append(Character.forDigit((c >> 8) & 15, 16));
                out.append(Character.forDigit((c >> 4) & 15, 16)).append(Character.forDigit(c & 15, 16));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }

    /** Control characters, and the marks that reorder or hide text on a terminal. */
    private static boolean unsafe(char c) {
        return c < 0x20
                || (c >= 0x7F && c < 0xA0)
                || (c >= 0x200B && c <= 0x200F)
                || (c >= 0x2028 && c <= 0x202E)
                || (c >= 0x2066 && c <= 0x2069)
                || c == 0xFEFF;
    }
}
