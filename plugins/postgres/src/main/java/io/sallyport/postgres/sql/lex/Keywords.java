package io.sallyport.postgres.sql.lex;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The table of keywords, which is looked up by a range of a text, whatever its case. */
final class Keywords {

    private static final int SIZE = 2048;
    private static final int LONGEST = 32;
    private static final List<String> CATEGORIES = List.of("unreserved", "column-name", "type-or-function", "reserved");
    private static final @Nullable Keyword[] TABLE = load();

    private Keywords() {}

    /** The keyword that the range spells, or null. */
    static @Nullable Keyword lookup(String text, int start, int end) {
        if (end - start > LONGEST) {
            return null;
        }
        int hash = 0;
        for (int i = start; i < end; i++) {
            hash = hash * 31 + Identifiers.lower(text.charAt(i));
        }
        for (int slot = spread(hash); ; slot = (slot + 1) & (SIZE - 1)) {
            Keyword keyword = TABLE[slot];
            if (keyword == null || matches(keyword.text(), text, start, end)) {
                return keyword;
            }
        }
    }

    private static boolean matches(String word, String text, int start, int end) {
        if (word.length() != end - start) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if (word.charAt(i) != Identifiers.lower(text.charAt(start + i))) {
                return false;
            }
        }
        return true;
    }

    private static int spread(int hash) {
        return (hash ^ (hash >>> 11) ^ (hash >>> 22)) & (SIZE - 1);
    }

    private static @Nullable Keyword[] load() {
        @Nullable Keyword[] table = new @Nullable Keyword[SIZE];
        try (InputStream in = Keywords.class.getResourceAsStream("keywords.txt")) {
            String lines = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            lines.lines().filter(line -> !line.startsWith("#")).forEach(line -> addLine(table, line));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return table;
    }

    private static void addLine(@Nullable Keyword[] table, String line) {
        int first = line.indexOf(' ');
        int category = CATEGORIES.indexOf(line.substring(0, first));
        boolean bareLabel = line.charAt(first + 1) == '+';
        int from = first + 3;
        while (from < line.length()) {
            int to = line.indexOf(' ', from);
            to = to < 0 ? line.length() : to;
            String word = line.substring(from, to).intern();
            int slot = spread(word.hashCode());
            while (table[slot] != null) {
                slot = (slot + 1) & (SIZE - 1);
            }
            table[slot] = new Keyword(word, category, bareLabel);
            from = to + 1;
        }
    }
}
