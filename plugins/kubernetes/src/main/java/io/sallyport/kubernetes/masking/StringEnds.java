package io.sallyport.kubernetes.masking;

import java.nio.charset.StandardCharsets;

/**
 * Finds quotation marks and backslashes in a piece of a document, each once, however often it is asked. Most of a document is
 * the inside of strings, and the JVM looks for a character of a text many bytes at a time. Confined to one thread.
 */
final class StringEnds {

    private String text = "";
    private int base;
    private int quote;
    private int backslash;

    /** Turns to other bytes. */
    void reset(byte[] bytes, int offset, int length) {
        text = new String(bytes, offset, length, StandardCharsets.ISO_8859_1);
        base = offset;
        quote = -1;
        backslash = -1;
    }

    /** Where the first of either is from here on, as an index of the array; the end of the piece if there is none. */
    int next(int from) {
        int at = from - base;
        if (quote < at) {
            quote = find('"', at);
        }
        if (backslash < at) {
            backslash = find('\\', at);
        }
        return base + Math.min(quote, backslash);
    }

    private int find(char wanted, int at) {
        int found = text.indexOf(wanted, at);
        return found < 0 ? text.length() : found;
    }
}
