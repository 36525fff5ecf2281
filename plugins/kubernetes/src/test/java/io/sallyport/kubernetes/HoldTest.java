package io.sallyport.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.api.action.ApiRequest;
import io.sallyport.api.config.Secret;
import io.sallyport.api.credential.Credential.Part;
import io.sallyport.api.guardrail.Verdict;
import io.sallyport.kubernetes.FakeSessions.FakeExchange;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests that wait for people. */
class HoldTest {

    private static final String DELETE = RawClient.request("DELETE /clusters/prod/api/v1/namespaces/a/pods/p");

    private StubServer server;
    private Gateway gateway;

    @BeforeEach
    void start() throws Exception {
        server = StubServer.listing();
        gateway = Gateway.to(
                server.address(),
                Certificates.shared().certificate(),
                () -> Map.of(Part.TOKEN, Secret.of("gateway-token")),
                Duration.ofMillis(300));
        gateway.sessions.judge = action -> FakeSessions.HOLD;
    }

    @AfterEach
    void stop() throws Exception {
        gateway.close();
        server.close();
    }

    private List<FakeExchange> exchanges() {
        return gateway.sessions.last().exchanges;
    }

    @Test
    void aHeldRequestIsToldToComeAgain() throws Exception {
        try (RawClient client = new RawClient(gateway)) {
            // When
            client.send(DELETE);

            // Then
            RawClient.Answer answer = client.answer();
            assertEquals(429, answer.status());
            assertTrue(answer.head().contains("retry-after: 5\r\n"), answer.head());
            assertTrue(answer.body().contains("ap-1"), answer.body());
            assertTrue(answer.body().contains("https://gw/approvals/ap-1"), answer.body());
            assertEquals(0, server.heads.size());
        }
    }

    @Test
    void whoComesAgainGoesOnWithTheSameApproval() throws Exception {
        try (RawClient client = new RawClient(gateway)) {
            // Given
            client.send(DELETE);
            assertEquals(429, client.answer().status());

            // When
            client.send(DELETE);
            exchanges().get(0).decide(Verdict.Allow.PLAIN);

            // Then
            assertEquals(200, client.answer().status());
            assertEquals(1, exchanges().size());
            assertEquals(1, server.heads.size());
        }
    }

    @Test
    void anApprovalBetweenTwoTriesIsUsedByTheSecond() throws Exception {
        try (RawClient client = new RawClient(gateway)) {
            // Given
            client.send(DELETE);
            assertEquals(429, client.answer().status());
            exchanges().get(0).decide(Verdict.Allow.PLAIN);

            // When
            client.send(DELETE);

            // Then
            assertEquals(200, client.answer().status());
            assertEquals(1, exchanges().size());
        }
    }

    @Test
    void anotherRequestNeedsAnotherApproval() throws Exception {
        try (RawClient client = new RawClient(gateway)) {
            // Given
            client.send(DELETE);
            assertEquals(429, client.answer().status());
            exchanges().get(0).decide(Verdict.Allow.PLAIN);

            // When
            client.send(RawClient.request("DELETE /clusters/prod/api/v1/namespaces/a/pods/q"));

            // Then
            assertEquals(429, client.answer().status());
            assertEquals(2, exchanges().size());
            assertEquals(0, server.heads.size());
        }
    }

    @Test
    void anApprovalInTimeReleasesTheRequest() throws Exception {
        try (RawClient client = new RawClient(gateway)) {
            // Given
            client.send(DELETE);
            Await.until("the request waits", () -> gateway.sessions.holds.get() == 1);

            // When
            exchanges().get(0).decide(Verdict.Allow.PLAIN);

            // Then
            assertEquals(200, client.answer().status());
        }
    }

    @Test
    void aClientThatLeavesIsNotWaitedFor() throws Exception {
        try (RawClient client = new RawClient(gateway)) {
            client.send(DELETE);
            Await.until("the request waits", () -> gateway.sessions.holds.get() == 1);
        }

        // Then
        Await.until("the exchange is cancelled", () -> exchanges().get(0).cancelled != null);
        Await.until("the session is closed", () -> gateway.sessions.last().closing != null);
    }

    @Test
    void anUpgradeWaitsInItsPlace() throws Exception {
        gateway.sessions.judge = action -> action instanceof ApiRequest ? FakeSessions.HOLD : Verdict.Allow.PLAIN;
        try (RawClient client = new RawClient(gateway)) {
            // Given
            client.send(RawClient.request(
                    "POST /clusters/prod/api/v1/namespaces/a/pods/p/exec?command=id&stdout=true",
                    "Connection: Upgrade",
                    "Upgrade: SPDY/3.1",
                    "X-Stream-Protocol-Version: v4.channel.k8s.io",
                    "Content-Length: 0"));
            Await.until("the request waits", () -> gateway.sessions.holds.get() == 1);
            long begin = System.nanoTime();
            Await.until("longer than a plain request", () -> System.nanoTime() - begin > 600_000_000L);

            // When
            exchanges().get(0).decide(Verdict.Allow.PLAIN);

            // Then
            assertEquals(200, client.answer().status());
            assertTrue(server.heads.get(0).contains("upgrade: SPDY/3.1\r\n"), server.heads.get(0));
        }
    }
}
