package io.sallyport.journal.record;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;

/**
 * A record as one line of JSON, for people, command lines and sinks.
 *
 * <ol>
 *   <li>The line is valid JSON in UTF-8 whatever the payload holds; control characters are escaped, so it is safe on a terminal.
 *   <li>Bytes, and texts that are not UTF-8, are shown as <code>{"base64":"..."}</code>: no byte is lost.
 *   <li>The same record gives the same line.
 * </ol>
 */
public final class RecordJson {

    private RecordJson() {}

    /** The line, without a line end. */
    public static String line(JournalRecord record) {
        StringBuilder out = new StringBuilder(256);
        head(record, out);
        out.append(",\"lane\":\"").append(record.lane()).append('"');
        out.append(",\"segment\":").append(record.segment());
        out.append(",\"offset\":").append(record.offset());
        fields(record.payload(), out.append(",\"payload\":"));
        return out.append('}').toString();
    }

    /** The line without the record's place in the journal: only what its frames themselves say. */
    public static String content(JournalRecord record) {
        StringBuilder out = new StringBuilder(256);
        head(record, out);
        fields(record.payload(), out.append(",\"payload\":"));
        return out.append('}').toString();
    }

    private static void head(JournalRecord record, StringBuilder out) {
        out.append("{\"time\":\"").append(record.time()).append('"');
        out.append(",\"type\":\"").append(record.type().label()).append('"');
        if (record.inSession()) {
            out.append(",\"session\":\"")
                    .append(SessionText.of(record.sessionHigh(), record.sessionLow()))
                    .append('"');
            out.append(",\"sequence\":").append(record.sequence());
        }
    }

    /** The payload as a JSON object. */
    public static String payload(byte[] payload) {
        StringBuilder out = new StringBuilder(payload.length * 2 + 16);
        fields(payload, out);
        return out.toString();
    }

    private static void fields(byte[] payload, StringBuilder out) {
        PayloadReader reader = new PayloadReader(payload);
        Deque<Character> closers = new ArrayDeque<>();
        boolean first = true;
        out.append('{');
        while (reader.next()) {
            if (reader.kind() == PayloadReader.Kind.END) {
                out.append(closers.pop());
                first = false;
                continue;
            }
            if (!first) {
                out.append(',');
            }
            boolean inList = !closers.isEmpty() && closers.peek() == ']';
            if (!inList) {
                JsonText.string(PayloadKey.labelOf(reader.key()), out);
                out.append(':');
            }
            first = value(reader, closers, out);
        }
        out.append('}');
    }

    /** Writes the value; true if a map or list began, so that what follows is the first in it. */
    private static boolean value(PayloadReader reader, Deque<Character> closers, StringBuilder out) {
        switch (reader.kind()) {
            case NUMBER -> out.append(reader.number());
            case FLAG -> out.append(reader.flag());
            case TEXT -> text(reader.bytes(), out);
            case BYTES -> base64(reader.bytes(), out);
            case MAP -> {
                out.append('{');
                closers.push('}');
                return true;
            }
            case LIST -> {
                out.append('[');
                closers.push(']');
                return true;
            }
            case END -> throw new IllegalStateException("handled before");
        }
        return false;
    }

    private static void text(ByteBuffer utf8, StringBuilder out) {
        try {
            JsonText.string(
                    StandardCharsets.UTF_8.newDecoder().decode(utf8.duplicate()).toString(), out);
        } catch (CharacterCodingException e) {
            base64(utf8, out);
        }
    }

    private static void base64(ByteBuffer bytes, StringBuilder out) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        out.append("{\"base64\":\"")
                .append(Base64.getEncoder().encodeToString(copy))
                .append("\"}");
    }
}
