package io.sallyport.kubernetes.naming;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.api.action.Action;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WrittenRequestTest {

    @ParameterizedTest(name = "{0}")
    @DisplayName("a request is read as a person writes it")
    @CsvSource({
        "delete prod/pods/web-1,                delete prod/pods/web-1",
        "create prod/pods:exec/web-1,           create prod/pods:exec/web-1",
        "create prod/pods:eviction/web-1,       create prod/pods:eviction/web-1; delete prod/pods/web-1",
        "list */secrets/*,                      list */secrets/*",
        "get -/nodes/n1,                        get -/nodes/n1",
        "patch web/deployments.apps/site,       patch web/deployments.apps/site",
        "delete prod/namespaces/prod,           delete prod/namespaces/prod",
        "get path:/metrics,                     get path:/metrics",
        "GET /api/v1/pods?watch=1,              watch */pods/*"
    })
    void read(String text, String expected) {
        // When
        Action action = WrittenRequest.read(text);
        String accesses = action.accesses().stream()
                .map(access -> access.verb() + " " + access.resource())
                .collect(Collectors.joining("; "));

        // Then
        assertEquals(expected, accesses);
    }

    @Test
    @DisplayName("a proxy is opaque here too")
    void proxy() {
        // When
        Action action = WrittenRequest.read("create prod/services:proxy/web");

        // Then
        assertTrue(action.opaque());
    }

    @ParameterizedTest
    @DisplayName("what describes no request is answered with how to write one")
    @ValueSource(
            strings = {"", "pods", "remove prod/pods/p", "get pods", "get prod/pods", "GET /api/../x", "get prod//p"})
    void unreadable(String text) {
        // When
        IllegalArgumentException failure =
                assertThrows(IllegalArgumentException.class, () -> WrittenRequest.read(text));

        // Then
        assertTrue(String.valueOf(failure.getMessage()).contains("VERB"), failure.getMessage());
    }
}
