package io.sallyport.postgres.wire;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The client encodings in which a statement can be read byte by byte: UTF-8 and the single-byte encodings that contain
 * ASCII. In the others an ASCII byte may be the second half of a character, and a quote may not be a quote.
 */
public final class Encodings {

    private static final Map<String, String> JAVA_NAMES = Map.ofEntries(
            Map.entry("sqlascii", "ISO-8859-1"),
            Map.entry("latin1", "ISO-8859-1"),
            Map.entry("iso88591", "ISO-8859-1"),
            Map.entry("latin2", "ISO-8859-2"),
            Map.entry("iso88592", "ISO-8859-2"),
            Map.entry("latin3", "ISO-8859-3"),
            Map.entry("iso88593", "ISO-8859-3"),
            Map.entry("latin4", "ISO-8859-4"),
            Map.entry("iso88594", "ISO-8859-4"),
            Map.entry("iso88595", "ISO-8859-5"),
            Map.entry("iso88596", "ISO-8859-6"),
            Map.entry("iso88597", "ISO-8859-7"),
            Map.entry("iso88598", "ISO-8859-8"),
            Map.entry("latin5", "ISO-8859-9"),
            Map.entry("iso88599", "ISO-8859-9"),
            Map.entry("latin7", "ISO-8859-13"),
            Map.entry("iso885913", "ISO-8859-13"),
            Map.entry("latin9", "ISO-8859-15"),
            Map.entry("iso885915", "ISO-8859-15"),
            Map.entry("koi8", "KOI8-R"),
            Map.entry("koi8r", "KOI8-R"),
            Map.entry("koi8u", "KOI8-U"),
            Map.entry("win866", "IBM866"),
            Map.entry("win874", "x-windows-874"),
            Map.entry("win1250", "windows-1250"),
            Map.entry("win1251", "windows-1251"),
            Map.entry("win1252", "windows-1252"),
            Map.entry("win1253", "windows-1253"),
            Map.entry("win1254", "windows-1254"),
            Map.entry("win1255", "windows-1255"),
            Map.entry("win1256", "windows-1256"),
            Map.entry("win1257", "windows-1257"),
            Map.entry("win1258", "windows-1258"));

    private Encodings() {}

    /** The charset of an encoding's name as PostgreSQL spells it; null if statements in it cannot be read safely. */
    public static @Nullable Charset charset(String name) {
        StringBuilder cleaned = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                cleaned.append((char) (c + ('a' - 'A')));
            } else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
                cleaned.append(c);
            }
        }
        String key = cleaned.toString();
        if (key.equals("utf8") || key.equals("unicode")) {
            return StandardCharsets.UTF_8;
        }
        String java = JAVA_NAMES.get(key.startsWith("windows") ? "win" + key.substring("windows".length()) : key);
        if (java == null) {
            return null;
        }
        try {
            return Charset.forName(java);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return StandardCharsets.ISO_8859_1;
        }
    }
}
