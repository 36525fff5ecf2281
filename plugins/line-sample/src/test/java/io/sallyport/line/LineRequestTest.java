package io.sallyport.line;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sallyport.api.action.Access;
import io.sallyport.api.action.ApiRequest;
import io.sallyport.api.action.Trait;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A line")
final class LineRequestTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource({"GET orders/42, read orders/42", "PUT orders/42 new, write orders/42", "DEL orders/42, remove orders/42"
    })
    @DisplayName("is one access to one key")
    void accesses(String line, String access) {
        // When
        ApiRequest request = LineRequest.read(line);

        // Then
        Access only = request.accesses().get(0);
        assertEquals(1, request.accesses().size());
        assertEquals(access, only.verb() + " " + only.resource());
        assertFalse(request.opaque());
        assertEquals(line, request.text());
    }

    @Test
    @DisplayName("that reads lets the value out as it is")
    void output() {
        // When
        Access access = LineRequest.read("GET a").accesses().get(0);

        // Then
        assertEquals(Set.of(Trait.OUTPUT), access.traits());
    }

    @Test
    @DisplayName("that writes carries its value, spaces included")
    void value() {
        // When
        byte[] body = LineRequest.read("PUT a  b c ").body();

        // Then
        assertArrayEquals(" b c ".getBytes(StandardCharsets.UTF_8), body);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "GET",
                "GET ",
                " GET a",
                "GET  a",
                "GET a b",
                "DEL a b",
                "get a",
                "PUT a",
                "FLUSH a",
                "TOKEN a b",
                "GET a\r",
                "GET a\u0000",
                "PUT a b\u001b[2J",
                "PUT a \uFFFD",
                "GET /a",
                "GET a/",
                "GET a//b",
                "GET a/./b",
                "GET a/../b",
                "GET *",
                "GET a%2fb",
                "GET \u0430"
            })
    @DisplayName("of any other form is no request")
    void refused(String line) {
        assertThrows(IllegalArgumentException.class, () -> LineRequest.read(line));
    }
}
