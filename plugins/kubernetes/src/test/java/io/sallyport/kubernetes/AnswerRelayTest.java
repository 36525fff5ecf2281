package io.sallyport.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.api.Recording;
import io.sallyport.api.config.Secret;
import io.sallyport.api.credential.Credential.Part;
import io.sallyport.api.session.Exchange;
import io.sallyport.api.session.Outcome;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** How answers come back. */
class AnswerRelayTest {

    private static final byte[] CHUNKED =
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TEXT =
            "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII);

    private static Gateway gateway(StubServer server) throws Exception {
        return Gateway.to(
                server.address(),
                Certificates.shared().certificate(),
                () -> Map.of(Part.TOKEN, Secret.of("gateway-token")),
                Duration.ofSeconds(25));
    }

    private static void chunk(OutputStream out, String text) throws java.io.IOException {
        out.write(StubServer.chunk(text.getBytes(StandardCharsets.UTF_8)));
        out.flush();
    }

    private static void await(CountDownLatch latch) throws java.io.IOException {
        try {
            if (!latch.await(20, TimeUnit.SECONDS)) {
                throw new java.io.IOException("nobody let the server go on");
            }
        } catch (InterruptedException e) {
            throw new java.io.IOException(e);
        }
    }

    @Test
    @DisplayName("K8S-09 an event of a watch leaves when it comes, not when the watch ends")
    void eventsArePassedOnByThemselves() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        try (StubServer server = StubServer.start((head, body, out) -> {
                    out.write(CHUNKED);
                    chunk(out, "{\"type\":\"ADDED\",\"object\":{}}\n");
                    await(goOn);
                    chunk(out, "{\"type\":\"BOOKMARK\",\"object\":{}}\n");
                    out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                    out.flush();
                });
                Gateway gateway = gateway(server);
                RawClient client = new RawClient(gateway)) {
            // When
            client.send(RawClient.request("GET /clusters/prod/api/v1/pods?watch=true"));

            // Then
            assertTrue(RawClient.head(client.in()).contains("transfer-encoding: chunked"));
            assertTrue(new String(client.chunk(), StandardCharsets.UTF_8).contains("ADDED"));
            goOn.countDown();
            assertTrue(new String(client.chunk(), StandardCharsets.UTF_8).contains("BOOKMARK"));
            assertEquals(0, client.chunk().length);
        }
    }

    @Test
    @DisplayName("K8S-09 when the client of a watch leaves, the request to the target ends")
    void aClientThatLeavesEndsTheRequestUpstream() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        try (StubServer server = StubServer.start((head, body, out) -> {
                    out.write(CHUNKED);
                    while (never.getCount() > 0) {
                        chunk(out, "{\"type\":\"BOOKMARK\",\"object\":{}}\n");
                        java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
                    }
                });
                Gateway gateway = gateway(server)) {
            try (RawClient client = new RawClient(gateway)) {
                client.send(RawClient.request("GET /clusters/prod/api/v1/pods?watch=true"));
                RawClient.head(client.in());
                client.chunk();
            }

            // Then
            Await.until("the connection to the target is closed", () -> server.closed.get() == 1);
            Outcome outcome = gateway.sessions.last().exchanges.get(0).outcome;
            assertEquals(Outcome.Status.CANCELLED, outcome == null ? null : outcome.status());
            never.countDown();
        }
    }

    @Test
    @DisplayName("K8S-10 a card number across the pieces of a line of 50 MB is masked, within bounded memory")
    void textIsMaskedAcrossPieces() throws Exception {
        byte[] filler = new byte[64 * 1024];
        Arrays.fill(filler, (byte) 'x');
        try (StubServer server = StubServer.start((head, body, out) -> {
                    out.write(TEXT);
                    for (int i = 0; i < 400; i++) {
                        out.write(StubServer.chunk(filler));
                    }
                    chunk(out, " 41111111");
                    chunk(out, "11111111 ");
                    for (int i = 0; i < 400; i++) {
                        out.write(StubServer.chunk(filler));
                    }
                    out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                    out.flush();
                });
                Gateway gateway = gateway(server);
                RawClient client = new RawClient(gateway)) {
            gateway.sessions.masking = new TestMasking();

            // When
            client.send(RawClient.request("GET /clusters/prod/api/v1/namespaces/a/pods/p/log?follow=true"));
            String text = client.answer().body();

            // Then
            assertFalse(text.contains("4111111111111111"));
            assertTrue(text.contains(" XXXX "));
            assertEquals(800 * 64 * 1024 + 6, text.length());
        }
    }

    @Test
    @DisplayName("K8S-10 the beginning of a line does not wait for its end for ever")
    void anUnfinishedLineLeaves() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        try (StubServer server = StubServer.start((head, body, out) -> {
                    out.write(TEXT);
                    chunk(out, "working ");
                    await(goOn);
                });
                Gateway gateway = gateway(server);
                RawClient client = new RawClient(gateway)) {
            gateway.sessions.masking = new TestMasking();

            // When
            client.send(RawClient.request("GET /clusters/prod/api/v1/namespaces/a/pods/p/log?follow=true"));

            // Then
            RawClient.head(client.in());
            assertEquals("working ", new String(client.chunk(), StandardCharsets.UTF_8));
            goOn.countDown();
        }
    }

    @Test
    void theOutcomeOfAChangeIsWrittenBeforeItsAnswerIsSeen() throws Exception {
        try (StubServer server = StubServer.listing();
                Gateway gateway = gateway(server);
                RawClient client = new RawClient(gateway)) {
            gateway.sessions.slowOutcomes = true;

            // When
            client.send(RawClient.request("DELETE /clusters/prod/api/v1/namespaces/a/pods/p"));
            client.in().read();

            // Then
            Outcome outcome = gateway.sessions.last().exchanges.get(0).outcome;
            assertEquals("200", outcome == null ? null : outcome.code());
        }
    }

    @Test
    void theOutcomeOfAReadIsWrittenBeforeItsEndIsSeen() throws Exception {
        try (StubServer server = StubServer.listing();
                Gateway gateway = gateway(server);
                RawClient client = new RawClient(gateway)) {
            gateway.sessions.slowOutcomes = true;

            // When
            client.send(RawClient.request("GET /clusters/prod/api/v1/pods"));
            client.answer();

            // Then
            Outcome outcome = gateway.sessions.last().exchanges.get(0).outcome;
            assertEquals("200", outcome == null ? null : outcome.code());
        }
    }

    @Test
    void whatIsRecordedOfAnAnswerIsItsBytes() throws Exception {
        try (StubServer server = StubServer.listing();
                Gateway gateway = gateway(server);
                RawClient client = new RawClient(gateway)) {
            gateway.sessions.results = Recording.Level.FULL;

            // When
            client.send(RawClient.request("GET /clusters/prod/api/v1/pods", "Accept-Encoding: gzip"));
            String body = client.answer().body();

            // Then
            var recorded = gateway.sessions.last().exchanges.get(0).recorded.get(Exchange.Stream.OUTPUT);
            assertEquals(body, recorded == null ? null : recorded.toString(StandardCharsets.UTF_8));
            assertTrue(server.heads.get(0).contains("accept-encoding: identity"));
        }
    }

    @Test
    void anAnswerThatIsCutShortIsNotTakenForAWholeOne() throws Exception {
        try (StubServer server = StubServer.start((head, body, out) -> {
                    out.write(CHUNKED);
                    chunk(out, "{\"items\":[");
                    throw new java.io.IOException("gone");
                });
                Gateway gateway = gateway(server);
                RawClient client = new RawClient(gateway)) {
            // When
            client.send(RawClient.request("GET /clusters/prod/api/v1/pods"));

            // Then
            RawClient.head(client.in());
            client.chunk();
            assertEquals(-1, client.in().read());
            Outcome outcome = gateway.sessions.last().exchanges.get(0).outcome;
            assertEquals(Outcome.Status.UNKNOWN, outcome == null ? null : outcome.status());
        }
    }

    @Test
    @DisplayName("K8S-07 a change of protocol that nobody asked for opens nothing")
    void anUnaskedChangeOfProtocolIsAnError() throws Exception {
        try (StubServer server = StubServer.start((head, body, out) -> {
                    out.write("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
                    out.flush();
                });
                Gateway gateway = gateway(server);
                RawClient client = new RawClient(gateway)) {
            // When
            client.send(RawClient.request("GET /clusters/prod/api/v1/pods"));

            // Then
            assertEquals(502, client.answer().status());
        }
    }

    @Test
    @DisplayName("K8S-07 an upgrade to another protocol is refused, and what follows is a request of its own")
    void anUnknownUpgradeIsRefused() throws Exception {
        try (StubServer server = StubServer.listing();
                Gateway gateway = gateway(server);
                RawClient client = new RawClient(gateway)) {
            // When
            client.send(RawClient.request(
                            "GET /clusters/prod/api/v1/namespaces/a/pods/p/exec?command=id",
                            "Connection: Upgrade",
                            "Upgrade: foo")
                    + RawClient.request("GET /clusters/prod/api/v1/secrets"));

            // Then
            assertEquals(400, client.answer().status());
            assertEquals(200, client.answer().status());
            assertEquals(1, server.heads.size());
            assertEquals(1, gateway.sessions.last().exchanges.size());
        }
    }

    @Test
    @DisplayName("K8S-07 after an upgrade that the target refuses, the connection is no tunnel")
    void aFailedUpgradeLeavesNoTunnel() throws Exception {
        try (StubServer server = StubServer.start((head, body, out) -> {
                    boolean exec = head.contains("/exec");
                    StubServer.answer(out, exec ? 400 : 200, "application/json", "{}");
                });
                Gateway gateway = gateway(server);
                RawClient client = new RawClient(gateway)) {
            // When
            client.send(RawClient.request(
                            "GET /clusters/prod/api/v1/namespaces/a/pods/p/exec?command=id&container=bad",
                            "Connection: Upgrade",
                            "Upgrade: websocket",
                            "Sec-WebSocket-Version: 13",
                            "Sec-WebSocket-Key: eA==",
                            "Sec-WebSocket-Protocol: v4.channel.k8s.io")
                    + RawClient.request("GET /clusters/prod/api/v1/secrets"));

            // Then
            assertEquals(400, client.answer().status());
            assertEquals(200, client.answer().status());
            assertEquals(3, gateway.sessions.last().exchanges.size());
            assertNull(gateway.sessions.last().closing);
        }
    }
}
