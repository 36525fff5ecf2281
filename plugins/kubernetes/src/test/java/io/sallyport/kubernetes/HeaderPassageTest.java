package io.sallyport.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.api.config.Secret;
import io.sallyport.api.credential.Credential.Part;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which header fields pass, and in whose name. */
class HeaderPassageTest {

    private static Gateway gateway(StubServer server, Map<Part, String> credential) throws Exception {
        return Gateway.to(
                server.address(),
                Certificates.shared().certificate(),
                () -> {
                    Map<Part, Secret> parts = new java.util.EnumMap<>(Part.class);
                    credential.forEach((part, value) -> parts.put(part, Secret.of(value)));
                    return parts;
                },
                Duration.ofSeconds(25));
    }

    @ParameterizedTest
    @DisplayName("K8S-05 a client's impersonation headers never arrive")
    @ValueSource(
            strings = {
                "Impersonate-User: admin",
                "impersonate-group: system:masters",
                "IMPERSONATE_USER: admin",
                "Impersonate-Extra-scopes: x",
                "Impersonate-Uid: 1",
                "X-Remote-User: admin",
                "x_remote_group: system:masters",
                "Connection: Impersonate-User\r\nImpersonate-User: admin"
            })
    void impersonationIsRefused(String field) throws Exception {
        try (StubServer server = StubServer.listing();
                Gateway gateway = gateway(server, Map.of(Part.TOKEN, "gateway-token"));
                RawClient client = new RawClient(gateway)) {
            // When
            client.send(RawClient.request("GET /clusters/prod/api/v1/namespaces/kube-system/secrets", field));

            // Then
            assertEquals(403, client.answer().status());
            assertEquals(0, server.heads.size());
        }
    }

    @Test
    @DisplayName("K8S-06 who impersonates reads why that is refused")
    void aRefusedImpersonationSaysSo() throws Exception {
        try (StubServer server = StubServer.listing();
                Gateway gateway = gateway(server, Map.of(Part.TOKEN, "gateway-token"));
                RawClient client = new RawClient(gateway)) {
            // When
            client.send(
                    RawClient.request("GET /clusters/prod/api/v1/pods", "Impersonate-User: system:serviceaccount:x:y"));

            // Then
            assertTrue(client.answer().body().contains("nobody is impersonated through the gateway"));
            assertTrue(gateway.sessions.last().notes.toString().contains("impersonation"));
        }
    }

    @Test
    @DisplayName("K8S-25 the target sees the gateway's credential and no other")
    void theTokenOfTheClientStaysHere() throws Exception {
        try (StubServer server = StubServer.listing();
                Gateway gateway = gateway(server, Map.of(Part.TOKEN, "gateway-token"));
                RawClient client = new RawClient(gateway)) {
            // When
            client.send(RawClient.request(
                    "GET /clusters/prod/api/v1/pods", "Cookie: a=b", "X-Forwarded-For: 1.2.3.4", "User-Agent: me"));

            // Then
            assertEquals(200, client.answer().status());
            String head = server.heads.get(0).toLowerCase(Locale.ROOT);
            assertTrue(head.contains("authorization: bearer gateway-token\r\n"), head);
            assertTrue(head.contains("user-agent: me\r\n"), head);
            assertFalse(head.contains(FakeSessions.TOKEN), head);
            assertFalse(head.contains("cookie"), head);
            assertFalse(head.contains("forwarded"), head);
        }
    }

    @Test
    @DisplayName("K8S-05 the target sees exactly the gateway's own impersonation, once each")
    void thePrincipalIsImpersonatedByItsIssuersName() throws Exception {
        try (StubServer server = StubServer.listing();
                Gateway gateway = gateway(server, Map.of(Part.TOKEN, "gateway-token", Part.USE, "impersonate"));
                RawClient client = new RawClient(gateway)) {
            // When
            client.send(RawClient.request("GET /clusters/prod/api/v1/pods"));

            // Then
            assertEquals(200, client.answer().status());
            String head = server.heads.get(0);
            assertTrue(head.contains("impersonate-user: test:alice\r\n"), head);
            assertTrue(head.contains("impersonate-extra-sallyport-issuer: test\r\n"), head);
            assertTrue(head.contains("impersonate-extra-sallyport-subject: alice\r\n"), head);
            assertTrue(head.contains("impersonate-extra-sallyport-session: s1\r\n"), head);
            assertEquals(2, head.split("impersonate-user", -1).length, head);
        }
    }

    @Test
    @DisplayName("K8S-25 after a 401 of the target the credential is fetched anew and the request sent once more")
    void aCredentialThatRanOutIsFetchedAnew() throws Exception {
        AtomicInteger fetched = new AtomicInteger();
        try (StubServer server = StubServer.start((head, body, out) -> {
                    if (head.contains("Bearer token-1")) {
                        StubServer.answer(out, 401, "application/json", "{\"secret\":\"of the target\"}");
                    } else {
                        StubServer.answer(out, 200, "application/json", "{}");
                    }
                });
                Gateway gateway = Gateway.to(
                        server.address(),
                        Certificates.shared().certificate(),
                        () -> Map.of(Part.TOKEN, Secret.of("token-" + fetched.incrementAndGet())),
                        Duration.ofSeconds(25));
                RawClient client = new RawClient(gateway)) {
            // When
            client.send(RawClient.request("GET /clusters/prod/api/v1/pods"));

            // Then
            assertEquals(200, client.answer().status());
            assertEquals(2, server.heads.size());
            assertEquals("401", outcome(gateway, 0).code());
            assertEquals("200", outcome(gateway, 1).code());
        }
    }

    private static io.sallyport.api.session.Outcome outcome(Gateway gateway, int session) {
        var exchange = gateway.sessions.opened.get(session).exchanges.get(0);
        return java.util.Objects.requireNonNull(exchange.outcome);
    }

    @Test
    @DisplayName("K8S-25 a credential that is refused twice is a 502 that names the target, and nothing of it")
    void aCredentialThatIsRefusedTwiceIsTheGatewaysError() throws Exception {
        try (StubServer server = StubServer.start(
                        (head, body, out) -> StubServer.answer(out, 401, "application/json", "{\"secret\":\"x\"}"));
                Gateway gateway = gateway(server, Map.of(Part.TOKEN, "gateway-token"));
                RawClient client = new RawClient(gateway)) {
            // When
            client.send(RawClient.request("GET /clusters/prod/api/v1/pods"));

            // Then
            RawClient.Answer answer = client.answer();
            assertEquals(502, answer.status());
            assertTrue(answer.body().contains("the target prod does not accept the gateway's credential"));
            assertFalse(answer.body().contains("secret"));
            assertEquals(2, server.heads.size());
        }
    }

    @Test
    void aTargetWhoseCertificateDoesNotVerifyIsNotSpokenTo() throws Exception {
        try (StubServer server = StubServer.listing();
                Gateway gateway = Gateway.to(
                        server.address(),
                        null,
                        () -> Map.of(Part.TOKEN, Secret.of("gateway-token")),
                        Duration.ofSeconds(25));
                RawClient client = new RawClient(gateway)) {
            // When
            client.send(RawClient.request("GET /clusters/prod/api/v1/pods"));

            // Then
            assertEquals(502, client.answer().status());
            assertEquals(0, server.heads.size());
        }
    }
}
