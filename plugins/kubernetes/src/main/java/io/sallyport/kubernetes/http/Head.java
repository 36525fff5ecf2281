package io.sallyport.kubernetes.http;

import io.sallyport.netty.ProtocolException;
import java.nio.charset.StandardCharsets;

/**
 * The head of a message: its first line and its header fields.
 *
 * @param line the first line, without its end
 * @param headers the fields
 */
public record Head(String line, Headers headers) {

    private static final int MOST_FIELDS = 128;
    private static final boolean[] TOKEN = new boolean[128];

    static {
        for (char c = '0'; c <= 'z'; c++) {
            TOKEN[c] = Character.isLetterOrDigit(c);
        }
        for (char c : "!#$%&'*+-.^_`|~".toCharArray()) {
            TOKEN[c] = true;
        }
    }

    /**
     * Parses a head.
     *
     * @param bytes everything up to and with the empty line
     * @throws ProtocolException for a bare CR or LF, a folded line, white space before a colon, a control character, or
     *     too many fields
     */
    static Head parse(byte[] bytes, int length) {
        int end = lineEnd(bytes, 0, length);
        String line = text(bytes, 0, end);
        Headers headers = new Headers();
        int at = end + 2;
        while (at < length - 2) {
            end = lineEnd(bytes, at, length);
            field(bytes, at, end, headers);
            at = end + 2;
        }
        return new Head(line, headers);
    }

    /** Where the line that starts at {@code from} ends; every control character but a tab is refused on the way. */
    private static int lineEnd(byte[] bytes, int from, int length) {
        int at = Scan.control(bytes, from, length);
        while (at < length && bytes[at] == '\t') {
            at = Scan.control(bytes, at + 1, length);
        }
        if (at == length) {
            throw new ProtocolException("a line without an end");
        }
        if (bytes[at] != '\r') {
            throw new ProtocolException(
                    bytes[at] == '\n' ? "a line that does not end with CR LF" : "a control character in the head");
        }
        if (at + 1 == length || bytes[at + 1] != '\n') {
            throw new ProtocolException("a carriage return that ends no line");
        }
        return at;
    }

    private static void field(byte[] bytes, int from, int end, Headers headers) {
        if (headers.size() == MOST_FIELDS) {
            throw new ProtocolException("more than " + MOST_FIELDS + " header fields");
        }
        int colon = from;
        while (colon < end && bytes[colon] != ':') {
            byte b = bytes[colon];
            if (b < 0 || !TOKEN[b]) {
                throw new ProtocolException(
                        colon == from ? "a folded header line" : "a character in a header's name that no name has");
            }
            if (b >= 'A' && b <= 'Z') {
                bytes[colon] = (byte) (b + 32);
            }
            colon++;
        }
        if (colon == from || colon == end) {
            throw new ProtocolException("a header line without a name or without a colon");
        }
        int start = colon + 1;
        int stop = end;
        while (start < stop && blank(bytes[start])) {
            start++;
        }
        while (stop > start && blank(bytes[stop - 1])) {
            stop--;
        }
        headers.add(text(bytes, from, colon), text(bytes, start, stop));
    }

    private static boolean blank(byte b) {
        return b == ' ' || b == '\t';
    }

    private static String text(byte[] bytes, int from, int end) {
        return new String(bytes, from, end - from, StandardCharsets.ISO_8859_1);
    }
}
