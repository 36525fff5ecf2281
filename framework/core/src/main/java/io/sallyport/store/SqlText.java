package io.sallyport.store;

import java.nio.charset.StandardCharsets;

/** Text on its way into the database. */
public final class SqlText {

    private SqlText() {}

    /** The text without the characters that PostgreSQL does not keep: NUL, and halves of surrogate pairs. */
    public static String clean(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8).replace('\0', ' ');
    }
}
