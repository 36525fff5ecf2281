package io.sallyport.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sallyport.api.config.Secret;
import io.sallyport.api.credential.Credential.Part;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that have a body. */
class BodiesTest {

    private static final String BODY = "{\"metadata\":{\"name\":\"p\"}}";

    private static Gateway gateway(StubServer server) throws Exception {
        return Gateway.to(
                server.address(),
                Certificates.shared().certificate(),
                () -> Map.of(Part.TOKEN, Secret.of("gateway-token")),
                Duration.ofSeconds(25));
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("a request with a body is judged once and sent once, whether or not its session is new")
    @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE"})
    void once(String method) throws Exception {
        try (StubServer server = StubServer.listing();
                Gateway gateway = gateway(server);
                RawClient client = new RawClient(gateway)) {
            for (int sent = 1; sent <= 2; sent++) {
                // When
                client.send(RawClient.request(
                                method + " /clusters/prod/api/v1/namespaces/n/pods/p",
                                "Content-Type: application/json",
                                "Content-Length: " + BODY.length())
                        + BODY);
                client.answer();

                // Then
                assertEquals(sent, server.heads.size());
                assertEquals(sent, gateway.sessions.last().exchanges.size());
            }
        }
    }

    @Test
    @DisplayName("a body that comes after its head is judged once and sent once")
    void later() throws Exception {
        try (StubServer server = StubServer.listing();
                Gateway gateway = gateway(server);
                RawClient client = new RawClient(gateway)) {
            // Given
            client.send(RawClient.request(
                    "POST /clusters/prod/api/v1/namespaces/n/pods",
                    "Content-Type: application/json",
                    "Content-Length: " + BODY.length()));
            Await.until("the session is open", () -> !gateway.sessions.opened.isEmpty());

            // When
            client.send(BODY);
            client.answer();

            // Then
            assertEquals(1, server.heads.size());
            assertEquals(1, gateway.sessions.last().exchanges.size());
        }
    }
}
