package io.sallyport.postgres.sql.lex;

/** How the server folds and truncates identifiers (downcase_truncate_identifier in scansup.c). */
public final class Identifiers {

    /** The longest name in bytes: NAMEDATALEN - 1. */
    public static final int LONGEST = 63;

    private Identifiers() {}

    /** Folds A to Z only: with a multi-byte server encoding the server leaves all else alone. */
    static char lower(char c) {
        return c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
    }

    /** Whether an identifier may begin with the character: letters, underscore and all that is not ASCII. */
    static boolean isStart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80;
    }

    /** Whether an identifier may go on with the character. */
    static boolean isPart(char c) {
        return isStart(c) || (c >= '0' && c <= '9') || c == '$';
    }

    static String fold(String text, int start, int end) {
        for (int i = start; i < end; i++) {
            if (lower(text.charAt(i)) != text.charAt(i)) {
                return foldCopy(text, start, end);
            }
        }
        return truncate(text.substring(start, end));
    }

    private static String foldCopy(String text, int start, int end) {
        char[] folded = new char[end - start];
        for (int i = start; i < end; i++) {
            folded[i - start] = lower(text.charAt(i));
        }
        return truncate(new String(folded));
    }

    /** Cuts a name at the last character that ends within {@link #LONGEST} bytes of UTF-8, as the server does. */
    public static String truncate(String name) {
        if (name.length() * 3 <= LONGEST) {
            return name;
        }
        int bytes = 0;
        for (int i = 0; i < name.length(); ) {
            int codePoint = name.codePointAt(i);
            bytes += codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
            if (bytes > LONGEST) {
                return name.substring(0, i);
            }
            i += Character.charCount(codePoint);
        }
        return name;
    }
}
