package io.sallyport.api.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostPortTest {

    @ParameterizedTest(name = "{0}")
    @DisplayName("a host and a port are read, and spelled as they were")
    @CsvSource({
        "db.internal:5432, db.internal, 5432",
        "127.0.0.1:0, 127.0.0.1, 0",
        "[::1]:65535, ::1, 65535",
        "[2001:db8::7]:443, 2001:db8::7, 443"
    })
    void read(String text, String host, int port) {
        // When
        HostPort address = HostPort.parse(text);

        // Then
        assertEquals(new HostPort(host, port), address);
        assertEquals(text, address.toString());
    }

    @ParameterizedTest(name = "''{0}''")
    @DisplayName("what is no host and port is refused with the text that was read")
    @ValueSource(
            strings = {
                "",
                ":",
                "db.internal",
                ":5432",
                "db.internal:",
                "db.internal:pg",
                "db.internal:-1",
                "db.internal:65536",
                "db.internal:99999999999",
                "::1:5432",
                "[::1]",
                "[]:5432",
                "[::1:5432"
            })
    void refused(String text) {
        // When
        IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, () -> HostPort.parse(text));

        // Then
        assertTrue(refusal.toString().contains("'" + text + "'"), refusal::toString);
    }
}
