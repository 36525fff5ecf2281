package io.sallyport.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.api.config.Secret;
import io.sallyport.api.credential.Credential.Part;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every request has one reading, or it is refused and nothing of it reaches the target. */
class RequestFramingTest {

    private static StubServer server;
    private static Gateway gateway;

    @BeforeAll
    static void start() throws Exception {
        server = StubServer.listing();
        gateway = Gateway.to(
                server.address(),
                Certificates.shared().certificate(),
                () -> Map.of(Part.TOKEN, Secret.of("gateway-token")),
                Duration.ofSeconds(25));
    }

    @AfterAll
    static void stop() throws Exception {
        gateway.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /clusters/prod/api HTTP/1.1\nHost: gw\n\n",
                "GET /clusters/prod/api HTTP/1.0\r\nHost: gw\r\n\r\n",
                "GET  /clusters/prod/api HTTP/1.1\r\nHost: gw\r\n\r\n",
                "GET https://gw/clusters/prod/api HTTP/1.1\r\nHost: gw\r\n\r\n",
                "CONNECT gw:443 HTTP/1.1\r\nHost: gw\r\n\r\n",
                "TRACE /clusters/prod/api HTTP/1.1\r\nHost: gw\r\n\r\n",
                "GET /clusters/prod/api HTTP/1.1\r\n\r\n",
                "GET /clusters/prod/api HTTP/1.1\r\nHost: gw\r\nHost: other\r\n\r\n",
                "GET /clusters/prod/api HTTP/1.1\r\nHost: gw\r\nX : y\r\n\r\n",
                "GET /clusters/prod/api HTTP/1.1\r\nHost: gw\r\nX: a\r\n b\r\n\r\n",
                "GET /clusters/prod/api HTTP/1.1\r\nHost: gw\r\nX: a\rb\r\n\r\n",
                "GET /clusters/prod/api HTTP/1.1\r\nHost: gw\r\nX: a\u0000b\r\n\r\n",
                "GET /clusters/prod/api#x HTTP/1.1\r\nHost: gw\r\n\r\n",
                "GET /clusters/prod/api HTTP/1.1\r\nHost: gw\r\nContent-Length: 4\r\n\r\nabcd",
                "POST /clusters/prod/api HTTP/1.1\r\nHost: gw\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nabcd",
                "POST /clusters/prod/api HTTP/1.1\r\nHost: gw\r\nContent-Length: 4, 4\r\n\r\nabcd",
                "POST /clusters/prod/api HTTP/1.1\r\nHost: gw\r\nContent-Length: +4\r\n\r\nabcd",
                "POST /clusters/prod/api HTTP/1.1\r\nHost: gw\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n",
                "POST /clusters/prod/api HTTP/1.1\r\nHost: gw\r\nTransfer-Encoding: gzip, chunked\r\n\r\n",
                "POST /clusters/prod/api HTTP/1.1\r\nHost: gw\r\nTransfer-Encoding: xchunked\r\n\r\n",
                "POST /clusters/prod/api HTTP/1.1\r\nHost: gw\r\nExpect: 200-ok\r\nContent-Length: 4\r\n\r\n",
                "\r\nGET /clusters/prod/api HTTP/1.1\r\nHost: gw\r\n\r\n"
            })
    void aRequestWithMoreThanOneReadingIsRefused(String bytes) throws Exception {
        int before = server.heads.size();
        try (RawClient client = new RawClient(gateway)) {
            // When
            client.send(bytes);

            // Then
            assertEquals(400, client.answer().status());
            assertTrue(client.ended());
            assertEquals(before, server.heads.size());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4;x=y\r\nabcd\r\n0\r\n\r\n",
                "0x4\r\nabcd\r\n0\r\n\r\n",
                "4\r\nabcde\r\n0\r\n\r\n",
                "fffffffff\r\n"
            })
    void chunksWithMoreThanOneReadingAreRefused(String chunks) throws Exception {
        int before = server.heads.size();
        try (RawClient client = new RawClient(gateway)) {
            // When
            client.send(RawClient.request(
                            "POST /clusters/prod/api/v1/namespaces/a/pods",
                            "Content-Type: application/json",
                            "Transfer-Encoding: chunked")
                    + chunks);

            // Then
            assertEquals(400, client.answer().status());
            assertEquals(before, server.heads.size());
        }
    }

    @ParameterizedTest
    @DisplayName("K8S-08 a path with more than one reading is refused, and nothing of it reaches the target")
    @ValueSource(
            strings = {
                "//api/v1/namespaces/prod/pods/p",
                "/api/v1/../v1/namespaces/prod/pods/p",
                "/api/v1/namespaces/default/../prod/pods/p",
                "/api/v1/./namespaces/prod/pods/p",
                "/api/v1/namespaces/prod/pods/p/",
                "/api/v1/namespaces/prod%2fpods/p",
                "/api/v1/namespaces/prod/pods/%2e%2e/p"
            })
    void aPathWithMoreThanOneReadingIsRefused(String path) throws Exception {
        int before = server.heads.size();
        try (RawClient client = new RawClient(gateway)) {
            // When
            client.send(RawClient.request("DELETE /clusters/prod" + path));

            // Then
            assertEquals(400, client.answer().status());
            assertEquals(before, server.heads.size());
        }
    }

    @Test
    @DisplayName("K8S-08 what is forwarded is byte for byte what was judged")
    void pathAndQueryAreForwardedAsTheyCame() throws Exception {
        String path = "/api/v1/namespaces/a/pods?labelSelector=app%3Dx%2Cb&limit=5&fieldSelector=%61";
        try (RawClient client = new RawClient(gateway)) {
            // When
            client.send(RawClient.request("GET /clusters/prod" + path));

            // Then
            assertEquals(200, client.answer().status());
            assertTrue(last().startsWith("GET " + path + " HTTP/1.1\r\n"), last());
        }
    }

    @Test
    void chunksOfARequestAreForwardedAsOneBodyWithItsLength() throws Exception {
        try (RawClient client = new RawClient(gateway)) {
            // When
            client.send(RawClient.request(
                            "POST /clusters/prod/api/v1/namespaces/a/pods",
                            "Content-Type: application/json",
                            "Transfer-Encoding: chunked")
                    + "5\r\n{\"a\":\r\nA\r\n1,\"b\": 22}\r\n0\r\n\r\n");

            // Then
            assertEquals(200, client.answer().status());
            assertTrue(last().toLowerCase(java.util.Locale.ROOT).contains("content-length: 15\r\n"), last());
        }
    }

    @Test
    void requestsBehindOneAnotherAreAnsweredInOrder() throws Exception {
        try (RawClient client = new RawClient(gateway)) {
            // Given
            String one = RawClient.request("GET /clusters/prod/api/v1/pods");

            // When
            client.send(one + one + one);

            // Then
            for (int i = 0; i < 3; i++) {
                assertEquals(200, client.answer().status());
            }
        }
    }

    @Test
    void aClientWithoutATokenReachesNothing() throws Exception {
        int before = server.heads.size();
        try (RawClient client = new RawClient(gateway)) {
            // When
            client.send("GET /clusters/prod/api HTTP/1.1\r\nHost: gw\r\n\r\n");

            // Then
            assertEquals(401, client.answer().status());
            assertEquals(before, server.heads.size());
        }
    }

    @Test
    void anAnswerThatTheTargetCompressedPassesAsItIs() throws Exception {
        try (RawClient client = new RawClient(gateway)) {
            // When
            client.send(RawClient.request("GET /clusters/prod/api/v1/pods", "Accept-Encoding: gzip"));

            // Then
            assertEquals(200, client.answer().status());
            assertTrue(last().contains("accept-encoding: gzip\r\n"), last());
        }
    }

    private static String last() {
        List<String> heads = server.heads;
        return heads.get(heads.size() - 1);
    }
}
