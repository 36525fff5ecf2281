package io.sallyport.sink.syslog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sallyport.api.sink.EventSink.Event;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A syslog message")
final class SyslogMessageTest {

    private static final int AUDIT = 13;

    @Test
    @DisplayName("has the header of RFC 5424, the record as its text, and its length in front")
    void header() {
        // Given
        String json = "{\"id\":\"gw-1/pg-0/1/256\",\"time\":\"2026-11-25T10:15:00.000123Z\",\"type\":\"action\"}";

        // When
        String frame = frame(new Event("gw-1/pg-0/1/256", "action", "s", bytes(json)), 8192);

        // Then
        String message = "<110>1 2026-11-25T10:15:00.000123Z gw-1 sallyport - action - " + json;
        assertEquals(message.length() + " " + message, frame);
    }

    @Test
    @DisplayName("warns of refused logins and of break-glass access")
    void severity() {
        for (String type : List.of("login-refused", "break-glass")) {
            // When
            String frame = frame(new Event("gw-1/control/1/256", type, "", bytes("{}")), 8192);

            // Then
            assertTrue(frame.contains(" <108>1 - gw-1 sallyport - " + type + " - {}"), frame);
        }
    }

    @Test
    @DisplayName("says what lies beyond US-ASCII in JSON's escapes")
    void ascii() throws Exception {
        // Given
        String json = "{\"text\":\"naïve 😀 \u2028\"}";

        // When
        String frame = frame(new Event("n/l/1/1", "own", "", bytes(json)), 8192);

        // Then
        String body = frame.substring(frame.indexOf('{'));
        assertTrue(frame.chars().allMatch(c -> c >= 0x20 && c < 0x7f), frame);
        assertEquals(
                "naïve 😀 \u2028",
                new ObjectMapper().readTree(body).path("text").asText());
    }

    @Test
    @DisplayName("of a long record holds the beginning, the length and the hash, within the limit")
    void shortened() throws Exception {
        // Given
        String json = "{\"id\":\"n/l/1/1\",\"text\":\"" + "\\\"é".repeat(5000) + "\"}";

        // When
        String frame = frame(new Event("n/l/1/1", "stream", "ses", bytes(json)), 2048);

        // Then
        int space = frame.indexOf(' ');
        int length = Integer.parseInt(frame.substring(0, space));
        var body = new ObjectMapper().readTree(frame.substring(frame.indexOf('{')));
        assertTrue(length <= 2048 && length > 2000, () -> "length " + length);
        assertEquals(length, frame.length() - space - 1);
        assertEquals(bytes(json).length, body.path("bytes").asInt());
        assertEquals("ses", body.path("session").asText());
        assertEquals(64, body.path("sha256").asText().length());
        assertTrue(body.path("head").asText().startsWith("{\"id\":\"n/l/1/1\",\"text\":\"\\\""), frame);
    }

    private static String frame(Event event, int longest) {
        return new String(SyslogMessage.frame(event, AUDIT, longest), StandardCharsets.US_ASCII);
    }

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }
}
