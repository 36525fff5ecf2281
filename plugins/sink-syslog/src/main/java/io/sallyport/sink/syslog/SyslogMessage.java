package io.sallyport.sink.syslog;

import io.sallyport.api.sink.EventSink.Event;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;

/**
 * Events as syslog messages (RFC 5424, section 6) with their length in front (RFC 5425, section 4.3).
 *
 * <ol>
 *   <li>The message is the event's JSON, in US-ASCII: what lies beyond is escaped as JSON escapes it, so that no byte order
 *       mark is needed (section 6.4).
 *   <li>The time is the record's, the host the gateway's name, the message's id the record's type.
 *   <li>Of an event that is too long its beginning is sent as {@code head}, with {@code bytes} and {@code sha256} of the whole.
 * </ol>
 */
final class SyslogMessage {

    private static final String NIL = "-";
    private static final String APPLICATION = "sallyport";
    private static final Set<String> NOTABLE = Set.of("login-refused", "recovery", "follower", "break-glass");
    private static final int WARNING = 4;
    private static final int INFORMATIONAL = 6;
    private static final int LONGEST_ID = 32;

    private SyslogMessage() {}

    /** The event as a frame, at most so many bytes without the length in front. */
    static byte[] frame(Event event, int facility, int longest) {
        String json = ascii(new String(event.json(), StandardCharsets.UTF_8));
        String header = header(event, json, facility);
        String body =
                header.length() + json.length() <= longest ? json : shortened(event, json, longest - header.length());
        String message = header + body;
        return (message.length() + " " + message).getBytes(StandardCharsets.US_ASCII);
    }

    private static String header(Event event, String json, int facility) {
        int severity = NOTABLE.contains(event.type()) ? WARNING : INFORMATIONAL;
        int slash = event.id().indexOf('/');
        String host = slash > 0 ? event.id().substring(0, slash) : NIL;
        String type = event.type().length() <= LONGEST_ID
                ? event.type()
                : event.type().substring(0, LONGEST_ID);
        return "<" + (facility * 8 + severity) + ">1 " + time(json) + " " + host + " " + APPLICATION + " " + NIL + " "
                + (type.isEmpty() ? NIL : type) + " " + NIL + " ";
    }

    /** The record's own time, which stands near the beginning of its JSON. */
    private static String time(String json) {
        String key = "\"time\":\"";
        int begin = json.indexOf(key);
        int end = begin < 0 ? -1 : json.indexOf('"', begin + key.length());
        return end < 0 ? NIL : json.substring(begin + key.length(), end);
    }

    private static String shortened(Event event, String json, int room) {
        String start = "{\"id\":\"" + event.id() + "\",\"type\":\"" + event.type() + "\",\"session\":\""
                + event.session() + "\",\"bytes\":" + event.json().length + ",\"sha256\":\"" + sha256(event.json())
                + "\",\"head\":\"";
        StringBuilder out = new StringBuilder(start);
        int end = room - 2;
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            boolean escaped = c == '"' || c == '\\';
            if (out.length() + (escaped ? 2 : 1) > end) {
                break;
            }
            if (escaped) {
                out.append('\\');
            }
            out.append(c);
        }
        return out.append("\"}").toString();
    }

    /** JSON whose strings hold nothing beyond US-ASCII: outside of strings JSON has nothing else. */
    private static String ascii(String json) {
        StringBuilder out = new StringBuilder(json.length() + 16);
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (c < 0x20) {
                out.append(' ');
            } else if (c < 0x7f) {
                out.append(c);
            } else {
                out.append("\\u").append(HexFormat.of().toHexDigits(c));
            }
        }
        return out.toString();
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
